// @ts-check
// What the API server checks in code and no published schema says. Read in the source of Kubernetes 1.36.1:
// pkg/apis/<group>/validation, staging/src/k8s.io/apimachinery/pkg/api/validate. Strict where no chart needs more: the
// schemas describe what meshfront emits, not all that a cluster may hold.
import { atMostOneOf } from "./cel-rules.mjs";

/** @typedef {import("./apply-patches.mjs").Patch} Patch */
/** @typedef {import("../../manifests/object-schema.ts").Schema} Schema */

const label = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
const subdomain = `${label}(?:\\.${label})*`;
const qualified = "(?=.{1,63}$)(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

/** Types of strings that the source above names by a function. @satisfies {Readonly<Record<string, Schema>>} */
export const stringForms = {
  AnnotationKey: {
    type: "string",
    pattern: `^(?:(?=.{1,253}/)${subdomain.replaceAll("a-z", "A-Za-z")}/)?${qualified}$`,
    description:
      "a key (letters, digits, `-`, `_`, `.`, at most 63 of them; a DNS name and `/` may stand in front)",
  },
  ConfigMapKey: {
    type: "string",
    pattern: "^(?!\\.\\.|\\.$)[-._a-zA-Z0-9]+$",
    maxLength: 253,
    description: "a file name (letters, digits, `-`, `_`, `.`)",
  },
  CronJobName: {
    type: "string",
    pattern: `^${subdomain}$`,
    maxLength: 52,
    description: "a DNS name (lower-case letters, digits, `-`, `.`)",
  },
  DnsLabel: {
    type: "string",
    pattern: `^${label}$`,
    maxLength: 63,
    description: "a DNS label (lower-case letters, digits, `-`)",
  },
  DnsSubdomain: {
    type: "string",
    pattern: `^${subdomain}$`,
    maxLength: 253,
    description: "a DNS name (lower-case letters, digits, `-`, `.`)",
  },
  IngressHost: {
    type: "string",
    pattern: `^(?:\\*\\.)?${subdomain}$`,
    maxLength: 253,
    description: "a host name (lower-case; a first label `*` is allowed)",
  },
  JobName: {
    type: "string",
    pattern: `^${subdomain}$`,
    maxLength: 63, // it becomes a label of the pods
    description: "a DNS name (lower-case letters, digits, `-`, `.`)",
  },
  LabelKey: {
    type: "string",
    pattern: `^(?:(?=.{1,253}/)${subdomain}/)?${qualified}$`,
    description:
      "a key (letters, digits, `-`, `_`, `.`, at most 63 of them; a DNS name and `/` may stand in front)",
  },
  LabelValue: {
    type: "string",
    pattern: "^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$",
    maxLength: 63,
    description: "a label's value (letters, digits, `-`, `_`, `.`)",
  },
  ServiceName: {
    type: "string",
    pattern: "^[a-z](?:[-a-z0-9]*[a-z0-9])?$",
    maxLength: 63,
    description: "a DNS label that begins with a letter (lower-case letters, digits, `-`)",
  },
  Duration: {
    type: "string",
    pattern: "^\\+?(?=.*[1-9])(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$",
    description: "a duration of at least 1ms, such as `10s` or `1m30s`",
  },
  PathSegment: {
    type: "string",
    pattern: "^(?!\\.{1,2}$)[^/%]+$",
    description: "a name without `/` and `%`",
  },
};

/** What `metadata.name` of a kind looks like, where it is no DNS name of 253 characters. */
export const nameForms = new Map([
  ["CronJob", "CronJobName"],
  ["Job", "JobName"],
  ["Role", "PathSegment"],
  ["RoleBinding", "PathSegment"],
]);

/** @param {keyof typeof stringForms} name @returns {Schema} */
const form = (name) => ({ $ref: `#/types/${name}` });

/** @type {Schema} */
const labels = {
  propertyNames: form("LabelKey"),
  additionalProperties: form("LabelValue"),
};
const notNegative = { minimum: 0 };
const userId = { minimum: 0, maximum: 2147483647 };

/** @type {readonly Patch[]} */
const metadata = [
  {
    kind: "ObjectMeta",
    path: "",
    remove: [
      "creationTimestamp",
      "deletionGracePeriodSeconds",
      "deletionTimestamp",
      "generateName",
      "generation",
      "managedFields",
      "ownerReferences",
      "resourceVersion",
      "selfLink",
      "uid",
    ],
    why: "The API server sets these; in Git they are refused, ignored or a difference for ever.",
  },
  { kind: "ObjectMeta", path: "namespace", set: form("DnsLabel"), why: "ValidateNamespaceName" },
  { kind: "ObjectMeta", path: "labels", set: labels, why: "ValidateLabels (unversioned validation)" },
  {
    kind: "ObjectMeta",
    path: "annotations",
    set: { propertyNames: form("AnnotationKey"), "x-meshfront-max-bytes": 256 * 1024 },
    why: "ValidateAnnotations: like a label's key, and capitals may stand in front of the slash; all together 256 KiB.",
  },
  {
    kind: "ObjectMeta",
    path: "finalizers[]",
    set: form("LabelKey"),
    why: "ValidateFinalizerName",
  },
  { kind: "LabelSelector", path: "matchLabels", set: labels, why: "ValidateLabelSelector" },
];

/** @type {readonly Patch[]} */
const core = [
  ...["data", "binaryData"].map((path) => ({
    kind: "ConfigMap",
    path,
    set: { propertyNames: form("ConfigMapKey"), "x-meshfront-max-bytes": 1024 * 1024 },
    why: "ValidateConfigMap; it counts the values only, and those of both maps together.",
  })),
  {
    kind: "PodTemplateSpec",
    path: "",
    require: ["spec"],
    why: "ValidatePodTemplateSpec: a pod needs a container.",
  },
  {
    kind: "PodSpec",
    path: "containers",
    set: { minItems: 1 },
    why: "validateContainers: at least one.",
  },
  { kind: "PodSpec", path: "nodeSelector", set: labels, why: "ValidatePodSpec calls ValidateLabels." },
  { kind: "Container", path: "", require: ["image"], why: "validateContainerCommon" },
  { kind: "Container", path: "image", set: { minLength: 1 }, why: "validateContainerCommon" },
  { kind: "Container", path: "name", set: form("DnsLabel"), why: "validateContainerCommon" },
  {
    kind: "ContainerPort",
    path: "containerPort",
    set: { minimum: 1, maximum: 65535 },
    why: "IsValidPortNum",
  },
  { kind: "VolumeMount", path: "mountPath", set: { minLength: 1 }, why: "ValidateVolumeMounts" },
  { kind: "Volume", path: "name", set: form("DnsLabel"), why: "ValidateVolumes" },
  { kind: "Toleration", path: "key", set: form("LabelKey"), why: "ValidateTolerations" },
  { kind: "Toleration", path: "value", set: form("LabelValue"), why: "ValidateTolerations" },
  {
    kind: "Quantity",
    path: "",
    set: {
      pattern: "^[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)?$",
      description: "a quantity (a number and a unit such as `m`, `Ki` or `M`)",
    },
    why: "resource.Quantity's text form; it takes a number too, which nobody writes.",
  },
  { kind: "PodSecurityContext", path: "runAsUser", set: userId, why: "IsValidUserID" },
  { kind: "PodSecurityContext", path: "runAsGroup", set: userId, why: "IsValidGroupID" },
  { kind: "PodSecurityContext", path: "fsGroup", set: userId, why: "IsValidGroupID" },
  { kind: "SecurityContext", path: "runAsUser", set: userId, why: "IsValidUserID" },
  { kind: "SecurityContext", path: "runAsGroup", set: userId, why: "IsValidGroupID" },
];

const jobNumbers = [
  "activeDeadlineSeconds",
  "backoffLimit",
  "completions",
  "parallelism",
  "ttlSecondsAfterFinished",
];
const cronJobNumbers = ["failedJobsHistoryLimit", "startingDeadlineSeconds", "successfulJobsHistoryLimit"];

/** @type {readonly Patch[]} */
const batch = [
  {
    kind: "Job",
    path: "",
    require: ["spec"],
    why: "validateJobSpec: the template has to name a restart policy.",
  },
  { kind: "JobTemplateSpec", path: "", require: ["spec"], why: "As in a Job." },
  { kind: "CronJobSpec", path: "schedule", set: { minLength: 1 }, why: "validateCronJobSpec" },
  ...jobNumbers.map((path) => ({ kind: "JobSpec", path, set: notNegative, why: "validateJobSpec" })),
  ...cronJobNumbers.map((path) => ({
    kind: "CronJobSpec",
    path,
    set: notNegative,
    why: "validateCronJobSpec",
  })),
  {
    kind: "PodSpec",
    path: "",
    require: ["restartPolicy"],
    why: "validateJobSpec: Jobs are the only pods emitted.",
  },
  {
    kind: "PodSpec",
    path: "restartPolicy",
    set: { enum: ["Never", "OnFailure"] },
    why: "validateJobSpec: Jobs are the only pods emitted.",
  },
  { kind: "PodFailurePolicy", path: "rules", set: { maxItems: 20 }, why: "validatePodFailurePolicy" },
  {
    kind: "PodFailurePolicyOnExitCodesRequirement",
    path: "values",
    set: { minItems: 1, maxItems: 255 },
    why: "validatePodFailurePolicyRuleOnExitCodes",
  },
];

/** @type {readonly Patch[]} */
const networking = [
  { kind: "Ingress", path: "", require: ["spec"], why: "ValidateIngressSpec: rules or a default backend." },
  { kind: "IngressRule", path: "host", set: form("IngressHost"), why: "validateIngressRules" },
  { kind: "HTTPIngressRuleValue", path: "paths", set: { minItems: 1 }, why: "validateHTTPIngressRuleValue" },
  {
    kind: "HTTPIngressPath",
    path: "path",
    set: { pattern: "^/", description: "an absolute path" },
    why: "validateHTTPIngressPath",
  },
  {
    kind: "IngressBackend",
    path: "",
    set: atMostOneOf(["resource", "service"]),
    why: "validateIngressBackend",
  },
  {
    kind: "IngressServiceBackend",
    path: "name",
    set: form("ServiceName"),
    why: "validateIngressBackend, without the feature gate for other names.",
  },
  { kind: "IngressServiceBackend", path: "", require: ["port"], why: "validateIngressBackend" },
  { kind: "ServiceBackendPort", path: "number", set: { minimum: 1, maximum: 65535 }, why: "IsValidPortNum" },
  {
    kind: "ServiceBackendPort",
    path: "",
    set: atMostOneOf(["name", "number"]),
    why: "validateIngressBackend",
  },
];

/** @type {readonly Patch[]} */
const rbac = [
  {
    kind: "PolicyRule",
    path: "",
    remove: ["nonResourceURLs"],
    why: "ValidatePolicyRule: a Role's rules cannot apply to URLs.",
  },
  { kind: "PolicyRule", path: "", require: ["apiGroups", "resources"], why: "ValidatePolicyRule" },
  ...["apiGroups", "resources", "verbs"].map((path) => ({
    kind: "PolicyRule",
    path,
    set: { minItems: 1 },
    why: "ValidatePolicyRule",
  })),
  {
    kind: "RoleRef",
    path: "apiGroup",
    set: { enum: ["rbac.authorization.k8s.io"] },
    why: "ValidateRoleBinding",
  },
  { kind: "RoleRef", path: "kind", set: { enum: ["Role", "ClusterRole"] }, why: "ValidateRoleBinding" },
  { kind: "RoleRef", path: "name", set: form("PathSegment"), why: "ValidateRoleBinding" },
  {
    kind: "Subject",
    path: "kind",
    set: { enum: ["ServiceAccount", "User", "Group"] },
    why: "ValidateRoleBindingSubject",
  },
];

/**
 * Kubernetes leaves enums out of the published document (hack/update-openapi-spec.sh, kubernetes#109177); those of the
 * fields that charts/ set, read in pkg/generated/openapi.
 *
 * @type {readonly Patch[]}
 */
const enums = [
  { kind: "ContainerPort", path: "protocol", set: { enum: ["SCTP", "TCP", "UDP"] } },
  { kind: "CronJobSpec", path: "concurrencyPolicy", set: { enum: ["Allow", "Forbid", "Replace"] } },
  { kind: "HTTPIngressPath", path: "pathType", set: { enum: ["Exact", "ImplementationSpecific", "Prefix"] } },
  {
    kind: "PodFailurePolicyRule",
    path: "action",
    set: { enum: ["Count", "FailIndex", "FailJob", "Ignore"] },
  },
  { kind: "PodFailurePolicyOnExitCodesRequirement", path: "operator", set: { enum: ["In", "NotIn"] } },
  { kind: "SeccompProfile", path: "type", set: { enum: ["Localhost", "RuntimeDefault", "Unconfined"] } },
  { kind: "Toleration", path: "effect", set: { enum: ["NoExecute", "NoSchedule", "PreferNoSchedule"] } },
  // Gt and Lt need a feature gate.
  { kind: "Toleration", path: "operator", set: { enum: ["Equal", "Exists"] } },
].map((row) => ({ ...row, why: "An enum of Kubernetes 1.36.1." }));

/** What the webhook of istiod refuses (istio/istio, pkg/config/validation). @type {readonly Patch[]} */
const istio = [
  { kind: "Gateway", path: "", require: ["spec"], why: "ValidateGateway: at least one server." },
  {
    kind: "VirtualService",
    path: "",
    require: ["spec"],
    why: "ValidateVirtualService: hosts, or routes to delegate.",
  },
];

/** All rows, by the short name of the type. */
export const patches = [...metadata, ...core, ...batch, ...networking, ...rbac, ...enums, ...istio];
