// What a change of replicas leaves of istiod and of the gateways when a node goes or traffic grows.
import { type JsonObject, valueAt } from "../../../core/json.ts";
import { mapAt, textAt } from "../../object-fields.ts";
import type { OutputDiff } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code } from "./consequence.ts";

export const capacityRules: readonly ConsequenceRule[] = [
  {
    code: "diff/fewer-replicas",
    level: "warning",
    check: ({ objects }: OutputDiff) =>
      objects.flatMap(({ before, after }): readonly ConsequenceFinding[] => {
        if (before === undefined || after === undefined) return [];
        const message = describe(before.data, after.data);
        return message === undefined ? [] : [{ object: after, message }];
      }),
    source:
      "Istio charts 1.28 to 1.31, rendered with helm template: what they make of autoscaling and replicaCount; Kubernetes docs, Pod disruptions: a drain evicts the last pod of what has no budget",
  },
];

interface Replicas {
  readonly min: number;
  readonly max: number;
}

function describe(before: JsonObject, after: JsonObject): string | undefined {
  const chart = textAt(after, ["spec", "source", "chart"]);
  const [old, next] = [replicasOf(chart, before), replicasOf(chart, after)];
  if (old === undefined || next === undefined) return undefined;
  const losesBudget = old.min > 1 && next.min === 1;
  if (next.min >= old.min && next.max >= old.max) return undefined;
  const pods = chart === "istiod" ? "istiod" : "The gateway";
  const budget = losesBudget
    ? " With one replica there is no disruption budget: a drain of its node stops all of it until another pod is ready."
    : "";
  return `${pods} goes from ${code(rangeOf(old))} to ${code(rangeOf(next))} replicas: pods beyond that end once this is synced.${budget}`;
}

const rangeOf = ({ min, max }: Replicas): string => (min === max ? String(min) : `${min} to ${max}`);

/** As meshfront writes them; undefined where own values say it in another way. */
function replicasOf(chart: string, application: JsonObject): Replicas | undefined {
  const values = mapAt(application, ["spec", "source", "helm", "valuesObject"]);
  const [fewest, most] =
    chart === "gateway"
      ? [
          ["autoscaling", "minReplicas"],
          ["autoscaling", "maxReplicas"],
        ]
      : chart === "istiod"
        ? [["autoscaleMin"], ["autoscaleMax"]]
        : [[], []];
  const isFixed =
    valueAt(values, chart === "gateway" ? ["autoscaling", "enabled"] : ["autoscaleEnabled"]) === false;
  const [min, max] = isFixed
    ? [valueAt(values, ["replicaCount"]), valueAt(values, ["replicaCount"])]
    : [valueAt(values, fewest ?? []), valueAt(values, most ?? [])];
  return typeof min === "number" && typeof max === "number" ? { min, max } : undefined;
}
