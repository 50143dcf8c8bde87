// The program as people run it: a process in a project's folder.
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { synth } from "../../commands/synth.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { makeProject, type Tree, writeTree } from "../manifests/output-tree.ts";

export const binary = fileURLToPath(new URL("../../bin/meshfront.cjs", import.meta.url));
const golden = fileURLToPath(new URL("../golden/", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing of the machine's own settings; PATH for what the program may start. */
const plainEnvironment = { PATH: process.env.PATH };

export interface Settings {
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
}

/** Runs `meshfront …args` in a folder. */
export function meshfront(folder: string, args: readonly string[], { env, ...rest }: Settings = {}): Outcome {
  const child = spawnSync(process.execPath, [binary, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...plainEnvironment, ...env },
    ...rest,
  });
  if (child.error !== undefined) throw child.error;
  return { code: child.status, stdout: child.stdout, stderr: child.stderr };
}

/** A copy of a golden case, its output included, removed after the test. */
export function goldenProject(name = "minimal"): string {
  const root = makeProject();
  cpSync(join(golden, name), root, { recursive: true });
  return root;
}

/** A project with the cluster files of a golden case and no output yet. */
export function newProject(name = "minimal"): string {
  const root = makeProject();
  cpSync(join(golden, name, "clusters"), join(root, "clusters"), { recursive: true });
  return root;
}

export interface ProblemDocument {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly file?: string;
}

export interface ResultDocument {
  readonly command: string;
  readonly exitCode: number;
  readonly summary: string;
  readonly durationMs: number;
  readonly problems: readonly ProblemDocument[];
  readonly written?: readonly { readonly path: string; readonly reason: string }[];
  readonly removed?: readonly string[];
  readonly unchanged?: number;
}

/** The document that `--json` prints. */
export const documentOf = ({ stdout }: Outcome): ResultDocument => JSON.parse(stdout) as ResultDocument; // the tests look further

/** A cluster file with two doors of which each needs no look-up. */
export const twoDoors = clusterFile("demo", ["services", "addons"]);

export function clusterFile(name: string, doors: readonly string[], changes: object = {}): Tree {
  const door = (key: string) => ({
    hosts: [`${key}.${name}.example.com`],
    certificate: {
      arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001",
    },
    subnets: { ids: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"] },
  });
  const content = {
    cluster: { name, region: "eu-west-1" },
    repository: { url: "https://github.com/example/platform.git" },
    ingresses: Object.fromEntries(doors.map((key) => [key, door(key)])),
    ...changes,
  };
  return { [`clusters/${name}.yaml`]: `${JSON.stringify(content, null, 2)}\n` };
}

/** A project of such cluster files with its output. Written without a process: that is not what these tests are about. */
export function writtenProject(...trees: readonly Tree[]): string {
  const root = makeProject();
  for (const tree of trees) writeTree(root, tree);
  const result = synth.run({ disk: nodeReadFileSystem, root, words: [], options: {}, progress: () => {} });
  if (result instanceof Promise || result.exitCode !== 0) throw new Error("the cluster files are not valid");
  return root;
}
