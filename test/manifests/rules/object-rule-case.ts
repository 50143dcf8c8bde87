import type { JsonObject } from "../../../core/json.ts";
import type { Spoiler } from "../../charts/spoil.ts";

/** One example of a rule on objects: the output of the usual cluster (one door, `services`, and a route), spoilt. */
export interface ObjectRuleCase {
  readonly code: string;
  /** Completes "<code> …". */
  readonly title: string;
  readonly fails: readonly Spoiler[];
  /** All that a person sees then of Argo CD and hooks, or of Istio and the load balancers. */
  readonly problems: string;
  /** A change nearby that is none of the rule's business; nothing at all where there is none worth a line. */
  readonly passes?: readonly Spoiler[];
  /** What the usual cluster file has besides. */
  readonly config?: JsonObject;
}
