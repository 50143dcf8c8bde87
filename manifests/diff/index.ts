// What only `diff` loads: a bundle of its own (tools/bundles.mjs).

export { diffOutput } from "./diff-output.ts";
export { diffJson } from "./reports/diff-json.ts";
export { type DiffReport, nameOfAgainst, reportOf } from "./reports/diff-report.ts";
export { markdownReport } from "./reports/markdown-report.ts";
export { statReport } from "./reports/stat-report.ts";
export { textReport } from "./reports/text-report.ts";
