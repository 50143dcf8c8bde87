// Where the library runs without the packages that it leaves to the person's project.

import type { Problem } from "../core/problem.ts";
import packageJson from "../package.json" with { type: "json" };

/** What an import of cdk8s or constructs failed with, as a sentence; undefined for every other error. */
export function missingPeer(error: unknown): Problem | undefined {
  if (!(error instanceof Error && "code" in error)) return undefined;
  if (error.code !== "MODULE_NOT_FOUND" && error.code !== "ERR_MODULE_NOT_FOUND") return undefined;
  const [, name] = /Cannot find (?:module|package) '(cdk8s|constructs)'/.exec(error.message) ?? [];
  if (name === undefined) return undefined;
  const wanted = Object.entries(packageJson.peerDependencies).map(([peer, range]) => `"${peer}@${range}"`);
  return {
    code: "usage/missing-peer",
    severity: "error",
    message: `expected the packages cdk8s and constructs in this project, found no ${name}: a program of one's own and meshfront share one copy`,
    suggestion: `Run \`npm install --save-dev ${wanted.join(" ")}\`.`,
  };
}
