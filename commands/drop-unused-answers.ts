// `synth` forgets what nothing asks AWS any more: that needs no credentials.
import { listed } from "../core/listed.ts";
import type { Problem } from "../core/problem.ts";
import { lockPath } from "../facts/read-lock.ts";
import { writeLock } from "../facts/write-lock.ts";
import type { ProjectCluster } from "./load-project.ts";

export interface DroppedAnswers {
  /** The lock file, relative to the project's folder. */
  readonly path: string;
  /** Keys of the answers in it. */
  readonly answers: readonly string[];
}

/** One for each lock file concerned. */
export const droppedAnswers = (clusters: readonly ProjectCluster[]): readonly DroppedAnswers[] =>
  clusters
    .filter(({ unusedAnswers }) => unusedAnswers.length > 0)
    .map(({ config, unusedAnswers }) => ({ path: lockPath(config.cluster.name), answers: unusedAnswers }));

export const describeDropped = ({ path, answers }: DroppedAnswers): string =>
  `drop ${listed(answers)} from ${path} (nothing asks for it)`;

/** Stops at the first file that the disk refuses. */
export function dropUnusedAnswers(root: string, clusters: readonly ProjectCluster[]): Problem | undefined {
  for (const { config, lock, unusedAnswers } of clusters) {
    if (lock === undefined || unusedAnswers.length === 0) continue;
    const kept = Object.entries(lock.answers).filter(([key]) => !unusedAnswers.includes(key));
    const next = kept.length === 0 ? undefined : { ...lock, answers: Object.fromEntries(kept) };
    const result = writeLock(root, config.cluster.name, next);
    if (typeof result !== "string") return result;
  }
  return undefined;
}
