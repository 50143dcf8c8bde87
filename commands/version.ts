import { defaultArgocdVersion } from "../config/argocd-version.ts";
import { defaultIstioVersion } from "../config/istio-versions.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { ownVersion } from "./own-version.ts";
import type { VersionKeys } from "./results/version.ts";

export const version: Command = {
  run: () => {
    const json: VersionKeys = {
      meshfront: ownVersion,
      node: process.version,
      defaultIstio: defaultIstioVersion,
      defaultArgocd: defaultArgocdVersion,
    };
    const output = Object.entries(json)
      .map(([name, value]) => `${name} ${value}\n`)
      .join("");
    return { exitCode: exitCodes.clean, problems: [], summary: "printed", output, json };
  },
};
