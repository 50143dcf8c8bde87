import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const istiod = /applications\/istiod/;
const door = /applications\/ingress-services/;
const root = /argocd\/demo/;

/** With another option in the first place. */
const option = (path: RegExp, text: string) =>
  replaced(path, "    syncOptions:\n", `    syncOptions:\n      - ${text}\n`);
const ofRoot = (text: string) =>
  replaced(root, "    automated:", `    syncOptions:\n      - ${text}\n    automated:`);
const ofIngress = (text: string) =>
  replaced(
    /ingress-services\/ingress/,
    "annotations:",
    `annotations:\n    argocd.argoproj.io/sync-options: ${text}`,
  );

export const syncOptionCases: readonly ObjectRuleCase[] = [
  {
    code: "argocd/unknown-sync-option",
    title: "knows the options of Applications",
    fails: [replaced(istiod, "CreateNamespace=true", "CreateNamespaces=true")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/unknown-sync-option: Application demo-istiod: expected a sync option that Argo CD knows, found "CreateNamespaces=true", which it would ignore silently
        Did you mean CreateNamespace=true?
    `,
    passes: [option(istiod, "PruneLast=true")],
  },
  {
    code: "argocd/unknown-sync-option",
    title: "knows the options of single objects, which are fewer",
    fails: [ofIngress("PruneLast=true, CreateNamespace=true")],
    problems: `
      dist/demo/ingress-services/ingress.yaml error argocd/unknown-sync-option: Ingress ingress-services: expected a sync option that Argo CD knows, found "CreateNamespace=true", which it would ignore silently
    `,
    passes: [ofIngress("PruneLast=true, ServerSideApply=true")],
  },
  {
    code: "argocd/pruning-off",
    title: "wants what leaves Git to leave the cluster",
    fails: [option(istiod, "Prune=false"), ofIngress("Prune=confirm")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/pruning-off: Application demo-istiod: expected no option Prune=false, found it: what leaves Git would stay, its Application would be OutOfSync until a person acts, and the waves wait for Synced
      dist/demo/ingress-services/ingress.yaml error argocd/pruning-off: Ingress ingress-services: expected no option Prune=confirm, found it: what leaves Git would stay, its Application would be OutOfSync until a person acts, and the waves wait for Synced
    `,
    passes: [option(istiod, "Delete=false")],
  },
  {
    code: "argocd/pruning-off",
    title: "wants automated prune",
    fails: [replaced(istiod, "      prune: true\n", "")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/pruning-off: Application demo-istiod: expected automated.prune: true, found nothing: what leaves Git would stay, its Application would be OutOfSync until a person acts, and the waves wait for Synced
    `,
  },
  {
    code: "argocd/root-sync-option",
    title: "keeps server-side apply off the root",
    fails: [ofRoot("ServerSideApply=true")],
    problems: `
      argocd/demo.yaml error argocd/root-sync-option: Application demo-root: expected no ServerSideApply=true on a root, found it: applying a child would strip the status of an operation that is running there (argo-cd#29253)
    `,
    passes: [ofRoot("FailOnSharedResource=true")],
  },
  {
    code: "argocd/root-sync-option",
    title: "keeps partial applies off the root, not off children",
    fails: [ofRoot("ApplyOutOfSyncOnly=true")],
    problems: `
      argocd/demo.yaml error argocd/root-sync-option: Application demo-root: expected no ApplyOutOfSyncOnly=true on a root, found it: the waves would not wait for children that are unchanged
    `,
    passes: [option(istiod, "ApplyOutOfSyncOnly=true")],
  },
  {
    code: "argocd/differences-not-respected",
    title: "wants ignored fields to stay through a sync",
    fails: [replaced(door, "      - RespectIgnoreDifferences=true\n", "")],
    problems: `
      dist/demo/applications/ingress-services.yaml error argocd/differences-not-respected: Application demo-ingress-services: expected RespectIgnoreDifferences=true beside ignoreDifferences, found none: each sync would write the ignored fields back
    `,
  },
  {
    code: "argocd/nothing-ignored",
    title: "warns of an option that has nothing to do",
    fails: [option(istiod, "RespectIgnoreDifferences=true")],
    problems: `
      dist/demo/applications/istiod.yaml warning argocd/nothing-ignored: Application demo-istiod: expected ignoreDifferences beside RespectIgnoreDifferences=true, found none: the option has nothing to respect
    `,
  },
];
