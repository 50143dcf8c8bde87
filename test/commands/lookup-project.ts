// A project folder for the tests of `lookup`, and a run of the command in it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CommandResult } from "../../commands/command.ts";
import { runLookup } from "../../commands/lookup.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { fakeWorld } from "./fake-account.ts";

export interface ClusterOptions {
  readonly name?: string;
  readonly region?: string;
  /** A line below `cluster:`, for example `account: "123456789012"`. */
  readonly more?: string;
  /** The door, as YAML in one line. */
  readonly door?: string;
}

export const standardDoor =
  "{ hosts: [app.example.com], certificate: { domain: app.example.com }, webAcl: { name: edge } }";

export const cluster = ({
  name = "demo",
  region = "eu-west-1",
  more = "",
  door = standardDoor,
}: ClusterOptions = {}) =>
  `cluster:
  name: ${name}
  region: ${region}
  server: https://${name}.example.com
  ${more}
repository: { url: https://github.com/example/platform.git }
ingresses:
  services: ${door}
`;

/** A folder with clusters/<name>.yaml for each name, removed after the test. */
export function makeLookupProject(files: Readonly<Record<string, string>> = { demo: cluster() }): string {
  const root = mkdtempSync(join(tmpdir(), "meshfront-lookup-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "clusters"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, `clusters/${name}.yaml`), text);
  return root;
}

export const lockFile = (root: string, name = "demo"): string => join(root, `clusters/${name}.lock.json`);
export const readLockText = (root: string, name = "demo"): string =>
  readFileSync(lockFile(root, name), "utf8");
export const listClusters = (root: string): readonly string[] => readdirSync(join(root, "clusters")).sort();

export interface Run extends CommandResult {
  /** What went to stderr on the way. */
  readonly progress: readonly string[];
}

export interface RunOptions {
  readonly words?: readonly string[];
  readonly options?: Readonly<Record<string, string | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}

export async function run(
  root: string,
  { words = [], options = {}, env = {} }: RunOptions = {},
): Promise<Run> {
  const progress: string[] = [];
  const input = {
    disk: nodeReadFileSystem,
    root,
    words,
    options,
    progress: (text: string) => void progress.push(text),
  };
  return { ...(await runLookup(input, fakeWorld(env))), progress };
}

/** `<severity> <code>` of each problem, in order. */
export const codesOf = ({ problems }: CommandResult): readonly string[] =>
  problems.map(({ severity, code }) => `${severity} ${code}`);

export const messagesOf = ({ problems }: CommandResult): string =>
  problems.map(({ message, suggestion = "" }) => `${message}\n${suggestion}`).join("\n");
