// What the AWS Load Balancer Controller reads on an Ingress. Its own webhook lets all of this through (run with v3.5.0).
import {
  albAnnotationPrefix,
  statedAnnotations,
  validateEmittedAnnotation,
} from "../../config/alb-annotations.ts";
import { show } from "../../core/format-value.ts";
import { isJsonObject, valueAt } from "../../core/json.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./object-rule.ts";

export const annotationPath = (suffix: string) => [
  "metadata",
  "annotations",
  `${albAnnotationPrefix}${suffix}`,
];

/** The value of an annotation of the controller; undefined where it is absent. */
export const annotationOf = ({ data }: RenderedObject, suffix: string): string | undefined => {
  const value = valueAt(data, annotationPath(suffix));
  return typeof value === "string" ? value : undefined;
};

/** Lifts a check of one Ingress to the scope. */
export const perIngressObject =
  (check: (object: RenderedObject) => readonly ObjectFinding[]) =>
  (scope: ObjectScope): readonly ObjectFinding[] =>
    scope.ofKind("Ingress").flatMap(check);

function valueFindings(object: RenderedObject): ObjectFinding[] {
  const annotations = valueAt(object.data, ["metadata", "annotations"]);
  if (!isJsonObject(annotations)) return [];
  return Object.entries(annotations).flatMap(([key, value]) => {
    if (!key.startsWith(albAnnotationPrefix) || typeof value !== "string") return [];
    const judgement = validateEmittedAnnotation(key.slice(albAnnotationPrefix.length), value);
    return judgement === undefined ? [] : [{ object, path: ["metadata", "annotations", key], ...judgement }];
  });
}

const missingFindings = (object: RenderedObject): ObjectFinding[] =>
  statedAnnotations
    .filter(({ suffix }) => annotationOf(object, suffix) === undefined)
    .map(({ suffix, absent }) => ({
      object,
      path: annotationPath(suffix),
      message: `expected annotation ${suffix}, found none: the controller would take ${absent}`,
      suggestion: "State it, so that a review shows it.",
    }));

/** AWS refuses the target group otherwise; absent, the controller's defaults count. */
function intervalFindings(object: RenderedObject): ObjectFinding[] {
  const suffix = "healthcheck-interval-seconds";
  const interval = annotationOf(object, suffix) ?? "15";
  const timeout = annotationOf(object, "healthcheck-timeout-seconds") ?? "5";
  if (!(Number(interval) <= Number(timeout))) return []; // NaN is the business of the grammar
  return [
    {
      object,
      path: annotationPath(suffix),
      message: `expected an interval above the timeout of ${timeout} s, found ${interval} s: AWS refuses the target group`,
      suggestion: "Raise the interval or lower the timeout.",
    },
  ];
}

/** TLS ended at the load balancer; a health check without a protocol takes that of the backend. */
const protocolFindings = (object: RenderedObject): ObjectFinding[] =>
  ["backend-protocol", "healthcheck-protocol"]
    .filter((suffix) => annotationOf(object, suffix) === "HTTPS")
    .map((suffix) => ({
      object,
      path: annotationPath(suffix),
      message: `expected ${suffix} HTTP, found HTTPS: the gateway speaks plain HTTP on its ports 80 and 15021, and every target would be unhealthy`,
      suggestion: "Write HTTP: TLS ends at the load balancer.",
    }));

/** The port must be one that the load balancer listens on with TLS. */
function redirectFindings(object: RenderedObject): ObjectFinding[] {
  const port = annotationOf(object, "ssl-redirect");
  const listeners = annotationOf(object, "listen-ports") ?? "";
  if (port === undefined || httpsPorts(listeners).includes(Number(port))) return [];
  return [
    {
      object,
      path: annotationPath("ssl-redirect"),
      message: `expected an HTTPS port of listen-ports, found ${show(port)} beside ${show(listeners)}: the controller fails the whole Ingress`,
      suggestion: 'Listen on it: [{"HTTP":80},{"HTTPS":443}].',
    },
  ];
}

const httpsPorts = (listeners: string): readonly number[] =>
  [...listeners.matchAll(/"HTTPS":\s*(\d+)/g)].map(([, port]) => Number(port));

/** The class annotation beats `ingressClassName` and makes the controller ignore the class's parameters. */
function classFindings(object: RenderedObject): ObjectFinding[] {
  const annotation = ["metadata", "annotations", "kubernetes.io/ingress.class"];
  const old = valueAt(object.data, annotation);
  if (old !== undefined) {
    const message = `expected spec.ingressClassName alone, found the annotation kubernetes.io/ingress.class: ${show(old)}, with which the controller ignores the class's parameters`;
    return [{ object, path: annotation, message, suggestion: "Remove the annotation." }];
  }
  const path = ["spec", "ingressClassName"];
  const name = valueAt(object.data, path);
  if (name === "alb") return [];
  const message = `expected ingressClassName alb, found ${show(name)}: another controller or none would take the Ingress`;
  return [{ object, path, message, suggestion: "Set spec.ingressClassName to alb." }];
}

export const albAnnotationRules: readonly ObjectRule[] = [
  { code: "alb/ingress-annotation", severity: "error", check: perIngressObject(valueFindings) },
  { code: "alb/annotation-missing", severity: "error", check: perIngressObject(missingFindings) },
  { code: "alb/health-check-interval", severity: "error", check: perIngressObject(intervalFindings) },
  { code: "alb/plain-protocol", severity: "error", check: perIngressObject(protocolFindings) },
  { code: "alb/ssl-redirect", severity: "error", check: perIngressObject(redirectFindings) },
  { code: "alb/ingress-class", severity: "error", check: perIngressObject(classFindings) },
];
