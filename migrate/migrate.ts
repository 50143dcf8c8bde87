// The whole way, pure: texts of files -> the cluster file and everything there is to say. Rendering is the caller's, who has
// the programs that go into manifests.
import type { Config } from "../config/config.ts";
import type { Beside } from "../config/load-plain.ts";
import { type JsonObject, valueAt } from "../core/json.ts";
import { isError, type Problem } from "../core/problem.ts";
import { chooseCluster } from "./choose-cluster.ts";
import { clusterFileText } from "./cluster-file.ts";
import type { Comparison } from "./compare/comparison.ts";
import { compareDraft } from "./compare/index.ts";
import { type Finding, Findings } from "./finding.ts";
import { type HandOverFile, handOverFiles } from "./hand-over/index.ts";
import type { LiveState } from "./live.ts";
import { lockText } from "./lock.ts";
import { sayReader } from "./reader-findings.ts";
import { type Draft, type RecogniseOptions, recognise } from "./recognise/index.ts";
import type { OwnFile } from "./recognise/own-objects.ts";
import { sayRefused, settle } from "./settle.ts";

export interface Migration {
  /** Text of clusters/<name>.yaml; undefined where the migration is refused. */
  readonly clusterFile: string | undefined;
  readonly files: readonly OwnFile[];
  /** Text of clusters/<name>.lock.json, where the input's facts answer every question. */
  readonly lock: string | undefined;
  readonly findings: readonly Finding[];
  readonly comparisons: readonly Comparison[];
  /** MIGRATION.md and the blocks for Terraform; none where the migration is refused. */
  readonly handOver: readonly HandOverFile[];
  readonly config: Config | undefined;
}

export interface MigrateOptions extends RecogniseOptions {
  readonly beside: Beside;
  readonly render: (config: Config, files: readonly OwnFile[]) => Rendered;
}

export interface Rendered {
  /** What synth would write, the objects of `files` among them. */
  readonly objects: readonly JsonObject[];
  /** What is wrong with those of `files`: nothing is rendered then. */
  readonly problems: readonly Problem[];
}

export function migrate(read: LiveState, options: MigrateOptions): Migration {
  const state = chooseCluster(read, [options.cluster, options.eksName]);
  const findings = new Findings();
  sayReader(state, findings);
  const recognised = recognise(state, options, findings);
  const nothing = { input: recognised.input, config: undefined, warnings: [], leftOutDoors: [] };
  const settled = recognised.doors.length === 0 ? nothing : settle(recognised, options.beside);
  const { input, config, warnings } = settled;
  const draft = withoutDoors(recognised, settled.leftOutDoors);
  for (const { code, message, path } of warnings)
    draft.findings.step("warning", path ?? "", `${sentence(message.replace(`${path}: `, ""))} (${code})`);
  const { objects: rendered, problems } =
    config === undefined ? { objects: [], problems: [] } : options.render(config, draft.files);
  for (const problem of problems.filter(isError)) sayRefused(problem, findings);
  const isRefused = findings.all.some(({ kind }) => kind === "refused");
  const comparisons = compareDraft(draft, rendered);
  return {
    clusterFile: isRefused ? undefined : clusterFileText(input, draft.comments),
    files: isRefused ? [] : draft.files,
    lock: isRefused || config === undefined || !hasRegion(input) ? undefined : lockText(state, config),
    findings: draft.findings.all,
    comparisons,
    handOver: isRefused || config === undefined ? [] : handOverFiles(state, draft, config, rendered),
    config,
  };
}

/** Their Ingresses stay what they are, so nothing of them is handed over. */
function withoutDoors(draft: Draft, keys: readonly string[]): Draft {
  const gone = draft.doors.filter(({ key }) => keys.includes(key)).flatMap(({ members }) => members);
  return {
    ...draft,
    doors: draft.doors.filter(({ key }) => !keys.includes(key)),
    takenOver: draft.takenOver.filter((object) => !gone.includes(object)),
  };
}

/** The rest was judged with a stand-in. */
const hasRegion = (input: JsonObject): boolean => valueAt(input, ["cluster", "region"]) !== undefined;

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")}`;

/** Whether anything that people notice is another than what is live. */
export const isDifferent = ({
  findings,
  comparisons,
}: Pick<Migration, "findings" | "comparisons">): boolean =>
  findings.some(
    ({ kind, effect }) =>
      ["fault", "left-out"].includes(kind) || (kind === "difference" && effect !== "cosmetic"),
  ) || comparisons.some(({ differences }) => differences.some(({ effect }) => effect !== "cosmetic"));
