// What `check` loads when somebody wrote values of their own, and nothing else does: a bundle of its own (tools/bundles.mjs).
import type { ConfigRule } from "../finding.ts";
import { conditionRules, deadValueRule } from "./value-rules.ts";

export const valueRules: readonly ConfigRule[] = [deadValueRule, ...conditionRules];
