// The programs of one test bed: each started on this machine, logged to a file, and ended with the bed, whatever
// happens to the test run.
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const GUARD = fileURLToPath(new URL("process-guard.mjs", import.meta.url));

/** Time a program gets to end by itself. kube-apiserver would take 5 s and has nothing worth saving. */
const GRACE_MS = 1_000;

export interface Start {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export class Processes {
  readonly #logs: string;
  readonly #running = new Map<ChildProcess, Start>();
  readonly #guard: ChildProcess;

  /** @param logs folder for one log file per program */
  constructor(logs: string) {
    mkdirSync(logs, { recursive: true });
    this.#logs = logs;
    // Detached: Ctrl-C reaches the whole foreground group, and the guard has to survive it.
    this.#guard = spawn(process.execPath, [GUARD], { stdio: ["pipe", "ignore", "inherit"], detached: true });
  }

  start(program: Start): ChildProcess {
    const { name, command, args, env } = program;
    const log = openSync(this.logOf(name), "a");
    const child = spawn(command, args, { stdio: ["ignore", log, log], env: { ...process.env, ...env } });
    closeSync(log);
    this.#running.set(child, program);
    child.once("spawn", () => this.#guard.stdin?.write(`+${child.pid}\n`));
    child.once("exit", () => {
      this.#running.delete(child);
      this.#guard.stdin?.write(`-${child.pid}\n`);
    });
    child.once("error", () => this.#running.delete(child));
    return child;
  }

  /** Kills a program, as a node that goes down does, and starts it again as it was started. */
  async restart(name: string): Promise<void> {
    const [child, program] = [...this.#running].find(([, running]) => running.name === name) ?? [];
    if (child === undefined || program === undefined) throw new Error(`expected ${name} to run`);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    this.start(program);
  }

  logOf(name: string): string {
    return join(this.#logs, `${name}.log`);
  }

  /** Ends what was started, in reverse order, and nothing else. */
  async stop(): Promise<void> {
    const children = [...this.#running.keys()].reverse();
    const ended = children.map((child) => new Promise((resolve) => child.once("exit", resolve)));
    for (const child of children) child.kill("SIGTERM");
    const force = setTimeout(() => {
      for (const child of children) child.kill("SIGKILL");
    }, GRACE_MS);
    await Promise.all(ended);
    clearTimeout(force);
    this.#guard.stdin?.end();
  }
}

/** Ports that were free a moment ago: all held at once, so that they differ. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(0, "127.0.0.1", resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("expected a TCP address");
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
