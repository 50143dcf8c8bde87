import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const door = /applications\/ingress-services/;

export const ignoredFieldCases: readonly ObjectRuleCase[] = [
  {
    code: "argocd/pointer-not-escaped",
    title: "shows how a slash in a key is written",
    fails: [replaced(door, "io~1health", "io/health")],
    problems: `
      dist/demo/applications/ingress-services.yaml error argocd/pointer-not-escaped: Application demo-ingress-services: expected a slash in a key to be written ~1 (RFC 6901), found "/metadata/annotations/alb.ingress.kubernetes.io/healthcheck-port"
        Write /metadata/annotations/alb.ingress.kubernetes.io~1healthcheck-port.
    `,
  },
  {
    code: "argocd/ignores-nothing",
    title: "wants the field to be there",
    fails: [replaced(door, "healthcheck-port", "healthcheck-ports")],
    problems: `
      dist/demo/applications/ingress-services.yaml error argocd/ignores-nothing: Application demo-ingress-services: expected a field that the object in Git has, found "/metadata/annotations/alb.ingress.kubernetes.io~1healthcheck-ports": nothing is ignored by it
    `,
    passes: [replaced(door, /\/metadata.*/, "/spec/rules/0/host")],
  },
  {
    code: "argocd/ignores-nothing",
    title: "wants the field under the very name",
    fails: [replaced(/ingress-services\/ingress/, "healthcheck-port:", "healthcheck-ports:")],
    problems: `
      dist/demo/applications/ingress-services.yaml error argocd/ignores-nothing: Application demo-ingress-services: expected a field that the object in Git has, found "/metadata/annotations/alb.ingress.kubernetes.io~1healthcheck-port": nothing is ignored by it
    `,
  },
  {
    code: "argocd/ignores-nothing",
    title: "wants the object to be there, in the group that is named",
    fails: [replaced(door, "group: networking.k8s.io", "group: apps")],
    problems: `
      dist/demo/applications/ingress-services.yaml error argocd/ignores-nothing: Application demo-ingress-services: expected an object in dist/demo/ingress-services/ that this is about, found no apps/Ingress ingress-services
    `,
    passes: [replaced(door, "      name: ingress-services\n", "")],
  },
  {
    code: "argocd/ignores-nothing",
    title: "wants the object to have the name",
    fails: [replaced(door, "      name: ingress-services\n", "      name: other\n")],
    problems: `
      dist/demo/applications/ingress-services.yaml error argocd/ignores-nothing: Application demo-ingress-services: expected an object in dist/demo/ingress-services/ that this is about, found no networking.k8s.io/Ingress other
    `,
  },
];
