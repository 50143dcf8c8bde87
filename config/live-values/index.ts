// What `check` loads when somebody wrote values of their own, and nothing else does: a bundle of its own (tools/bundles.mjs).
import type { ConfigRule } from "../finding.ts";
import { conditionRules, deadValueRule } from "./value-rules.ts";

/** By what was measured. */
export const valueRules: readonly ConfigRule[] = [deadValueRule, ...conditionRules];

export { analyseChart, type ChartReads } from "../helm-template/analyse-chart.ts";
export { chartSource, type ParseYaml } from "../helm-template/chart-source.ts";
export { ArchiveError, readArchive } from "../helm-template/read-archive.ts";
export { type ChartsByName, type JudgedValue, judgedValues, templateRule } from "./template-rules.ts";
export { conditionRules };
