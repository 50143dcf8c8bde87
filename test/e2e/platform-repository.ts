// The Git repository of a platform team: one cluster file, and what `meshfront synth` makes of it. Argo CD reads the
// bare repository; tests write through a work tree, as people do.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { stringify } from "yaml";
import type { ConfigInput } from "../../config/schema.ts";

/** The built program of this checkout, or of another one: a release, or a tree that nobody edits while tests run. */
const CHECKOUT = process.env.MESHFRONT_E2E_CHECKOUT ?? fileURLToPath(new URL("../../", import.meta.url));
const MESHFRONT = join(CHECKOUT, "bin/meshfront.cjs");
const BUNDLE = join(CHECKOUT, "build/meshfront.cjs");

export class PlatformRepository {
  readonly url: string;
  /** The work tree. */
  readonly folder: string;
  readonly #home: string;

  private constructor(home: string) {
    this.#home = home;
    this.url = `file://${join(home, "platform.git")}`;
    this.folder = join(home, "platform");
  }

  /** @param home scratch folder */
  static async create(home: string): Promise<PlatformRepository> {
    if (!existsSync(BUNDLE)) throw new Error(`expected ${BUNDLE}, found none. Run \`npm run build\`.`);
    mkdirSync(home, { recursive: true });
    const repository = new PlatformRepository(home);
    await run("git", ["init", "--quiet", "--bare", "--initial-branch=main", "platform.git"], home);
    await run("git", ["clone", "--quiet", repository.url, "platform"], home);
    await repository.#git("config", "user.name", "Platform Team");
    await repository.#git("config", "user.email", "platform@example.com");
    await repository.#git("checkout", "--quiet", "-b", "main");
    return repository;
  }

  /** Writes clusters/<name>.yaml and runs the built meshfront; returns what it said. */
  async synth(config: ConfigInput, ...options: readonly string[]): Promise<string> {
    mkdirSync(join(this.folder, "clusters"), { recursive: true });
    writeFileSync(join(this.folder, `clusters/${config.cluster.name}.yaml`), stringify(config));
    return await run(process.execPath, [MESHFRONT, "synth", "--chdir", this.folder, ...options], this.#home);
  }

  /** What `meshfront diff` says of a changed cluster file, before anything is written. */
  async diff(config: ConfigInput): Promise<string> {
    writeFileSync(join(this.folder, `clusters/${config.cluster.name}.yaml`), stringify(config));
    return await run(process.execPath, [MESHFRONT, "diff", "--chdir", this.folder], this.#home);
  }

  /** An edit by hand, as somebody does who does not run `meshfront check`. */
  edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    const after = change(before);
    if (after === before) throw new Error(`expected the edit to change ${file}`);
    writeFileSync(path, after);
  }

  /** Commits everything and pushes it. @returns the commit's hash */
  async push(message: string): Promise<string> {
    await this.#git("add", "--all");
    await this.#git("commit", "--quiet", "--message", message);
    await this.#git("push", "--quiet", "origin", "main");
    return (await this.#git("rev-parse", "HEAD")).trim();
  }

  #git(...args: readonly string[]): Promise<string> {
    return run("git", args, this.folder);
  }
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(command, args, { cwd });
  return stdout + stderr;
}
