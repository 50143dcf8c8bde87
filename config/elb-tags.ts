// Stage 1: tags that Elastic Load Balancing takes. It takes fewer characters than most of AWS: no comma, no quotes.
// Source: Elastic Load Balancing API reference (2015-12-01), Tag; botocore 1.44.8, elbv2, TagKey and TagValue, read 2026-12-01.
import { show } from "../core/format-value.ts";
import type { PairRules } from "./alb-grammars.ts";

const outside = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u;
const allowed = "letters, digits, blanks and _ . : / = + - @";

/** What is wrong with a tag, completing "expected …", or undefined. */
export function judgeTag(key: string, value: string): string | undefined {
  // The controller splits a pair at its first `=`.
  const bad = (/[=]/.exec(key) ?? outside.exec(key))?.[0];
  if (bad !== undefined) return `a tag's name of ${allowed.replace(" =", "")}, not ${show(bad)}`;
  if (key.trim() !== key) return "a tag's name without blanks at its ends";
  if (key.length < 1 || key.length > 128) return `a tag's name of at most 128 characters, not ${key.length}`;
  const reserved = /^(?:aws:|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/)/i.exec(key)?.[0];
  if (reserved !== undefined) return `a tag that is not reserved by AWS or the controller (${reserved})`;
  const wrong = outside.exec(value)?.[0];
  if (wrong !== undefined) return `a tag's value of ${allowed}, not ${show(wrong)}`;
  if (value.trim() !== value) return "a tag's value without blanks at its ends";
  return value.length > 256 ? `a tag's value of at most 256 characters, not ${value.length}` : undefined;
}

export const tagPairs: PairRules = { each: judgeTag };
