// Only under `cdk8s synth`, which lists and validates what it finds in a scratch folder of its own after our run.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Problem } from "../core/problem.ts";
import { diskProblem } from "../manifests/disk-problem.ts";
import type { DesiredScope } from "../manifests/plan.ts";

/**
 * Copies rendered files to `folder` (absolute), below it at the same paths, after a run that wrote them. cdk8s emptied
 * the folder before that run. Returns what went wrong; the output itself is written by then in any case.
 */
export function mirrorForCdk8s(
  root: string,
  folder: string,
  scopes: Iterable<DesiredScope>,
): Problem | undefined {
  const [top = ""] = relative(root, folder).split(/[\\/]/);
  if (["", "dist", "argocd"].includes(top)) return inTheWay(relative(root, folder));
  try {
    for (const { files } of scopes) {
      for (const { path, text } of files) {
        const copy = join(folder, path);
        mkdirSync(dirname(copy), { recursive: true });
        writeFileSync(copy, text);
      }
    }
    return undefined;
  } catch (error) {
    return diskProblem(error, folder, "Only cdk8s's copy is concerned: dist/ and argocd/ are written.");
  }
}

const inTheWay = (folder: string): Problem => ({
  code: "output/cdk8s-folder",
  severity: "error",
  message: `expected cdk8s's output folder to be a scratch folder, found ${folder === "" ? "the project itself" : folder}: cdk8s deletes it before each run`,
  suggestion:
    "Set `output: .cdk8s` in cdk8s.yaml and call cdk8s without --output. dist/ and argocd/ are written.",
  file: "cdk8s.yaml",
});
