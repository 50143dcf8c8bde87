import { copied, moved, replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const istiod = /applications\/istiod/;
const gateway = /applications\/gateway/;

export const sourceCases: readonly ObjectRuleCase[] = [
  {
    code: "argocd/implicit-release-name",
    title: "wants the release of a chart to be named",
    fails: [replaced(istiod, "      releaseName: istiod\n", "")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/implicit-release-name: Application demo-istiod: expected a release name for the chart istiod, found none: Argo CD would use the Application's, demo-istiod, and charts derive names and immutable selectors from it
    `,
  },
  {
    code: "argocd/floating-version",
    title: "wants one version of a chart, no range",
    fails: [replaced(istiod, /targetRevision: .*/, 'targetRevision: "*"')],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/floating-version: Application demo-istiod: expected an exact version of the chart istiod, found "*": the mesh would change without a commit
    `,
    passes: [replaced(istiod, /targetRevision: .*/, "targetRevision: 1.32.0-beta.1")],
  },
  {
    code: "argocd/floating-version",
    title: "takes no version for a range too",
    fails: [replaced(istiod, /targetRevision: .*/, 'targetRevision: ""')],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/floating-version: Application demo-istiod: expected an exact version of the chart istiod, found "": the mesh would change without a commit
    `,
  },
  {
    code: "argocd/empty-folder",
    title: "wants objects in the folder of an Application, and an Application for every folder",
    fails: [replaced(gateway, "dist/demo/gateway", "dist/demo/gate")],
    problems: `
      dist/demo/applications/gateway.yaml error argocd/empty-folder: Application demo-gateway: expected a folder with objects in it, found "dist/demo/gate", for which nothing is written
      dist/demo/gateway/gateway.yaml error argocd/folder-unread: Gateway istio-gateway: expected an Application that reads dist/demo/gateway/, found none: nothing applies what is in it
    `,
  },
  {
    code: "argocd/folder-read-twice",
    title: "notices that the folder meant is read by nobody then",
    fails: [replaced(gateway, "dist/demo/gateway", "dist/demo/recheck")],
    problems: `
      dist/demo/gateway/gateway.yaml error argocd/folder-unread: Gateway istio-gateway: expected an Application that reads dist/demo/gateway/, found none: nothing applies what is in it
      dist/demo/applications/recheck.yaml error argocd/folder-read-twice: Application demo-recheck: expected a folder that no other Application reads, found dist/demo/recheck/, which demo-gateway reads too: both would apply and prune its objects
    `,
  },
  {
    code: "argocd/stray-root",
    title: "wants the root to read the children of its cluster",
    fails: [replaced(/argocd\/demo/, "dist/demo/applications", "dist/demo")],
    problems: `
      argocd/demo.yaml error argocd/stray-root: Application demo-root: expected the folder of a cluster's child Applications, found "dist/demo"
    `,
  },
  {
    code: "argocd/folder-unread",
    title: "notices a folder that nothing applies",
    fails: [moved("dist/demo/gateway/virtualservice-web.yaml", "dist/demo/gateway/routes/web.yaml")],
    problems: `
      dist/demo/gateway/routes/web.yaml error argocd/folder-unread: VirtualService web: expected an Application that reads dist/demo/gateway/routes/, found none: nothing applies what is in it
    `,
    passes: [moved("dist/demo/gateway/virtualservice-web.yaml", "dist/demo/gateway/web.yaml")],
  },
  {
    code: "argocd/folder-read-twice",
    title: "names the other reader",
    fails: [
      copied("dist/demo/applications/gateway.yaml", "dist/demo/applications/gateway-2.yaml", (text) =>
        text.replace("name: demo-gateway", "name: demo-gateway-2"),
      ),
    ],
    problems: `
      dist/demo/applications/gateway-2.yaml error argocd/folder-read-twice: Application demo-gateway-2: expected a folder that no other Application reads, found dist/demo/gateway/, which demo-gateway reads too: both would apply and prune its objects
    `,
  },
  {
    code: "argocd/not-a-manifest",
    title: "refuses names that Argo CD does not read, or reads as another tool's",
    fails: [
      moved("dist/demo/gateway/virtualservice-web.yaml", "dist/demo/gateway/virtualservice-web.txt"),
      moved("dist/demo/ingress-services/ingress.yaml", "dist/demo/ingress-services/kustomization.yaml"),
    ],
    problems: `
      dist/demo/gateway/virtualservice-web.txt error argocd/not-a-manifest: VirtualService web: expected files named *.yaml, and none that turns the folder into a chart or a kustomization, found "dist/demo/gateway/virtualservice-web.txt"
      dist/demo/ingress-services/kustomization.yaml error argocd/not-a-manifest: Ingress ingress-services: expected files named *.yaml, and none that turns the folder into a chart or a kustomization, found "dist/demo/ingress-services/kustomization.yaml"
    `,
  },
];
