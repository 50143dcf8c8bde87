// What the charts do not tell: the one table that people keep. A test holds the conditions against those that the program
// understands (config/live-values/conditions.ts).
import type { IstioChart } from "../../config/applications.ts";
import type { JsonObject, JsonValue } from "../../core/json.ts";

/** Under which other values a value may get an effect (`when`) or lose it (`unless`). */
export interface ConditionSet {
  readonly when: Readonly<Record<string, JsonObject>>;
  readonly unless: Readonly<Record<string, JsonObject>>;
}

const remote = (address: string, more: JsonObject = {}): JsonObject => ({
  istiodRemote: { enabled: true, ...more },
  global: { remotePilotAddress: address },
});

const tracer = (name: string, settings: JsonObject = {}): JsonObject => ({
  global: { proxy: { tracer: name }, tracer: settings },
});

const conditions: Partial<Readonly<Record<IstioChart, ConditionSet>>> = {
  base: {
    when: {},
    unless: {
      "global.enableReaderRBAC=false": { global: { enableReaderRBAC: false } },
      "base.enableCRDTemplates=false": { base: { enableCRDTemplates: false } },
      "defaultRevision empty": { defaultRevision: "" },
      "base.validationCABundle set": { base: { validationCABundle: "Zm9v" } },
    },
  },
  istiod: {
    when: {
      "pilotCertProvider signer": { global: { pilotCertProvider: "k8s.io/zz" } },
      "env.EXTERNAL_CA": { env: { EXTERNAL_CA: "ISTIOD_RA_KUBERNETES_API" } },
      "resources empty": { resources: null },
      "taint.enabled": { taint: { enabled: true } },
      readerServiceAccount: { global: { readerServiceAccount: { name: "zz" } } },
      "autoscaleEnabled off": { autoscaleEnabled: false },
      "autoscaleMin>1": { autoscaleMin: 2 },
      "autoscaleEnabled off+replicaCount>1": { autoscaleEnabled: false, replicaCount: 2 },
      "istiodRemote+address IP": remote("10.1.2.3"),
      "istiodRemote+address host": remote("remote.example.com"),
      "istiodRemote+local injector": remote("10.1.2.3", { enabledLocalInjectorIstiod: true }),
      "istiodRemote+configCluster": { istiodRemote: { enabled: true }, global: { configCluster: true } },
      revision: { revision: "canary" },
      "tracer datadog": tracer("datadog"),
      "tracer lightstep": tracer("lightstep", { lightstep: { address: "a", accessToken: "t" } }),
      "tracer zipkin": tracer("zipkin"),
    },
    unless: {
      "configMap=false": { configMap: false },
      "image contains /": { image: "example.com/pilot:1" },
      "hub set": { hub: "example.com/istiod" },
      "tag set": { tag: "zz" },
      "platform set at root": { platform: "gke" },
      "autoscaleEnabled=false": { autoscaleEnabled: false },
      "global.omitSidecarInjectorConfigMap=true": { global: { omitSidecarInjectorConfigMap: true } },
      "global.operatorManageWebhooks=true": { global: { operatorManageWebhooks: true } },
      "telemetry.enabled=false": { telemetry: { enabled: false } },
      "telemetry.v2.enabled=false": { telemetry: { v2: { enabled: false } } },
      "meshConfig.defaultProviders set": { meshConfig: { defaultProviders: { metrics: ["prometheus"] } } },
      "global.configValidation=false": { global: { configValidation: false } },
      "base.validationCABundle set": { base: { validationCABundle: "Zm9v" } },
      "istiodRemote.injectionURL set": {
        istiodRemote: { injectionURL: "https://remote.example.com/inject" },
      },
    },
  },
  gateway: {
    when: {
      "minReplicas>1": { autoscaling: { minReplicas: 2 } },
      "autoscaling off+replicaCount>1": { autoscaling: { enabled: false }, replicaCount: 2 },
      "autoscaling off": { autoscaling: { enabled: false } },
      networkGateway: { networkGateway: "net1" },
    },
    unless: {
      "autoscaling.enabled=false": { autoscaling: { enabled: false } },
      "kind=DaemonSet": { kind: "DaemonSet" },
      "service.type=None": { service: { type: "None" } },
      "service.type=NodePort": { service: { type: "NodePort" } },
      "service.type=ClusterIP": { service: { type: "ClusterIP" } },
      "networkGateway set": { networkGateway: "net1" },
      "serviceAccount.create=false": { serviceAccount: { create: false } },
    },
  },
};

export const conditionsOf = (chart: IstioChart): ConditionSet =>
  conditions[chart] ?? { when: {}, unless: {} };

/** Values of istiod's chart that istiod itself reads when it injects, so that no template names them. */
export const readByIstiodItself: readonly string[] = [
  "global.hub",
  "global.tag",
  "global.variant",
  "sidecarInjectorWebhook.rewriteAppHTTPProbe",
];

/** Keys whose value names a file of settings in the chart (files/profile-<prefix><name>.yaml). */
export const selectors = {
  profile: "",
  platform: "platform-",
  compatibilityVersion: "compatibility-version-",
} as const;

/** Values to try where one of the right type is not enough to see an effect. */
const samples: Partial<Readonly<Record<IstioChart, Readonly<Record<string, readonly JsonValue[]>>>>> = {
  base: { "base.excludedCRDs": [["gateways.networking.istio.io"]] },
  istiod: { "global.proxy.tracer": ["zipkin"] },
  gateway: { podDisruptionBudget: [{ minAvailable: 1 }] },
};

export const samplesOf = (chart: IstioChart, path: string): readonly JsonValue[] | undefined =>
  samples[chart]?.[path];
