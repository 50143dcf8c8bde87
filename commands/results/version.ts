import { type OwnKeys, resultOf, text } from "./result.ts";

export const versionResult = resultOf("version", {
  meshfront: text("The version of meshfront."),
  node: text("The version of Node.js that runs it."),
  defaultIstio: text("The version of Istio's charts where the configuration names none."),
  defaultArgocd: text(
    "The version of Argo CD that the output is made for where the configuration names none.",
  ),
});

export type VersionKeys = OwnKeys<typeof versionResult>;
