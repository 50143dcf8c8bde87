import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const istiod = /applications\/istiod/;
const root = /argocd\/demo/;

export const applicationCases: readonly ObjectRuleCase[] = [
  {
    code: "argocd/no-finalizer",
    title: "wants the finalizer on children",
    fails: [replaced(istiod, / {2}finalizers:\n.*\n/, "")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/no-finalizer: Application demo-istiod: expected the finalizer resources-finalizer.argocd.argoproj.io, found none: deleting the Application would leave everything it created
    `,
    passes: [replaced(istiod, "finalizer.argocd.argoproj.io", "finalizer.argocd.argoproj.io/background")],
  },
  {
    code: "argocd/no-finalizer",
    title: "wants the finalizer on the root",
    fails: [replaced(root, "resources-finalizer", "resource-finalizer")],
    problems: `
      argocd/demo.yaml error argocd/no-finalizer: Application demo-root: expected the finalizer resources-finalizer.argocd.argoproj.io, found none: deleting the Application would leave everything it created
    `,
  },
  {
    code: "argocd/not-automated",
    title: "wants every Application to sync by itself",
    fails: [replaced(istiod, / {4}automated:\n.*\n.*\n/, "")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/not-automated: Application demo-istiod: expected automated sync, found none: the Application would never become Synced by itself, and the waves wait for that
    `,
    passes: [replaced(istiod, "automated:\n", "automated:\n      enabled: true\n")],
  },
  {
    code: "argocd/not-automated",
    title: "does not take for on what is switched off",
    fails: [replaced(istiod, "automated:\n", "automated:\n      enabled: false\n")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/not-automated: Application demo-istiod: expected automated sync, found it switched off: the Application would never become Synced by itself, and the waves wait for that
    `,
  },
  {
    code: "argocd/not-automated",
    title: "wants self-heal",
    fails: [replaced(istiod, "      selfHeal: true\n", "")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/not-automated: Application demo-istiod: expected selfHeal: true, found nothing: what somebody changes in the cluster would stay OutOfSync, and the waves wait for Synced
    `,
  },
  {
    code: "argocd/child-retries-forever",
    title: "lets a child give up",
    fails: [replaced(istiod, "limit: 5", "limit: -1")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/child-retries-forever: Application demo-istiod: expected a small retry.limit, found -1 (without end): a running operation keeps its old values, and the root waits until it has given up
    `,
    passes: [replaced(istiod, "limit: 5", "limit: 3")],
  },
  {
    code: "argocd/root-gives-up",
    title: "lets no root give up",
    fails: [replaced(root, "limit: -1", "limit: 10")],
    problems: `
      argocd/demo.yaml error argocd/root-gives-up: Application demo-root: expected retry.limit: -1 (without end), found 10: after the last retry the root waits for a new commit, or for somebody to sync it by hand
    `,
  },
  {
    code: "argocd/root-gives-up",
    title: "knows that there is a limit where none is written",
    fails: [replaced(root, "      limit: -1\n", "")],
    problems: `
      argocd/demo.yaml error argocd/root-gives-up: Application demo-root: expected retry.limit: -1 (without end), found nothing: after the last retry the root waits for a new commit, or for somebody to sync it by hand
    `,
  },
  {
    code: "argocd/retry-without-refresh",
    title: "wants retries to take the newest commit",
    fails: [replaced(istiod, "refresh: true", "refresh: false"), replaced(root, "      refresh: true\n", "")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/retry-without-refresh: Application demo-istiod: expected retry.refresh: true, found false: retries would stay at the old commit, and newer ones wait behind them
      argocd/demo.yaml error argocd/retry-without-refresh: Application demo-root: expected retry.refresh: true, found nothing: retries would stay at the old commit, and newer ones wait behind them
    `,
  },
  {
    code: "argocd/never-synced",
    title: "refuses the empty maps and lists that were seen to stay OutOfSync",
    fails: [
      replaced(istiod, /finalizers:\n.*\n/, "finalizers: []\n"),
      replaced(istiod, / {4}syncOptions:\n.*\n/, "    syncOptions: []\n"),
      replaced(/applications\/gateway/, "path:", "directory: {}\n    helm: {}\n    path:"),
    ],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/no-finalizer: Application demo-istiod: expected the finalizer resources-finalizer.argocd.argoproj.io, found none: deleting the Application would leave everything it created
      dist/demo/applications/istiod.yaml error argocd/never-synced: Application demo-istiod: expected no field metadata.finalizers, found []: the Application would be OutOfSync for ever
      dist/demo/applications/istiod.yaml error argocd/never-synced: Application demo-istiod: expected no field spec.syncPolicy.syncOptions, found []: the Application would be OutOfSync for ever
      dist/demo/applications/gateway.yaml error argocd/never-synced: Application demo-gateway: expected no field spec.source.directory, found {}: the Application would be OutOfSync for ever
      dist/demo/applications/gateway.yaml error argocd/never-synced: Application demo-gateway: expected no field spec.source.helm, found {}: the Application would be OutOfSync for ever
    `,
    passes: [replaced(istiod, "destination:", "ignoreDifferences: []\n  destination:")],
  },
  {
    code: "argocd/never-synced",
    title: "refuses recurse: false, an empty syncPolicy and a refresh that is in Git",
    fails: [
      replaced(/applications\/gateway/, "path:", "directory: { recurse: false }\n    path:"),
      replaced(istiod, / {2}syncPolicy:\n[\s\S]*/, "  syncPolicy: {}\n"),
      replaced(
        /applications\/recheck/,
        "annotations:",
        "annotations:\n    argocd.argoproj.io/refresh: normal",
      ),
    ],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/not-automated: Application demo-istiod: expected automated sync, found none: the Application would never become Synced by itself, and the waves wait for that
      dist/demo/applications/istiod.yaml error argocd/retry-without-refresh: Application demo-istiod: expected retry.refresh: true, found nothing: retries would stay at the old commit, and newer ones wait behind them
      dist/demo/applications/istiod.yaml error argocd/never-synced: Application demo-istiod: expected no field spec.syncPolicy, found {}: the Application would be OutOfSync for ever
      dist/demo/applications/gateway.yaml error argocd/never-synced: Application demo-gateway: expected no field spec.source.directory, found { recurse: false }: the Application would be OutOfSync for ever
      dist/demo/applications/recheck.yaml error argocd/never-synced: Application demo-recheck: expected no annotation argocd.argoproj.io/refresh, found one: Argo CD takes it off as soon as it has read it; the Application would be OutOfSync for ever
    `,
    passes: [replaced(/applications\/gateway/, "path:", "directory: { recurse: true }\n    path:")],
  },
];
