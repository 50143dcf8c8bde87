import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

const project = /applications\/project/;
const root = /argocd\/demo/;

/** Without one entry of the lists of kinds. */
const withoutKind = (group: string, kind: string) =>
  replaced(project, `    - group: ${group}\n      kind: ${kind}\n`, "");

const networkPolicy = { values: { global: { networkPolicy: { enabled: true } } } };
const validation = { values: { experimental: { stableValidationPolicy: true } } };

export const projectCases: readonly ObjectRuleCase[] = [
  {
    code: "argocd/no-project",
    title: "wants the AppProject in the same output",
    fails: [replaced(/applications\/istiod/, "project: demo", "project: default")],
    problems: `
      dist/demo/applications/istiod.yaml error argocd/no-project: Application demo-istiod: expected an AppProject that is written beside the Application, found "default"
    `,
  },
  {
    code: "argocd/repository-not-permitted",
    title: "wants every source in the AppProject",
    fails: [replaced(project, "https://github.com", "https://gitlab.com")],
    problems: `
      dist/demo/applications/project.yaml error argocd/repository-not-permitted: AppProject demo: expected https://github.com/example/platform.git in sourceRepos, for demo-gateway, found no such entry: Argo CD would refuse the Application
    `,
    passes: [replaced(project, "https://github.com/example/platform.git", '"*"')],
  },
  {
    code: "argocd/destination-not-permitted",
    title: "wants every destination in the AppProject",
    fails: [replaced(project, "namespace: istio-system", "namespace: istio")],
    problems: `
      dist/demo/applications/project.yaml error argocd/destination-not-permitted: AppProject demo: expected the namespace istio-system of https://kubernetes.default.svc in destinations, for demo-istio-base, found no such entry: Argo CD would refuse the Application
    `,
  },
  {
    code: "argocd/destination-not-permitted",
    title: "compares names of clusters where the Applications have names",
    config: { cluster: { name: "demo", region: "eu-west-1", argocdName: "prod" } },
    fails: [replaced(project, /name: prod/g, "name: test")],
    problems: `
      dist/demo/applications/project.yaml error argocd/destination-not-permitted: AppProject demo: expected the namespace istio-system of prod in destinations, for demo-istio-base, found no such entry: Argo CD would refuse the Application
      dist/demo/applications/project.yaml error argocd/destination-not-permitted: AppProject demo: expected the namespace istio-ingress of prod in destinations, for demo-istio-ingress, found no such entry: Argo CD would refuse the Application
    `,
  },
  {
    code: "argocd/kind-not-permitted",
    title: "wants the kinds in the folders, each reported once",
    fails: [withoutKind("batch", "Job"), withoutKind("networking.istio.io", "VirtualService")],
    problems: `
      dist/demo/applications/project.yaml error argocd/kind-not-permitted: AppProject demo: expected networking.istio.io/VirtualService in namespaceResourceWhitelist, for demo-gateway, found no such entry: its sync would apply nothing
      dist/demo/applications/project.yaml error argocd/kind-not-permitted: AppProject demo: expected batch/Job in namespaceResourceWhitelist, for demo-healthcheck, found no such entry: its sync would apply nothing
    `,
  },
  {
    code: "argocd/kind-not-permitted",
    title: "wants the kinds of the charts, and the namespaces they are given",
    fails: [
      withoutKind('""', "Namespace"),
      withoutKind("apiextensions.k8s.io", "CustomResourceDefinition"),
      withoutKind("policy", "PodDisruptionBudget"),
    ],
    problems: `
      dist/demo/applications/project.yaml error argocd/kind-not-permitted: AppProject demo: expected Namespace in clusterResourceWhitelist, for demo-istio-base, found no such entry: its sync would apply nothing
      dist/demo/applications/project.yaml error argocd/kind-not-permitted: AppProject demo: expected apiextensions.k8s.io/CustomResourceDefinition in clusterResourceWhitelist, for demo-istio-base, found no such entry: its sync would apply nothing
      dist/demo/applications/project.yaml error argocd/kind-not-permitted: AppProject demo: expected policy/PodDisruptionBudget in namespaceResourceWhitelist, for demo-istiod, found no such entry: its sync would apply nothing
    `,
  },
  {
    code: "argocd/kind-not-permitted",
    title: "wants what values switch on",
    config: {
      gateways: { ingress: { values: { kind: "DaemonSet" } } },
      istio: { istiod: networkPolicy, base: validation },
    },
    fails: [
      withoutKind("apps", "DaemonSet"),
      withoutKind("networking.k8s.io", "NetworkPolicy"),
      withoutKind("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"),
    ],
    problems: `
      dist/demo/applications/project.yaml error argocd/kind-not-permitted: AppProject demo: expected admissionregistration.k8s.io/ValidatingAdmissionPolicy in clusterResourceWhitelist, for demo-istio-base, found no such entry: its sync would apply nothing
      dist/demo/applications/project.yaml error argocd/kind-not-permitted: AppProject demo: expected networking.k8s.io/NetworkPolicy in namespaceResourceWhitelist, for demo-istiod, found no such entry: its sync would apply nothing
      dist/demo/applications/project.yaml error argocd/kind-not-permitted: AppProject demo: expected apps/DaemonSet in namespaceResourceWhitelist, for demo-istio-ingress, found no such entry: its sync would apply nothing
    `,
  },
  {
    code: "argocd/kind-not-permitted",
    title: "wants the root to be allowed Applications",
    fails: [replaced(root, "      kind: Application\n", "      kind: ApplicationSet\n")],
    problems: `
      argocd/demo.yaml error argocd/kind-not-permitted: AppProject demo-root: expected argoproj.io/Application in namespaceResourceWhitelist, for demo-root, found no such entry: its sync would apply nothing
    `,
    passes: [replaced(root, / {2}namespaceResourceWhitelist:\n(?: {4}.*\n)+/, "")],
  },
];
