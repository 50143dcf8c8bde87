// @ts-check
// Where imports/ comes from. Versions stand here only; a test holds them against the test bed's and the default chart's.

/**
 * A Go module that publishes schemas.
 *
 * @typedef {object} Module
 * @property {string} path
 * @property {string} version
 * @property {string} name what it is a part of, for people
 * @property {string} copyright all of them are under Apache-2.0
 */

/**
 * One kind that imports/ describes.
 *
 * @typedef {object} Kind
 * @property {string} apiVersion
 * @property {string} kind
 * @property {keyof typeof modules} from
 * @property {string} [crd] the file of the module that has its CRD; without it the kind is Kubernetes' own
 * @property {import("./plain-schema.mjs").Published} [byHand] of a kind whose CRD nobody publishes: as much of it as is emitted
 * @property {true} [construct] whether charts/ need a class of it; cdk8s-plus-29 has those of Kubernetes' own kinds
 */

/** @satisfies {Readonly<Record<string, Module>>} */
export const modules = {
  argocd: {
    path: "github.com/argoproj/argo-cd/v3",
    version: "v3.5.7", // the newest that the test bed runs
    name: "Argo CD",
    copyright: "Copyright 2017-2018 The Argo Authors",
  },
  istio: {
    path: "istio.io/api",
    version: "v1.31.1", // Istio tags it with each of its releases: that of the default charts
    name: "Istio",
    copyright: "Copyright Istio Authors",
  },
  kubernetes: {
    path: "k8s.io/kubernetes",
    version: "v1.36.1", // that of the test bed's API server
    name: "Kubernetes",
    copyright: "Copyright The Kubernetes Authors",
  },
};

/** In the module of Kubernetes: definitions of all its own types. */
export const openApiFile = "api/openapi-spec/swagger.json";

const istioCrds = "kubernetes/customresourcedefinitions.gen.yaml";

/** The kinds that charts/ emits. @type {readonly Kind[]} */
export const kinds = [
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    from: "argocd",
    crd: "manifests/crds/application-crd.yaml",
    construct: true,
  },
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    from: "argocd",
    crd: "manifests/crds/appproject-crd.yaml",
    construct: true,
  },
  { apiVersion: "batch/v1", kind: "CronJob", from: "kubernetes" },
  { apiVersion: "batch/v1", kind: "Job", from: "kubernetes" },
  { apiVersion: "networking.istio.io/v1", kind: "Gateway", from: "istio", crd: istioCrds, construct: true },
  {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    from: "istio",
    crd: istioCrds,
    construct: true,
  },
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress", from: "kubernetes" },
  { apiVersion: "networking.k8s.io/v1", kind: "IngressClass", from: "kubernetes" },
  {
    apiVersion: "eks.amazonaws.com/v1",
    kind: "IngressClassParams",
    from: "kubernetes",
    // AWS, EKS user guide: IngressClassParams of EKS Auto Mode. None of its fields is in use.
    byHand: { type: "object", properties: { spec: { type: "object", properties: {} } }, required: ["spec"] },
  },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", from: "kubernetes" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", from: "kubernetes" },
  { apiVersion: "v1", kind: "ConfigMap", from: "kubernetes" },
  { apiVersion: "v1", kind: "ServiceAccount", from: "kubernetes" },
];

/**
 * Kinds that people bring themselves (`manifests` in a cluster file): everything of Istio's, in every version that is
 * served, because all of them have one schema; of Kubernetes' own what belongs to the front of a mesh.
 *
 * @type {readonly Kind[]}
 */
export const ownKinds = [
  ...istio("extensions.istio.io", ["v1alpha1"], "TrafficExtension", "WasmPlugin"),
  ...istio(
    "networking.istio.io",
    ["v1", "v1beta1", "v1alpha3"],
    "DestinationRule",
    "Gateway",
    "ServiceEntry",
    "Sidecar",
    "VirtualService",
    "WorkloadEntry",
    "WorkloadGroup",
  ),
  ...istio("networking.istio.io", ["v1alpha3"], "EnvoyFilter"),
  ...istio("networking.istio.io", ["v1beta1"], "ProxyConfig"),
  ...istio(
    "security.istio.io",
    ["v1", "v1beta1"],
    "AuthorizationPolicy",
    "PeerAuthentication",
    "RequestAuthentication",
  ),
  ...istio("telemetry.istio.io", ["v1", "v1alpha1"], "Telemetry"),
  { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", from: "kubernetes" },
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress", from: "kubernetes" },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", from: "kubernetes" },
  { apiVersion: "policy/v1", kind: "PodDisruptionBudget", from: "kubernetes" },
  { apiVersion: "v1", kind: "ConfigMap", from: "kubernetes" },
  { apiVersion: "v1", kind: "Service", from: "kubernetes" },
  { apiVersion: "v1", kind: "ServiceAccount", from: "kubernetes" },
];

/**
 * @param {string} group
 * @param {readonly string[]} versions
 * @param {...string} names
 * @returns {readonly Kind[]}
 */
function istio(group, versions, ...names) {
  return names.flatMap((kind) =>
    versions.map((version) => ({
      apiVersion: `${group}/${version}`,
      kind,
      from: /** @type {const} */ ("istio"),
      crd: istioCrds,
    })),
  );
}

/** @param {Kind} kind its group; Kubernetes' oldest kinds have none */
export const groupOf = ({ apiVersion }) => apiVersion.split("/").slice(0, -1).join();

/** @param {Kind} kind */
export const versionOf = ({ apiVersion }) => apiVersion.split("/").slice(-1).join();
