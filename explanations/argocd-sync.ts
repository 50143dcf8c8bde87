import { childFile, files, objectFile, rootFile } from "./example-objects.ts";
import type { Explanations } from "./explanation.ts";

const options = (...list: readonly string[]): string =>
  `spec: { syncPolicy: { syncOptions: [${list.join(", ")}] } }`;
const retry = (fields: string): string => `spec: { syncPolicy: { retry: { ${fields} } } }`;
const automated = (fields: string): string => `spec: { syncPolicy: { automated: { ${fields} } } }`;

const ingress = objectFile(
  "dist/demo/ingress-web/ingress.yaml",
  "networking.k8s.io/v1",
  "Ingress",
  "metadata:",
  "  name: web",
  "  annotations: { alb.ingress.kubernetes.io/healthcheck-port: status-port }",
);

const ignoring = (pointer: string, ...more: readonly string[]): string =>
  childFile(
    "ingress-web",
    "spec:",
    "  source: { path: dist/demo/ingress-web }",
    "  ignoreDifferences:",
    "    - group: networking.k8s.io",
    "      kind: Ingress",
    `      jsonPointers: [${pointer}]`,
    ...more,
  );

const port = "/metadata/annotations/alb.ingress.kubernetes.io~1healthcheck-port";

/** How Applications sync: by themselves, with retries, options and ignored differences. */
export const syncExplanations: Explanations = {
  "argocd/not-automated": {
    meaning: "An Application does not sync by itself, or does not undo changes made by hand.",
    why: "It never becomes Synced until a person syncs it, and the waves after it wait for that, without end.",
    fix: "Set `spec.syncPolicy.automated` with `prune: true` and `selfHeal: true`.",
    sources: [
      "Argo CD 3.5, docs/user-guide/auto_sync.md",
      "run on Argo CD 3.5.7: an Application without `automated` in a wave before the last blocked the root for ever",
    ],
    example: {
      fails: childFile("istiod", "spec: { syncPolicy: { retry: { limit: 5 } } }"),
      passes: childFile("istiod", automated("prune: true, selfHeal: true")),
    },
  },
  "argocd/child-retries-forever": {
    meaning: "A child Application retries a failed sync without end.",
    why: "A running operation keeps the values it began with, also through `refresh`. The root waits until the child has given up, and does not read the commit that repairs it.",
    fix: "Set `spec.syncPolicy.retry.limit` to 3 to 5.",
    sources: [
      "run on Argo CD 3.5.7: with 10 retries a child still failed with the old values 11 minutes after the repair; with 3 everything was in order 80 s after it",
    ],
    example: {
      fails: childFile("istiod", retry("limit: -1, refresh: true")),
      passes: childFile("istiod", retry("limit: 5, refresh: true")),
    },
  },
  "argocd/root-gives-up": {
    meaning: "A root Application stops retrying.",
    why: "A child that is Degraded for a moment fails the root's sync. After the last retry (the fifth, where no limit is set) the root waits for a new commit or for somebody to sync it by hand.",
    fix: "Set `spec.syncPolicy.retry.limit` of the root to -1, with `refresh: true`.",
    sources: [
      "argo-cd#18442, argo-cd#9988",
      "run on Argo CD 3.5.7: a root without limit and with `refresh` took the repairing commit and finished, nothing by hand",
    ],
    example: {
      fails: rootFile(retry("limit: 5, refresh: true")),
      passes: rootFile(retry("limit: -1, refresh: true")),
    },
  },
  "argocd/retry-without-refresh": {
    meaning: "Retries of an Application stay at the commit they began with.",
    why: "The commit that repairs a failing sync is not read while it retries; a root that retries for ever never reads it.",
    fix: "Set `spec.syncPolicy.retry.refresh` to true.",
    versions: "Argo CD 3.2 and newer",
    sources: [
      "argo-cd#11494, argo-cd#23038",
      "run on Argo CD 3.5.7: with it a commit repaired a sync between two retries",
    ],
    example: {
      fails: childFile("istiod", retry("limit: 5")),
      passes: childFile("istiod", retry("limit: 5, refresh: true")),
    },
  },
  "argocd/unknown-sync-option": {
    meaning: "A sync option is not one that Argo CD knows.",
    why: "Argo CD compares options as text, capitals and `=true` included, and ignores all others silently.",
    fix: "Correct the spelling. Some options exist for Applications only, not as an annotation of one object.",
    sources: [
      "Argo CD 3.5, docs/user-guide/sync-options.md",
      "Argo CD v3.5.1, pkg/apis/application/v1alpha1/types.go (HasOption)",
    ],
    example: {
      fails: childFile("istiod", options("CreateNamespace=True")),
      passes: childFile("istiod", options("CreateNamespace=true")),
    },
  },
  "argocd/pruning-off": {
    meaning: "Something is kept from being pruned.",
    why: "What leaves Git then stays, and its Application is OutOfSync from that moment on. The waves wait for Synced. CRDs need no protection: Argo CD never prunes one.",
    fix: "Set `automated.prune: true` and leave out `Prune=false` and `Prune=confirm`.",
    sources: [
      "Argo CD 3.5, docs/user-guide/sync-options.md (No Prune Resources)",
      "run on Argo CD 3.5.7: `Prune=false` on an Application, `Prune=false` on an object and `automated.prune: false` each left it OutOfSync for ever; CRDs dropped from Git stayed",
    ],
    example: {
      fails: childFile("istio-base", options("Prune=false")),
      passes: childFile("istio-base", options("CreateNamespace=true")),
    },
  },
  "argocd/root-sync-option": {
    meaning: "A root has a sync option that only its children may have.",
    why: "Server-side apply of a child by the root strips the status of an operation that is running in it, so that it is stuck. With `ApplyOutOfSyncOnly` the waves do not wait for children that are unchanged.",
    fix: "Remove the option from the root.",
    sources: [
      "argo-cd#29253",
      "Argo CD v3.5.1, gitops-engine/pkg/sync/sync_context.go (filterOutOfSyncTasks)",
    ],
    example: {
      fails: rootFile(options("ServerSideApply=true")),
      passes: childFile("istio-base", options("ServerSideApply=true")),
    },
  },
  "argocd/differences-not-respected": {
    meaning: "An Application ignores differences, but writes the ignored fields at each sync.",
    why: "Every sync puts Git's value back. For the health-check port that is a flap at each full sync; and a self-heal of any other field puts it back too, without the hook that would repair it.",
    fix: "Add `RespectIgnoreDifferences=true` to `spec.syncPolicy.syncOptions`.",
    sources: [
      "Argo CD 3.5, docs/user-guide/sync-options.md (Respect ignore differences)",
      "run on Argo CD 3.5.7, client-side and server-side: without the option the port went 32396, status-port, 32396; with it one value stayed",
    ],
    example: {
      fails: files(ignoring(port), ingress),
      passes: files(
        ignoring(port, "  syncPolicy: { syncOptions: [RespectIgnoreDifferences=true] }"),
        ingress,
      ),
    },
  },
  "argocd/nothing-ignored": {
    meaning: "`RespectIgnoreDifferences=true` stands where nothing is ignored.",
    why: "It does nothing. Most often the entry that it was for is missing, and self-heal writes the field back at once.",
    fix: "Add the `ignoreDifferences`, or remove the option.",
    sources: [
      "Argo CD 3.5, docs/user-guide/sync-options.md (Respect ignore differences)",
      "run on Argo CD 3.5.7: without the entry self-heal reverted the hook's value at once",
    ],
    example: {
      fails: childFile("istiod", options("RespectIgnoreDifferences=true")),
      passes: childFile("istiod", options("CreateNamespace=true")),
    },
  },
  "argocd/pointer-not-escaped": {
    meaning: "A JSON pointer names an annotation or label with a bare slash.",
    why: "A slash ends a key, so that the pointer leads nowhere and nothing is ignored.",
    fix: "Write `~1` for the slash.",
    sources: ["RFC 6901, section 3", "Argo CD 3.5, docs/user-guide/diffing.md"],
    example: {
      fails: files(ignoring("/metadata/annotations/alb.ingress.kubernetes.io/healthcheck-port"), ingress),
      passes: files(ignoring(port), ingress),
    },
  },
  "argocd/ignores-nothing": {
    meaning: "An entry of `ignoreDifferences` is about an object or a field that is not there.",
    why: "It ignores nothing, silently: a wrong API group, a typo in a name or a field is enough. Self-heal then writes back what was meant to be left alone.",
    fix: "Correct group, kind, name or pointer.",
    sources: ["Argo CD 3.5, docs/user-guide/diffing.md", "argo-cd#9323 (a wrong group)"],
    example: {
      fails: files(ignoring(`${port}s`), ingress),
      passes: files(ignoring(port), ingress),
    },
  },
  "argocd/manifest-generate-paths": {
    meaning: "The Application of a hook has the annotation `argocd.argoproj.io/manifest-generate-paths`.",
    why: "Argo CD may then take a commit for one that does not concern the Application, and sync a real change the way it self-heals: only what differs, and without hooks.",
    fix: "Remove the annotation from this Application.",
    versions: "Argo CD 3.2 and newer; a repair was in 3.4.x and 3.5.0 to 3.5.1 and was taken back in 3.5.2",
    sources: ["argo-cd#22795, argo-cd#27792", "argo-cd#28227, taken back by #29224 and #29225"],
    example: {
      fails: files(
        childFile(
          "ingress-web",
          "metadata: { name: demo-ingress-web, annotations: { argocd.argoproj.io/manifest-generate-paths: . } }",
          "spec: { source: { path: dist/demo/ingress-web } }",
        ),
        hookOfDoor(),
      ),
      passes: files(
        childFile("ingress-web", "spec: { source: { path: dist/demo/ingress-web } }"),
        hookOfDoor(),
      ),
    },
  },
};

function hookOfDoor(): string {
  return objectFile(
    "dist/demo/ingress-web/hook.yaml",
    "batch/v1",
    "Job",
    "metadata: { name: hook, annotations: { argocd.argoproj.io/hook: PostSync } }",
  );
}
