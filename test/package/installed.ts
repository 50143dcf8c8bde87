// The package as npm makes it, and the versions of Node that it runs on; those that are not here come as npm packages.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const checkout = fileURLToPath(new URL("../../", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Settings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Permissions do not bind root. */
  readonly uid?: number;
}

export function run(program: string, args: readonly string[], { cwd, env, uid }: Settings): Outcome {
  const child = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: process.env.HOME, AWS_EC2_METADATA_DISABLED: "true", ...env },
    ...(uid !== undefined && { uid, gid: uid }),
  });
  if (child.error !== undefined) throw child.error;
  return { code: child.status, stdout: child.stdout, stderr: child.stderr };
}

/** npm with the settings of this machine: how it reaches its registry is nothing to test. */
export const npm = (args: readonly string[], cwd: string): Outcome =>
  mustRun("npm", args, {
    cwd,
    env: Object.fromEntries(Object.entries(process.env).map(([key, value]) => [key, value ?? ""])),
  });

/** The same as `run`, where anything but success is a fault of the test bed. */
export function mustRun(program: string, args: readonly string[], settings: Settings): Outcome {
  const outcome = run(program, args, settings);
  if (outcome.code !== 0) throw new Error(`${program} ${args.join(" ")}\n${outcome.stdout}${outcome.stderr}`);
  return outcome;
}

export interface Packed {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  readonly unpackedSize: number;
  readonly paths: readonly string[];
}

/** What `npm pack` makes of the checkout, in `folder`. */
export function pack(folder: string): Packed {
  npm(["pack", "--pack-destination", folder], checkout);
  const { stdout } = npm(["pack", "--json", "--dry-run", "--ignore-scripts"], checkout);
  const [{ filename, size, unpackedSize, files }] = JSON.parse(stdout);
  const paths = files.map(({ path }: { readonly path: string }) => path);
  return { file: join(folder, filename), size, unpackedSize, paths };
}

/** A folder of the test's own, with blanks in its name where `name` has some. */
export function emptyFolder(name: string): string {
  const parent = mkdtempSync(join(tmpdir(), "meshfront-package-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, name);
  mkdirSync(folder);
  return folder;
}

/** As `npm install <package>` does it in a folder of somebody else; nothing comes from the network. */
export function install(folder: string, packed: Packed): void {
  writeFileSync(join(folder, "package.json"), "{}\n");
  npm(["install", "--offline", "--save-dev", packed.file], folder);
}

/** The program of a version of Node, such as 24.21.0; of the major that runs the tests, that one. */
export function nodeOf(version: string): string {
  if (majorOf(version) === majorOf(process.versions.node)) return process.execPath;
  const folder = join(checkout, ".cache/node", version);
  const program = join(folder, "node_modules/node/bin/node");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    npm(["install", "--prefix", folder, "--no-save", `node@${version}`], folder);
  }
  return program;
}

export const majorOf = (version: string): number => Number.parseInt(version, 10);
