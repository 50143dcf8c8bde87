// The golden cases: small projects whose whole output stands beside their cluster files, to be opened and read.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { synth } from "../../commands/synth.ts";
import { formatProblem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { makeFolder, readTree, type Tree, writeTree } from "../manifests/output-tree.ts";

export interface GoldenCase {
  readonly name: string;
  /** Holds `clusters/`, `dist/` and `argocd/`. */
  readonly root: string;
}

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const goldenCases: readonly GoldenCase[] = [
  ...["minimal", "internal-named", "pinned-old-istio", "two-gateways", "auto-mode", "eks-capability"].map((name) => ({ name, root: folder(`./${name}`) })),
  // The project of this repository. That its committed output is the one of today is what `npm run check` says, no test.
  { name: "demo", root: folder("../..") },
];

const outputFolders = ["dist", "argocd"] as const;

/** The committed output of a case. */
export const committedOutput = ({ root }: GoldenCase): Tree => outputOf(root);

/** What `synth` writes today for the cluster files of a case. */
export const freshOutput = ({ root }: GoldenCase): Tree => outputFor(readTree(root, "clusters"));

/** What `synth` writes today for these cluster files, in a folder that is gone again. */
export function outputFor(clusterFiles: Tree): Tree {
  const project = makeFolder();
  try {
    writeTree(project, clusterFiles);
    const { exitCode, problems } = runSynth(project);
    if (exitCode !== 0) throw new Error(problems.map(formatProblem).join("\n"));
    return outputOf(project);
  } finally {
    rmSync(project, { recursive: true });
  }
}

/** Puts the output of today in the place of the committed one. */
export function acceptOutput({ root }: GoldenCase, output: Tree): void {
  for (const name of outputFolders) rmSync(join(root, name), { recursive: true, force: true });
  writeTree(root, output);
}

/** Whether this run accepts the output of today: a person asked for it, and reads the diff afterwards. */
export function isAccepting(env: NodeJS.ProcessEnv): boolean {
  if ((env.MESHFRONT_UPDATE_GOLDEN ?? "") === "") return false;
  if ((env.CI ?? "") === "") return true;
  throw new Error("expected no MESHFRONT_UPDATE_GOLDEN in CI: a person accepts golden files, and reads them");
}

const outputOf = (root: string): Tree =>
  Object.assign({}, ...outputFolders.map((name) => readTree(root, name)));

function runSynth(root: string) {
  const result = synth.run({ disk: nodeReadFileSystem, root, words: [], options: {}, progress: () => {} });
  if (result instanceof Promise) throw new Error("synth became asynchronous: await it here");
  return result;
}
