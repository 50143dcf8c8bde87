// `synth` forgets what nothing asks AWS any more: that needs no credentials.
import { listed } from "../core/listed.ts";
import type { Problem } from "../core/problem.ts";
import { lockPath } from "../facts/read-lock.ts";
import { writeLock } from "../facts/write-lock.ts";
import type { ProjectCluster } from "./load-project.ts";

/** What it would do, for `synth --dry-run` and for the line that says it was done; one for each lock file concerned. */
export const unusedAnswerLines = (clusters: readonly ProjectCluster[]): readonly string[] =>
  clusters.flatMap(({ config, unusedAnswers }) =>
    unusedAnswers.length === 0
      ? []
      : [`drop ${listed(unusedAnswers)} from ${lockPath(config.cluster.name)} (nothing asks for it)`],
  );

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
