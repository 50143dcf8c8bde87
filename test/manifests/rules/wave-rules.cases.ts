import { istioCharts } from "../../../config/applications.ts";
import { moved, replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const istiod = /applications\/istiod/;

export const waveCases: readonly ObjectRuleCase[] = [
  {
    code: "argocd/wave-not-integer",
    title: "wants the number in quotes",
    fails: [replaced(/applications\/istio-base/, 'wave: "0"', "wave: 0")],
    problems: `
      dist/demo/applications/istio-base.yaml error argocd/wave-not-integer: Application demo-istio-base: expected a whole number in quotes, found 0: the API server refuses annotations that are no text
    `,
  },
  {
    code: "argocd/wave-not-integer",
    title: "wants a whole number, because anything else counts as 0",
    fails: [replaced(istiod, 'wave: "10"', 'wave: "10.5"')],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/wave-not-integer: Application demo-istiod: expected a whole number in quotes, found "10.5": Argo CD would take it for wave 0 silently
      dist/demo/applications/istiod.yaml error argocd/wave-order: Application demo-istiod: expected a wave above 0, that of Istio's base chart (demo-istio-base), found 0
    `,
    passes: [replaced(istiod, 'wave: "10"', 'wave: "+10"')],
  },
  {
    code: "argocd/wave-order",
    title: "wants what is needed first in an earlier wave",
    fails: [
      replaced(/applications\/project/, '"-10"', '"0"'),
      replaced(istiod, 'wave: "10"', 'wave: "20"'),
      replaced(/applications\/recheck/, 'wave: "40"', 'wave: "30"'),
    ],
    problems: `
      dist/demo/applications/istio-base.yaml error argocd/wave-order: Application demo-istio-base: expected a wave above 0, that of the AppProject (demo), found 0
      dist/demo/applications/istio-ingress.yaml error argocd/wave-order: Application demo-istio-ingress: expected a wave above 20, that of the istiod chart (demo-istiod), found 20
      dist/demo/applications/recheck.yaml error argocd/wave-order: Application demo-recheck: expected a wave above 30, that of the Gateway and its routes (demo-gateway), found 30
    `,
    passes: [replaced(/applications\/recheck/, 'wave: "40"', 'wave: "35"')],
  },
  {
    code: "argocd/wave-order",
    title: "counts an Application without a wave as 0",
    fails: [replaced(istiod, / {2}annotations:\n.*\n/, "")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/wave-order: Application demo-istiod: expected a wave above 0, that of Istio's base chart (demo-istio-base), found 0
    `,
  },
  {
    code: "argocd/wave-after-doors",
    title: "wants nothing to wait for a front door",
    fails: [replaced(/applications\/recheck/, 'wave: "40"', 'wave: "50"')],
    problems: `
      dist/demo/applications/recheck.yaml error argocd/wave-after-doors: Application demo-recheck: expected a wave not above 40, that of the front door demo-ingress-services, found 50: it would wait for ever for a door that the controller refuses
    `,
  },
  {
    code: "argocd/unknown-application",
    title: "wants every chart in the table of Applications",
    fails: [replaced(istiod, "chart: istiod", "chart: kiali-server")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/unknown-application: Application demo-istiod: expected one of the charts ${istioCharts.join(", ")}, found "kiali-server": neither its wave nor the kinds it creates are known
    `,
  },
  {
    code: "argocd/unknown-application",
    title: "wants the kinds of one Application in a folder",
    fails: [moved("dist/demo/gateway/gateway.yaml", "dist/demo/recheck/gateway.yaml")],
    problems: `
      dist/demo/applications/recheck.yaml error argocd/unknown-application: Application demo-recheck: expected a folder with the kinds of one Application, found networking.istio.io/Gateway, ServiceAccount, rbac.authorization.k8s.io/Role, rbac.authorization.k8s.io/RoleBinding, ConfigMap, batch/CronJob in dist/demo/recheck/: neither its wave nor what it waits for is known
    `,
  },
];
