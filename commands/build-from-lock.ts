// What the library builds: a checked configuration and the content of a lock file -> constructs.
import type { App } from "cdk8s";
import { buildCluster } from "../charts/cluster.ts";
import type { Config } from "../config/config.ts";
import { isError, type Problem } from "../core/problem.ts";
import { nodeReadFileSystem } from "../core/read-disk.ts";
import { parseLock } from "../facts/lock.ts";
import { lockPath } from "../facts/read-lock.ts";
import { lookupCommand, resolve } from "../facts/resolve.ts";
import { isProblems } from "./load-project.ts";
import { readPrograms } from "./read-programs.ts";

export function buildFromLock(
  config: Config,
  content: unknown,
): { readonly app: App } | { readonly problems: readonly Problem[] } {
  const { name } = config.cluster;
  const lockName = lockPath(name);
  const bytes = Buffer.from(JSON.stringify(content) ?? "");
  const lock = content === undefined ? undefined : parseLock(lockName, bytes, lookupCommand(name));
  if (isProblems(lock)) return { problems: lock };
  const locate = () => ({ file: config.file, line: 1, column: 1 });
  const { facts, problems } = resolve({ config, locate, lock, lockName });
  const errors = problems.filter(isError).map(({ line, column, ...problem }) => problem);
  if (errors.length > 0) return { problems: errors };
  return { app: buildCluster(config, facts, readPrograms(nodeReadFileSystem)) };
}
