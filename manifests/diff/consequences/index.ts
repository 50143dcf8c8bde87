// The table of contents of everything that a diff says beside the fields.
import type { OutputDiff } from "../output-diff.ts";
import { capacityRules } from "./capacity-rules.ts";
import { type Consequence, type ConsequenceRule, levels } from "./consequence.ts";
import { exposureRules } from "./exposure-rules.ts";
import { gatewayRules } from "./gateway-rules.ts";
import { hookConsequences } from "./hook-rules.ts";
import { hostConsequences } from "./host-rules.ts";
import { istioRules } from "./istio-rules.ts";
import { listenerRules } from "./listener-rules.ts";
import { loadBalancerRules } from "./load-balancer-rules.ts";
import { orderRules } from "./order-rules.ts";
import { projectRules } from "./project-rules.ts";
import { removalRules } from "./removal-rules.ts";

export const consequenceRules: readonly ConsequenceRule[] = [
  ...loadBalancerRules,
  ...removalRules,
  ...projectRules,
  ...exposureRules,
  ...hostConsequences,
  ...istioRules,
  ...capacityRules,
  ...gatewayRules,
  ...listenerRules,
  ...orderRules,
  ...hookConsequences,
];

/** What a diff leads to, the strongest first. */
export function findConsequences(diff: OutputDiff): readonly Consequence[] {
  const found = consequenceRules.flatMap(({ code, level, check }) =>
    check(diff).map((finding): Consequence => ({ code, level, ...finding })),
  );
  return found.sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}
