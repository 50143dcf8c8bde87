import type { LoadedCluster } from "../config/load.ts";
import { nameOfFile } from "../config/name-of-file.ts";
import { count } from "../core/count.ts";
import { isError } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { textTable } from "../core/text-table.ts";
import { readLock } from "../facts/read-lock.ts";
import { withoutAccepted } from "./accepted.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { isProblems, loadSelection } from "./load-project.ts";
import type { ListKeys } from "./results/list.ts";

/** The fleet as a table. What is wrong with lock files is for `check` to say. */
export const list: Command = {
  run: (input) => {
    const { disk, root } = input;
    const { clusters, problems: found } = loadSelection(input);
    const rows = clusters.map((cluster) => rowOf(disk, root, cluster));
    const problems = withoutAccepted(found, clusters);
    return {
      exitCode: problems.some(isError) ? exitCodes.invalid : exitCodes.clean,
      problems,
      summary: count(rows.length, "cluster"),
      output: rows.length === 0 ? "" : tableOf(rows),
      json: { clusters: rows } satisfies ListKeys,
    };
  },
};

type Row = ListKeys["clusters"][number];

function rowOf(disk: ReadFileSystem, root: string, { config }: LoadedCluster): Row {
  const { cluster, istio, ingresses } = config;
  return {
    name: nameOfFile(config.file),
    stage: cluster.stage ?? null,
    region: cluster.region,
    account: cluster.account ?? null,
    istio: istio.version,
    loadBalancers: ingresses.map(({ name }) => name),
    certificatesUntil: tryFindFirstEnd(disk, root, cluster.name) ?? null,
    labels: cluster.labels,
  };
}

/** Of the certificates in the lock file; undefined where there are none, or no lock file that can be read. */
function tryFindFirstEnd(disk: ReadFileSystem, root: string, cluster: string): string | undefined {
  const lock = readLock(disk, root, cluster);
  if (lock === undefined || isProblems(lock)) return undefined;
  const ends = Object.values(lock.answers).flatMap((answer) =>
    "notAfter" in answer ? [answer.notAfter] : [],
  );
  return ends.sort()[0];
}

const titles = [
  "NAME",
  "STAGE",
  "REGION",
  "ISTIO",
  "LOAD BALANCERS",
  "CERTIFICATES UNTIL",
  "LABELS",
] as const;

function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ name, stage, region, istio, loadBalancers, certificatesUntil, labels }) => [
    name,
    stage ?? "-",
    region,
    istio,
    loadBalancers.join(","),
    certificatesUntil ?? "-",
    Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(",") || "-",
  ]);
  return textTable([titles, ...cells]);
}
