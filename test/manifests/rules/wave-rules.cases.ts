import { replaced } from "../../charts/spoil.ts";
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
    fails: [replaced(istiod, 'wave: "1"', 'wave: "1.5"')],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/wave-not-integer: Application demo-istiod: expected a whole number in quotes, found "1.5": Argo CD would take it for wave 0 silently
      dist/demo/applications/istiod.yaml error argocd/wave-order: Application demo-istiod: expected a wave above 0, that of Istio's base chart (demo-istio-base), found 0
    `,
    passes: [replaced(istiod, 'wave: "1"', 'wave: "+1"')],
  },
  {
    code: "argocd/wave-order",
    title: "wants what is needed first in an earlier wave",
    fails: [
      replaced(/applications\/project/, '"-1"', '"0"'),
      replaced(istiod, 'wave: "1"', 'wave: "2"'),
      replaced(/applications\/recheck/, 'wave: "4"', 'wave: "3"'),
    ],
    problems: `
      dist/demo/applications/istio-base.yaml error argocd/wave-order: Application demo-istio-base: expected a wave above 0, that of the AppProject (demo), found 0
      dist/demo/applications/istio-ingress.yaml error argocd/wave-order: Application demo-istio-ingress: expected a wave above 2, that of the istiod chart (demo-istiod), found 2
      dist/demo/applications/recheck.yaml error argocd/wave-order: Application demo-recheck: expected a wave above 3, that of the Gateway (demo-gateway), found 3
    `,
    passes: [replaced(/applications\/recheck/, 'wave: "4"', 'wave: "5"')],
  },
  {
    code: "argocd/wave-order",
    title: "counts an Application without a wave as 0",
    fails: [replaced(istiod, / {2}annotations:\n.*\n/, "")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/wave-order: Application demo-istiod: expected a wave above 0, that of Istio's base chart (demo-istio-base), found 0
    `,
  },
];
