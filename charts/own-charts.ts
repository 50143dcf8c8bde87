// Stage 3: cdk8s charts of a person's own program -> the objects in each.
import { ApiObject, App, type Chart } from "cdk8s";
import type { Config } from "../config/config.ts";
import type { JsonObject } from "../core/json.ts";

/** Adds charts to an App that is empty and of this cluster alone. */
export type AddCharts = (app: App, cluster: Config) => void;

export interface OwnChart {
  /** Its path in the App, `/` between a chart and one within it. */
  readonly name: string;
  /** What it gives objects that have none. */
  readonly namespace: string | undefined;
  readonly objects: readonly JsonObject[];
  /** An object is of another copy of cdk8s than ours: what is lazy in it would not be resolved. */
  readonly isOfOtherCopy: boolean;
}

/** Charts without an object are left out. Throws what the program throws, or the constructs that do not validate. */
export function buildOwnCharts(addCharts: AddCharts, cluster: Config): readonly OwnChart[] {
  const app = new App();
  const returned: unknown = addCharts(app, cluster);
  if (returned instanceof Promise) {
    returned.catch(() => {}); // that it is one is the mistake, and said
    throw new Error(
      "it returned a promise: constructs are made at once, so read what they need before `run`",
    );
  }
  return app.charts.map(ownChart).filter(({ objects }) => objects.length > 0);
}

function ownChart(chart: Chart): OwnChart {
  const own = chart.node
    .findAll()
    .filter((construct) => construct instanceof ApiObject && construct.chart === chart);
  return {
    name: chart.node.path,
    namespace: chart.namespace,
    // As it would stand in a file: without what is undefined.
    objects: own.length === 0 ? [] : JSON.parse(JSON.stringify(chart.toJson())),
    isOfOtherCopy: own.some(
      (construct) => !Object.prototype.isPrototypeOf.call(ApiObject.prototype, construct),
    ),
  };
}
