// What `check` loads when somebody wrote values of their own, and nothing else does: a bundle of its own (tools/bundles.mjs).
export { valueRules } from "./value-rules.ts";
