// @ts-check
// What the packages' types cannot say or do not know yet. One row per correction; `npm run import` fails on a row that
// has become needless, so this table holds exactly what is still missing.

/** @typedef {import("./apply-patches.mjs").Patch} Patch */
/** @typedef {import("./schema.ts").Schema} Schema */

/** @satisfies {Schema} */
const int64 = { type: "integer", format: "int64" };
/** @satisfies {Schema} */
const int32 = { type: "integer", format: "int32" };
/** A protobuf uint32 as Istio's CRDs write it. @satisfies {Schema} */
const uint32 = { type: "integer", minimum: 0, maximum: 4294967295 };

const ARGO_INTEGER = "TypeScript has no integers; the CRD of Argo CD 3.5.7 says int64.";
const ISTIO_INTEGER =
  "TypeScript has no integers; the CRD of Istio 1.29.2 (istio.io/api v1.29.2) has these limits.";

/** @satisfies {Schema} */
const refresh = {
  type: "boolean",
  description:
    "Refresh indicates if the latest revision should be used on retry instead of the initial one (default: false)",
};
const REFRESH = "New in Argo CD 3.2 (argoproj/argo-cd#11494); text from the CRD of 3.5.7.";

/** @satisfies {Schema} */
const name = {
  type: "string",
  description: `Name is the name of the restricted resource. Glob patterns using Go's filepath.Match syntax are supported.
Unlike the group and kind fields, if no name is specified, all resources of the specified group/kind are matched.`,
};
const RESTRICTION_NAME = "New in Argo CD 3.3 (argoproj/argo-cd#24674); text from the CRD of 3.5.7.";

/** @type {readonly Patch[]} */
const application = [
  { kind: "Application", path: "operation.retry", add: { refresh }, why: REFRESH },
  { kind: "Application", path: "operation.retry.backoff.factor", set: int64, why: ARGO_INTEGER },
  { kind: "Application", path: "operation.retry.limit", set: int64, why: ARGO_INTEGER },
  { kind: "Application", path: "operation.sync.autoHealAttemptsCount", set: int64, why: ARGO_INTEGER },
  { kind: "Application", path: "spec.revisionHistoryLimit", set: int64, why: ARGO_INTEGER },
  {
    kind: "Application",
    path: "spec.syncPolicy.automated",
    add: {
      enabled: { type: "boolean", description: "Enable allows apps to explicitly control automated sync" },
    },
    why: "New in Argo CD 3.1; text from the CRD of 3.5.7.",
  },
  { kind: "Application", path: "spec.syncPolicy.retry", add: { refresh }, why: REFRESH },
  { kind: "Application", path: "spec.syncPolicy.retry.backoff.factor", set: int64, why: ARGO_INTEGER },
  { kind: "Application", path: "spec.syncPolicy.retry.limit", set: int64, why: ARGO_INTEGER },
];

/** @type {readonly Patch[]} */
const appProject = [
  { kind: "AppProject", path: "spec.clusterResourceWhitelist[]", add: { name }, why: RESTRICTION_NAME },
  {
    kind: "AppProject",
    path: "spec.description",
    set: { maxLength: 255 },
    why: "A type has no length; the CRD of Argo CD 3.5.7 has this limit.",
  },
  { kind: "AppProject", path: "spec.roles[].jwtTokens[].exp", set: int64, why: ARGO_INTEGER },
  { kind: "AppProject", path: "spec.roles[].jwtTokens[].iat", set: int64, why: ARGO_INTEGER },
];

const ISTIO_REQUIRED =
  "Istio requires nothing here. Without metadata cdk8s invents a name with a hash in it; without spec the object does nothing.";

/** @type {readonly Patch[]} */
const gateway = [
  { kind: "Gateway", path: "", require: ["metadata", "spec"], why: ISTIO_REQUIRED },
  { kind: "Gateway", path: "spec.servers[].port.number", set: uint32, why: ISTIO_INTEGER },
  { kind: "Gateway", path: "spec.servers[].port.targetPort", set: uint32, why: ISTIO_INTEGER },
];

const virtualServiceUint32 = [
  "spec.http[].directResponse.status",
  "spec.http[].match[].port",
  "spec.http[].mirror.port.number",
  "spec.http[].mirrorPercent",
  "spec.http[].mirror_percent",
  "spec.http[].mirrors[].destination.port.number",
  "spec.http[].redirect.port",
  "spec.http[].redirect.redirectCode",
  "spec.http[].route[].destination.port.number",
  "spec.tcp[].match[].port",
  "spec.tcp[].route[].destination.port.number",
  "spec.tls[].match[].port",
  "spec.tls[].route[].destination.port.number",
];
const virtualServiceInt32 = [
  "spec.http[].fault.abort.httpStatus",
  "spec.http[].fault.delay.percent",
  "spec.http[].retries.attempts",
  "spec.http[].route[].weight",
  "spec.tcp[].route[].weight",
  "spec.tls[].route[].weight",
];

/** @type {readonly Patch[]} */
const virtualService = [
  { kind: "VirtualService", path: "", require: ["metadata", "spec"], why: ISTIO_REQUIRED },
  ...virtualServiceUint32.map((path) => ({ kind: "VirtualService", path, set: uint32, why: ISTIO_INTEGER })),
  ...virtualServiceInt32.map((path) => ({ kind: "VirtualService", path, set: int32, why: ISTIO_INTEGER })),
];

/** All rows. Order matters only where two rows touch the same field, which none do. */
export const patches = [...application, ...appProject, ...gateway, ...virtualService];
