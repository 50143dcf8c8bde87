// moto: a server that speaks AWS's APIs, from PyPI, in a virtual environment of its own below .cache/.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Fixed, because its answers are what the tests expect. */
const packages = ["moto[ec2,acm]==5.2.5", "flask==3.1.3", "flask-cors==6.0.5"];
const environment = fileURLToPath(new URL("../../.cache/moto/venv-5.2.5", import.meta.url));
const program = (name: string): string => join(environment, "bin", name);

export interface MotoServer {
  readonly url: string;
  /** Python with moto's own libraries. */
  readonly python: string;
  readonly stop: () => Promise<void>;
}

/** Why moto cannot run here; undefined if it can. In CI there is no excuse. */
export async function tryFindObstacle(): Promise<string | undefined> {
  const python = await run("python3", ["-c", "import venv, ensurepip"]).then(
    () => undefined,
    () => "Python 3 with venv is not installed: the tests against moto do not run",
  );
  if (python !== undefined && process.env.CI) throw new Error(`${python}, and CI needs them`);
  return python;
}

async function install(): Promise<void> {
  const marker = join(environment, "complete");
  if (existsSync(marker)) return;
  // What an interrupted installation left.
  rmSync(environment, { recursive: true, force: true });
  await run("python3", ["-m", "venv", environment]);
  await run(program("pip"), ["install", "--quiet", "--disable-pip-version-check", ...packages]);
  writeFileSync(marker, `${packages.join("\n")}\n`);
}

export async function startMoto(): Promise<MotoServer> {
  await install();
  const port = await freePort();
  const server = spawn(program("moto_server"), ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
    // A requested certificate stays pending for as long as the tests run.
    env: { ...process.env, MOTO_ACM_VALIDATION_WAIT: "3600" },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, server);
  return { url, python: program("python"), stop: () => stop(server) };
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`moto_server ended with ${server.exitCode}`);
    const isReady = await fetch(`${url}/moto-api/`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop(server);
  throw new Error(`moto_server does not answer on ${url}`);
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill();
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
