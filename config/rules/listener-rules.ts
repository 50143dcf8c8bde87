// What a door listens on, and what each way of listening needs or cannot have.
import type { IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { perIngress } from "./per-ingress.ts";

/** What the load balancer does at its HTTPS listener alone, by the annotations that ask for it. */
const needingHttps: readonly string[] = ["auth-type", "jwt-validation", "mutual-authentication"];

function listenerFindings(ingress: IngressConfig): Finding[] {
  return [
    ...(ingress.listeners === "http" ? httpFindings(ingress) : httpsFindings(ingress)),
    ...deadListeners(ingress),
  ];
}

function httpsFindings({ key, certificates, listeners }: IngressConfig): Finding[] {
  if (certificates.length > 0) return [];
  return [
    {
      path: [],
      message: `expected a certificate for the HTTPS listener of the ingress ${key} (listeners: ${listeners}), found none`,
      suggestion:
        "Add `certificate: { domain: … }` or `{ arn: … }`. `listeners: http` needs none, and encrypts nothing.",
    },
  ];
}

function httpFindings({ annotations, certificates, sslPolicy }: IngressConfig): Finding[] {
  const useless = [certificates.length > 0 && "certificate", sslPolicy !== undefined && "sslPolicy"].filter(
    (key) => typeof key === "string",
  );
  const dead = needingHttps.filter(
    (suffix) => annotations[suffix] !== undefined && annotations[suffix] !== "none",
  );
  return [
    ...useless.map((key) => ({
      path: [key],
      message: `expected no ${key} beside listeners http, found one: there is no HTTPS listener that would have it`,
      suggestion: `Remove ${key}, or listen on 443: \`listeners: redirect\` or \`https\`.`,
    })),
    ...dead.map((suffix) => ({
      path: ["annotations", suffix],
      message: `expected no ${suffix} beside listeners http, found one: a load balancer asks who a client is at an HTTPS listener only, and everybody would come in`,
      suggestion: "Listen on 443: `listeners: redirect` or `https`, with a certificate.",
    })),
  ];
}

/** An attribute of a listener that the door has not. */
const deadListeners = ({ annotations, listeners }: IngressConfig): Finding[] =>
  Object.keys(annotations)
    .filter(
      (suffix) =>
        (suffix === "listener-attributes.HTTPS-443" && listeners === "http") ||
        (suffix === "listener-attributes.HTTP-80" && listeners === "https"),
    )
    .map((suffix) => ({
      path: ["annotations", suffix],
      message: `expected attributes of a listener that there is (listeners: ${listeners}), found ${suffix}`,
      suggestion: "Remove the annotation, or change `listeners`.",
    }));

const unencryptedFindings = ({ listeners, scheme }: IngressConfig): Finding[] =>
  listeners !== "http" || scheme === "internal"
    ? []
    : [
        {
          path: ["listeners"],
          message:
            "expected an HTTPS listener on an internet-facing load balancer, found listeners http: whatever goes through can be read and changed on the way",
          suggestion:
            "Use redirect, with a certificate. Behind a CDN that speaks HTTP to its origin, accept the warning (accept) and let in the CDN alone (prefixLists).",
        },
      ];

export const listenerRules: readonly ConfigRule[] = [
  { code: "alb/listeners", severity: "error", check: perIngress(listenerFindings) },
  { code: "alb/http-only", severity: "warning", check: perIngress(unencryptedFindings) },
];
