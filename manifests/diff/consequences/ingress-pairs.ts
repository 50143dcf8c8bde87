// Ingresses as the load balancer rules look at them.

import { albAnnotationPrefix } from "../../../config/alb-annotations.ts";
import type { JsonObject } from "../../../core/json.ts";
import { textAt } from "../../object-fields.ts";
import { splitList } from "../annotation-items.ts";
import type { OutputDiff, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, code } from "./consequence.ts";

/** An Ingress as an object; where it stands does not matter. */
type IngressData = Pick<PlacedObject, "data">;

export interface IngressPair {
  readonly before: PlacedObject;
  readonly after: PlacedObject;
}

/** The Ingresses that are there before and after, under the same name, and differ. */
export const keptIngresses = ({ objects }: OutputDiff): readonly IngressPair[] =>
  objects.flatMap(({ fate, before, after }) =>
    before !== undefined && after !== undefined && fate !== "renamed" && isIngress(after)
      ? [{ before, after }]
      : [],
  );

export const isIngress = ({ group, kind }: PlacedObject): boolean =>
  kind === "Ingress" && group === "networking.k8s.io";

/** The value of an annotation of the controller, by its suffix; empty where there is none. */
export const annotation = ({ data }: IngressData, suffix: string): string =>
  textAt(data, ["metadata", "annotations", albAnnotationPrefix + suffix]);

export const annotationsOf = ({ data }: PlacedObject): Readonly<Record<string, string>> => {
  const metadata = data.metadata as JsonObject | undefined; // every object of Kubernetes has it as a map
  const all = Object.entries((metadata?.annotations ?? {}) as JsonObject); // a map, where it is there
  return Object.fromEntries(
    all.flatMap(([key, value]) =>
      key.startsWith(albAnnotationPrefix) && typeof value === "string"
        ? [[key.slice(albAnnotationPrefix.length), value]]
        : [],
    ),
  );
};

export const listAnnotation = (object: PlacedObject, suffix: string): readonly string[] =>
  splitList(annotation(object, suffix));

/** The controller's default is `internal`. */
export const schemeOf = (object: IngressData): string => annotation(object, "scheme") || "internal";

/** The annotation of before 1.18 beats the field. */
const classOf = ({ data }: IngressData): string =>
  textAt(data, ["metadata", "annotations", "kubernetes.io/ingress.class"]) ||
  textAt(data, ["spec", "ingressClassName"]);

/** A finding for each kept Ingress of which `tell` has something to say. */
export const forKeptIngresses =
  (describe: (pair: IngressPair) => string | undefined) =>
  (diff: OutputDiff): readonly ConsequenceFinding[] =>
    keptIngresses(diff).flatMap((pair) => {
      const message = describe(pair);
      return message === undefined ? [] : [{ object: pair.after, message }];
    });

/** The same where the load balancer lives on: another one is made anew, with all of it. */
export const forKeptLoadBalancers = (describe: (pair: IngressPair) => string | undefined) =>
  forKeptIngresses((pair) => (tryDescribeReplacement(pair) === undefined ? describe(pair) : undefined));

/** Why another load balancer takes the place of the one that is there; undefined if it stays. */
export function tryDescribeReplacement({
  before,
  after,
}: Readonly<Record<"before" | "after", IngressData>>): string | undefined {
  const [scheme, newScheme] = [schemeOf(before), schemeOf(after)];
  if (scheme !== newScheme) {
    return `Scheme ${code(scheme)} -> ${code(newScheme)}: the controller deletes the load balancer, even a protected one, and then creates another with another DNS name. Nothing is served in between.`;
  }
  const [cls, newClass] = [classOf(before), classOf(after)];
  if (cls !== newClass) {
    return `Class ${code(cls)} -> ${code(newClass)}: the controller of the old class deletes the load balancer, and that of the new one creates another with another DNS name. It stays only where one controller serves both classes.`;
  }
  const [group, newGroup] = [annotation(before, "group.name"), annotation(after, "group.name")];
  if (group === newGroup) return undefined;
  return `Group ${code(group || undefined)} -> ${code(newGroup || undefined)}: another group is another load balancer with another DNS name.`;
}
