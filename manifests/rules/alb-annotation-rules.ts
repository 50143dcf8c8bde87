// What the AWS Load Balancer Controller reads on an Ingress. Its own webhook lets all of this through (run with v3.5.0).
import {
  albAnnotationPrefix,
  statedAnnotations,
  validateEmittedAnnotation,
} from "../../config/alb-annotations.ts";
import type { IngressConfig } from "../../config/config.ts";
import { httpsPort } from "../../config/gateway-release.ts";
import { show } from "../../core/format-value.ts";
import { isJsonObject, valueAt } from "../../core/json.ts";
import { mapsAt } from "../object-fields.ts";
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

/** What an HTTPS listener has, and a door without one has not. */
const ofHttps: readonly string[] = ["certificate-arn", "ssl-policy"];

const listensOnHttps = (object: RenderedObject): boolean =>
  httpsPorts(annotationOf(object, "listen-ports") ?? "").length > 0;

const missingFindings = (object: RenderedObject): ObjectFinding[] =>
  statedAnnotations
    .filter(({ suffix }) => annotationOf(object, suffix) === undefined)
    .filter(
      ({ suffix }) =>
        !ofHttps.includes(suffix) ||
        listensOnHttps(object) ||
        annotationOf(object, "listen-ports") === undefined,
    )
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

/** The gateway speaks plain HTTP on its port 80 and TLS on 443; its status port speaks plain HTTP always. */
function protocolFindings(object: RenderedObject): ObjectFinding[] {
  const ports = backendPortsOf(object);
  const [found, expected, where] =
    annotationOf(object, "backend-protocol") === "HTTPS"
      ? (["HTTPS", "HTTP", ports.find((port) => port !== httpsPort)] as const)
      : (["HTTP", "HTTPS", ports.find((port) => port === httpsPort)] as const);
  const finding = (suffix: string, message: string, suggestion: string): ObjectFinding => ({
    object,
    path: annotationPath(suffix),
    message,
    suggestion,
  });
  return [
    ...(where === undefined
      ? []
      : [
          finding(
            "backend-protocol",
            `expected backend-protocol ${expected} for port ${where} of the gateway's Service, found ${found}: every target would be unhealthy`,
            "HTTP belongs to port 80, HTTPS to port 443 (backendTls).",
          ),
        ]),
    ...(annotationOf(object, "healthcheck-protocol") === "HTTPS"
      ? [
          finding(
            "healthcheck-protocol",
            "expected healthcheck-protocol HTTP, found HTTPS: the gateway's status port 15021 speaks plain HTTP, and every target would be unhealthy",
            "Write HTTP.",
          ),
        ]
      : []),
  ];
}

/** Numbers of the ports that its paths lead to. */
const backendPortsOf = ({ data }: RenderedObject): readonly number[] =>
  mapsAt(data, ["spec", "rules"])
    .flatMap((rule) => mapsAt(rule, ["http", "paths"]))
    .map((path) => valueAt(path, ["backend", "service", "port", "number"]))
    .filter((port) => typeof port === "number");

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
const classFindings = (scope: ObjectScope): ObjectFinding[] => {
  const classes = [...new Set(scope.configs.flatMap(({ ingresses }) => ingresses.map(classNameOf)))];
  return scope.ofKind("Ingress").flatMap((object): ObjectFinding[] => {
    const annotation = ["metadata", "annotations", "kubernetes.io/ingress.class"];
    const old = valueAt(object.data, annotation);
    if (old !== undefined) {
      const message = `expected spec.ingressClassName alone, found the annotation kubernetes.io/ingress.class: ${show(old)}, with which the controller ignores the class's parameters`;
      return [{ object, path: annotation, message, suggestion: "Remove the annotation." }];
    }
    const path = ["spec", "ingressClassName"];
    const name = valueAt(object.data, path);
    if (typeof name === "string" && classes.includes(name)) return [];
    const expected = classes.join(" or ");
    const message = `expected ingressClassName ${expected}, found ${show(name)}: another controller or none would take the Ingress`;
    return [{ object, path, message, suggestion: `Set spec.ingressClassName to ${expected}.` }];
  });
};

const classNameOf = ({ ingressClassName }: IngressConfig): string => ingressClassName;

export const albAnnotationRules: readonly ObjectRule[] = [
  { code: "alb/ingress-annotation", severity: "error", check: perIngressObject(valueFindings) },
  { code: "alb/annotation-missing", severity: "error", check: perIngressObject(missingFindings) },
  { code: "alb/health-check-interval", severity: "error", check: perIngressObject(intervalFindings) },
  { code: "alb/plain-protocol", severity: "error", check: perIngressObject(protocolFindings) },
  { code: "alb/ssl-redirect", severity: "error", check: perIngressObject(redirectFindings) },
  { code: "alb/ingress-class", severity: "error", check: classFindings },
];
