// Which warnings a configuration may accept (`accept[]`), and the check of what it says.
import type { Path } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Acceptance } from "./config.ts";
import type { Finding } from "./finding.ts";
import { configRules, fleetRules } from "./rules/index.ts";

/** Codes of warnings that are no rules of this stage. Rules on objects have a few as well. */
export const warningsBesideRules: readonly string[] = [
  "argocd/nothing-ignored",
  "config/foreign-file",
  "config/stale-schema",
  "config/stray-lock",
  "facts/certificate-expires",
  "facts/unused-answer",
  "hook/expires",
  "istio/dead-value",
  "istio/inert-value",
  "istio/pull-secret-names",
  "istio/shadowed-value",
  "manifests/selector",
  "manifests/unknown-kind",
  "output/foreign-file",
  "output/ignored",
  "output/protected-load-balancer",
  "output/unrecorded-file",
  "repository/other-path",
  "repository/other-url",
];

const acceptable = (): readonly string[] => [
  ...warningsBesideRules,
  ...[...configRules, ...fleetRules].filter(({ severity }) => severity === "warning").map(({ code }) => code),
];

/** Entries whose code is that of no warning. */
export function acceptFindings(accept: readonly Acceptance[]): Finding[] {
  if (accept.length === 0) return [];
  const known = acceptable();
  return accept.flatMap(({ code }, index) =>
    known.includes(code)
      ? []
      : [
          {
            path: ["accept", index, "code"] satisfies Path,
            message: `expected the code of a warning, found ${code}: an error can only be mended`,
            suggestion: didYouMean(code, known) ?? "Copy the code from the warning, or remove the entry.",
          },
        ],
  );
}
