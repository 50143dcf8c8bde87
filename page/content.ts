// What a report is made of.
import type { Problem } from "../core/problem.ts";
import type { Explanation } from "../explanations/explanation.ts";
import type { LockFile } from "../facts/lock-schema.ts";
import type { ClusterGraph } from "../graph/cluster-graph.ts";
import type { DiffReport } from "../manifests/diff/reports/diff-report.ts";

export interface ReportContent {
  /** YYYY-MM-DD: ends of certificates are counted from it. */
  readonly made: string;
  readonly version: string;
  readonly clusters: readonly ReportCluster[];
  /** What was found and belongs to none of the clusters. */
  readonly problems: readonly Problem[];
  readonly change: DiffReport | undefined;
  /** By code. */
  readonly explanations: Readonly<Record<string, Explanation>>;
  readonly programs: PagePrograms;
}

export interface ReportCluster {
  readonly graph: ClusterGraph;
  /** An SVG element; undefined where there are too many clusters for pictures. */
  readonly picture: string | undefined;
  readonly lock: LockFile | undefined;
  readonly problems: readonly Problem[];
}

/** What the page brings along, as it stands in files: page.css, page.js, and the style of pictures. */
export interface PagePrograms {
  readonly style: string;
  readonly script: string;
}
