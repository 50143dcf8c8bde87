// Who gets in: log-ins at the load balancer, and consoles that have none of their own.
import type { Config, IngressConfig } from "../config.ts";
import { annotationsOfDoor, isClosed } from "../door-access.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { perIngress } from "./per-ingress.ts";

const identityProviders: ReadonlyMap<string, string> = new Map([
  ["cognito", "auth-idp-cognito"],
  ["oidc", "auth-idp-oidc"],
]);

/** Annotations that mean nothing to the controller without `auth-type`. */
const aboutLogins: readonly string[] = [
  "auth-idp-cognito",
  "auth-idp-oidc",
  "auth-on-unauthenticated-request",
  "auth-scope",
  "auth-session-cookie",
  "auth-session-timeout",
];

function authenticationFindings({ annotations }: IngressConfig): Finding[] {
  const type = annotations["auth-type"];
  if (type !== undefined && type !== "none" && annotations["jwt-validation"] !== undefined)
    return [
      {
        path: ["annotations", "auth-type"],
        message: `expected auth-type or jwt-validation, found both: the controller fails the whole Ingress`,
        suggestion:
          "Keep one of the two. People and machines need a door each; on a gateway of its own (gateways) it may have the same host.",
      },
    ];
  if (type === undefined) {
    return aboutLogins
      .filter((suffix) => annotations[suffix] !== undefined)
      .map((suffix) => ({
        path: ["annotations", suffix],
        message: `expected auth-type beside ${suffix}, found none: the load balancer would ask nobody to log in`,
        suggestion: "Set auth-type to cognito, oidc or none.",
      }));
  }
  const needed = identityProviders.get(type);
  if (needed === undefined || annotations[needed] !== undefined) return [];
  return [
    {
      path: ["annotations", "auth-type"],
      message: `expected ${needed} beside auth-type ${type}, found none: the controller would fail the whole Ingress`,
      suggestion: `Describe the identity provider in ${needed}.`,
    },
  ];
}

/** Services of the consoles in Istio's samples/addons, as those manifests name them. None of them asks for a log-in. */
export const consoles: readonly string[] = ["grafana", "kiali", "prometheus", "tracing", "zipkin"];

function openConsoleFindings({ routes, ingresses }: Config): Finding[] {
  const doors = new Map(ingresses.map((ingress) => [ingress.key, ingress]));
  return routes.flatMap(({ service, ingress: key }, index) => {
    const door = doors.get(key);
    if (!consoles.includes(service.name) || door === undefined) return [];
    const closed = isClosed(annotationsOfDoor(door));
    if (closed === true) return [];
    const who =
      closed === false
        ? "which the world can reach"
        : "of which security groups of your own decide who can reach it";
    return [
      {
        path: ["routes", index, "ingress"],
        message: `expected a closed ingress in front of the console ${service.name}, which has no log-in as Istio's samples install it, found ${key}, ${who}`,
        suggestion:
          "Close it: scheme internal, inboundCidrs that are not the whole internet, or auth-type among its annotations. Or route the console through another ingress.",
      },
    ];
  });
}

export const accessRules: readonly ConfigRule[] = [
  { code: "alb/authentication", severity: "error", check: perIngress(authenticationFindings) },
  { code: "alb/open-console", severity: "warning", check: openConsoleFindings },
];
