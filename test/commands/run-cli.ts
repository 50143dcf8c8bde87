// meshfront as people run it, in a folder without node_modules.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const checkout = fileURLToPath(new URL("../../", import.meta.url));

export interface Cli {
  /** The folder that would be the package. */
  readonly folder: string;
  readonly run: (args: readonly string[], options: RunOptions) => Promise<Run>;
  /** The user's folder for caches. */
  readonly caches: string;
  readonly remove: () => void;
}

export interface RunOptions {
  /** The project. */
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of what build.ts has built, without what runs have left there. */
export function copyCli(): Cli {
  const folder = mkdtempSync(join(tmpdir(), "meshfront-cli-"));
  for (const part of ["hook", "charts", "commands", "package.json", "start.ts"])
    symlinkSync(join(checkout, part), join(folder, part));
  const isPart = (path: string): boolean => path !== join(checkout, "build/cache");
  for (const part of ["bin", "build"])
    cpSync(join(checkout, part), join(folder, part), { recursive: true, filter: isPart });
  return {
    folder,
    caches: join(folder, "caches"),
    run: (args, { cwd, env }) =>
      runIn(folder, args, { cwd, env: { XDG_CACHE_HOME: join(folder, "caches"), ...env } }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** No credentials and no endpoint of the person who runs the tests. */
const isolated = {
  PATH: process.env.PATH ?? "",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nowhere/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
};

function runIn(folder: string, args: readonly string[], { cwd, env = {} }: RunOptions): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, "bin/meshfront.cjs"), ...args], {
      cwd,
      env: { ...isolated, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => (output.stdout += String(chunk)));
    child.stderr.on("data", (chunk) => (output.stderr += String(chunk)));
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ exitCode, ...output }));
  });
}
