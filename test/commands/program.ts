// The program as people run it, in a project's folder: in this process, or in one of its own.
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { main } from "../../main.ts";
import { outputFor } from "../golden/golden-cases.ts";
import { makeProject, readTree, type Tree } from "../manifests/output-tree.ts";

export const binary = fileURLToPath(new URL("../../bin/meshfront.cjs", import.meta.url));
const golden = fileURLToPath(new URL("../golden/", import.meta.url));
const checkout = fileURLToPath(new URL("../../", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Nothing of the machine's own settings; PATH for what the program may start. */
const plainEnvironment = { PATH: process.env.PATH };

export interface Settings {
  readonly env?: NodeJS.ProcessEnv;
}

export interface MainSettings extends Settings {
  /** Permissions do not bind root, so that root becomes a user without rights. */
  readonly isWithoutRights?: boolean;
  /** Both streams are a terminal of so many columns; otherwise they are none. */
  readonly columns?: number;
}

/**
 * Runs what `meshfront …args` does in a folder, one call after the other: a process of its own costs ten times as much
 * and shows nothing more where a test is not about the bundles, the launcher or the environment.
 */
export async function runMain(
  folder: string,
  args: readonly string[],
  { env, isWithoutRights = false, columns }: MainSettings = {},
): Promise<Outcome> {
  const printed = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      printed[name] += String(text);
      return true;
    }),
  );
  const outside = { folder: process.cwd(), env: { ...process.env } };
  const isRoot = process.getuid?.() === 0;
  const warned = ({ message }: Error): void => {
    printed.stderr += `Warning: ${message}\n`;
  };
  process.on("warning", warned);
  process.chdir(folder);
  setEnvironment({ ...plainEnvironment, ...env });
  setTerminal(columns);
  if (isWithoutRights && isRoot) process.seteuid?.(65_534);
  try {
    return { code: await main(args), ...printed };
  } finally {
    if (isWithoutRights && isRoot) process.seteuid?.(0);
    setTerminal(undefined);
    setEnvironment(outside.env);
    process.chdir(outside.folder);
    process.off("warning", warned);
    for (const spy of spies) spy.mockRestore();
  }
}

/** The same object: some modules hold it. */
function setEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) if (env[name] === undefined) delete process.env[name];
  Object.assign(process.env, env);
}

function setTerminal(columns: number | undefined): void {
  for (const stream of [process.stdout, process.stderr])
    Object.assign(stream, { isTTY: columns !== undefined, columns });
}

/** Runs `meshfront …args` in a folder as a process. */
export function meshfront(folder: string, args: readonly string[], { env }: Settings = {}): Outcome {
  const child = spawnSync(process.execPath, [binary, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...plainEnvironment, ...env },
  });
  if (child.error !== undefined) throw child.error;
  return { code: child.status, stdout: child.stdout, stderr: child.stderr };
}

/** A golden case with the output of today, removed after the test. */
export const goldenProject = (name = "minimal"): string =>
  writtenProject(readTree(join(golden, name), "clusters"));

/** The same of the clusters of this repository, of which some have answers of AWS. */
export const demoTree = (): Tree => writtenTree(readTree(checkout, "clusters"));

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

const written = new Map<string, Tree>();

/** Cluster files with the output that `synth` writes for them today, which is made once. */
export function writtenTree(...trees: readonly Tree[]): Tree {
  const clusterFiles: Tree = Object.assign({}, ...trees);
  const key = JSON.stringify(clusterFiles);
  const known = written.get(key) ?? { ...clusterFiles, ...outputFor(clusterFiles) };
  written.set(key, known);
  return known;
}

/** A project of such files, removed after the test. */
export const writtenProject = (...trees: readonly Tree[]): string => makeProject(writtenTree(...trees));
