// EKS Auto Mode: its controller is not the one that people install, and takes no load balancer over from it.
// Facts: AWS, EKS user guide, Auto Mode: IngressClass and annotations; read 2026-11-30, not run on AWS.
import type { Config, IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { autoModeClass, selfManagedClass } from "../normalise.ts";
import { perIngress } from "./per-ingress.ts";

/** A class cannot change its controller (Kubernetes: `spec.controller` is immutable). */
function classFindings({ ingressClassName }: IngressConfig, { cluster }: Config): Finding[] {
  const isAutoMode = cluster.loadBalancerController === "eks-auto-mode";
  const [taken, owner] = isAutoMode
    ? [selfManagedClass, "an installation of the AWS Load Balancer Controller makes"]
    : [autoModeClass, "meshfront writes for EKS Auto Mode"];
  if (ingressClassName !== taken) return [];
  return [
    {
      path: ["ingressClassName"],
      message: `expected a class of ${cluster.loadBalancerController}, found ${taken}, which ${owner}: a class has one controller, and cannot change it`,
      suggestion: isAutoMode
        ? "Remove the line, or choose a name that no other controller has."
        : "Remove the line, or set cluster.loadBalancerController.",
    },
  ];
}

/** What an annotation leads to there. */
const onAutoMode: Readonly<Record<string, string>> = {
  "auth-idp-oidc":
    "its controller reads the Secret only where somebody gave it the right to (a Role of your own)",
  "customer-owned-ipv4-pool": lateThere(),
  "enable-frontend-nlb": lateThere(),
  "jwt-validation": lateThere(),
  "multi-cluster-target-group": lateThere(),
  "mutual-authentication": lateThere(),
  "shield-advanced-protection": lateThere(),
};

function lateThere(): string {
  return "new annotations arrive late there, and one that its version does not know is ignored, silently";
}

const annotationFindings = ({ annotations }: IngressConfig, { cluster }: Config): Finding[] =>
  cluster.loadBalancerController !== "eks-auto-mode"
    ? []
    : Object.keys(annotations)
        .filter((suffix) => Object.hasOwn(onAutoMode, suffix))
        .map((suffix) => ({
          path: ["annotations", suffix],
          message: `${suffix} on EKS Auto Mode: ${onAutoMode[suffix]}`,
          suggestion: "Look at the load balancer after the first roll-out, and accept this (accept).",
        }));

export const autoModeRules: readonly ConfigRule[] = [
  { code: "alb/class-controller", severity: "error", check: perIngress(classFindings) },
  { code: "alb/auto-mode-annotation", severity: "warning", check: perIngress(annotationFindings) },
];
