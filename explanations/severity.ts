import { warningsBesideRules } from "../config/acceptable-warnings.ts";
import { configRules, fleetRules } from "../config/rules/index.ts";
import type { Severity } from "../core/problem.ts";
import type { Level } from "../manifests/diff/consequences/consequence.ts";
import { consequenceRules } from "../manifests/diff/consequences/index.ts";
import { objectRules } from "../manifests/rules/index.ts";

const rules = [...configRules, ...fleetRules, ...objectRules];

/** Codes outside of the rules that are no errors. Of the last ones nothing is to be accepted. */
const warnings: readonly string[] = [
  ...warningsBesideRules,
  "config/unused-acceptance",
  "diff/unreadable-file",
  "facts/example",
  "lookup/zone-left-out",
  "usage/gone-cluster",
  "usage/package-json",
];

/** Where one command takes a code for less or more than the others do. */
const exceptions: Readonly<Record<string, string>> = {
  "facts/certificate-expires": "error in `lookup --check`",
  "facts/example": "error in `check` and `lookup --check`",
  "facts/edited": "warning in `lookup`, which writes the file anew",
  "output/ignored": "error in `check`",
  "repository/other-path": "error in `check`",
  "facts/malformed": "warning in `lookup`, which writes the file anew",
  "facts/merge-conflict": "warning in `lookup`, which writes the file anew",
};

/** The severity with which a code is reported, or the level of what `diff` says: the rules know their own. */
export const severityOf = (code: string): Severity | Level =>
  rules.find((rule) => rule.code === code)?.severity ??
  consequenceRules.find((rule) => rule.code === code)?.level ??
  (warnings.includes(code) ? "warning" : "error");

/** For example `error in `lookup --check``, undefined where the severity is the same everywhere. */
export const exceptionOf = (code: string): string | undefined => exceptions[code];

/** `error`, or with its exception: `warning (error in `lookup --check`)`. */
export const describeSeverity = (code: string): string =>
  exceptions[code] === undefined ? severityOf(code) : `${severityOf(code)} (${exceptions[code]})`;
