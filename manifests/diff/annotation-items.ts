// Annotations whose value is a list or a map in one string: a reviewer wants to see the subnet that came, not the line.
import { isJsonArray, isJsonObject } from "../../core/json.ts";
import { alignLists } from "./align-lists.ts";
import { canonical } from "./canonical.ts";
import type { ItemChanges } from "./output-diff.ts";

type Syntax = "list" | "pairs" | "json";

/** By annotation. Syntax of the controller's: pkg/annotations/parser.go, AWS Load Balancer Controller v3.5.0. */
const syntaxes: Readonly<Record<string, Syntax>> = {
  "alb.ingress.kubernetes.io/certificate-arn": "list",
  "alb.ingress.kubernetes.io/inbound-cidrs": "list",
  "alb.ingress.kubernetes.io/security-groups": "list",
  "alb.ingress.kubernetes.io/security-group-prefix-lists": "list",
  "alb.ingress.kubernetes.io/subnets": "list",
  "alb.ingress.kubernetes.io/load-balancer-attributes": "pairs",
  "alb.ingress.kubernetes.io/minimum-load-balancer-capacity": "pairs",
  "alb.ingress.kubernetes.io/tags": "pairs",
  "alb.ingress.kubernetes.io/target-group-attributes": "pairs",
  "alb.ingress.kubernetes.io/target-node-labels": "pairs",
  "alb.ingress.kubernetes.io/auth-idp-cognito": "json",
  "alb.ingress.kubernetes.io/auth-idp-oidc": "json",
  "alb.ingress.kubernetes.io/jwt-validation": "json",
  "alb.ingress.kubernetes.io/listen-ports": "json",
  "alb.ingress.kubernetes.io/mutual-authentication": "json",
  "proxy.istio.io/config": "json",
  "argocd.argoproj.io/sync-options": "list",
};

/** The items of an annotation's value, each as one text; undefined where it is no list, or not a readable one. */
export function tryFindItems(annotation: string, value: string): readonly string[] | undefined {
  if (annotation.startsWith("alb.ingress.kubernetes.io/listener-attributes.")) return splitPairs(value);
  switch (Object.hasOwn(syntaxes, annotation) ? syntaxes[annotation] : undefined) {
    case "list":
      return splitList(value);
    case "pairs":
      return splitPairs(value);
    case "json":
      return tryReadJson(value);
    default:
      return undefined;
  }
}

/** What went and what came; undefined where one of the values has no items. */
export function tryCompareItems(annotation: string, before: string, after: string): ItemChanges | undefined {
  const left = tryFindItems(annotation, before);
  const right = tryFindItems(annotation, after);
  if (left === undefined || right === undefined) return undefined;
  const gaps = alignLists(left, right);
  return {
    removed: gaps.flatMap((gap) => gap.before.map((index) => left[index] ?? "")),
    added: gaps.flatMap((gap) => gap.after.map((index) => right[index] ?? "")),
  };
}

/** As the controller reads a list: blanks around items and empty items do not count. */
export const splitList = (value: string): readonly string[] =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** `\,` is a comma inside of a value. */
const splitPairs = (value: string): readonly string[] =>
  value.split(/(?<!\\),/).filter((item) => item !== "");

function tryReadJson(value: string): readonly string[] | undefined {
  let data: unknown;
  try {
    data = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (isJsonArray(data)) return data.map(canonical);
  if (!isJsonObject(data)) return undefined;
  return Object.entries(data).map(([key, item]) => `${key}: ${canonical(item)}`);
}
