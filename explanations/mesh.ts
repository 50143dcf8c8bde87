import type { Explanations } from "./explanation.ts";

const protos = "istio.io/api 1.31.1, mesh/v1alpha1/config.proto and proxy.proto";
const decoding =
  "istio/istio, pkg/util/protomarshal/protomarshal.go (ApplyJSON): unknown fields are allowed; run with golang/protobuf 1.5.4";
const apiServer =
  "Kubernetes 1.36.1, pkg/apis/core/validation; run against its API server (test/e2e/gateway-values.e2e.ts)";

/** What stands inside values of Istio's charts for somebody else than the charts. */
export const meshExplanations: Explanations = {
  "istio/unknown-mesh-field": {
    meaning: "`meshConfig`, or the settings of a proxy, hold a name that Istio does not know.",
    why: "The chart hands all of it on. istiod and the proxies ignore a name that they do not know, and say so in a debug log only: the setting is not there.",
    fix: "Take the name from the message. A field that is newer than the protos which meshfront knows is right in spite of it.",
    sources: [protos, decoding],
    example: {
      fails: "istio: { istiod: { values: { meshConfig: { accesLogFile: /dev/stdout } } } }",
      passes: "istio: { istiod: { values: { meshConfig: { accessLogFile: /dev/stdout } } } }",
    },
  },
  "istio/mesh-field-type": {
    meaning:
      "A value below `meshConfig`, or among the settings of a proxy, is of another type than Istio reads there.",
    why: "One value of the wrong type makes all of it unreadable: istiod does not take the configuration, a proxy does not start. Often it is a text without quotes: `proxyMetadata` holds text only.",
    fix: "Write it as the message says.",
    sources: [protos, decoding],
    example: {
      fails:
        "istio: { istiod: { values: { meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: true } } } } } }",
      passes:
        'istio: { istiod: { values: { meshConfig: { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" } } } } } }',
    },
  },
  "istio/proxy-config": {
    meaning: "The annotation `proxy.istio.io/config` of a gateway's pods is no text that holds a YAML map.",
    why: "meshfront merges what you write with the number of trusted proxies, and the proxy reads it when it starts: what cannot be read keeps it from starting.",
    fix: 'Write one text, for instance `\'{"drainDuration": "20s"}\'`.',
    sources: ["istio/istio, pilot/cmd/pilot-agent/config/config.go (getMeshConfig)"],
    example: {
      fails: "gateways: { ingress: { values: { podAnnotations: { proxy.istio.io/config: drain } } } }",
      passes: `gateways: { ingress: { values: { podAnnotations: { proxy.istio.io/config: '{"drainDuration": "20s"}' } } } }`,
    },
  },
  "istio/trusted-proxies": {
    meaning:
      "A gateway behind a load balancer trusts no proxy, or the key and the annotation name different numbers.",
    why: "The load balancer says by X-Forwarded-Proto that a client came by HTTPS. Envoy overwrites what no trusted proxy says: applications see plain HTTP, and their redirects to HTTPS never end.",
    fix: "Write 1 for the load balancer, 2 with a CDN before it, in one place.",
    sources: ["istio.io, Configuring Gateway Network Topology"],
    example: {
      fails:
        "istio: { istiod: { values: { meshConfig: { defaultConfig: { gatewayTopology: { numTrustedProxies: 0 } } } } } }",
      passes:
        "istio: { istiod: { values: { meshConfig: { defaultConfig: { gatewayTopology: { numTrustedProxies: 2 } } } } } }",
    },
  },
  "istio/service-field": {
    meaning: "The gateway chart prints a value into its Service that the API server refuses there.",
    why: "The chart prints fields of the type LoadBalancer whatever the type is. The API server refuses the Service, the gateway's Application never becomes healthy, and the waves after it wait.",
    fix: "Remove it. What restricts a load balancer stands on the ingress: `inboundCidrs`.",
    sources: [apiServer],
    example: {
      fails: "gateways: { ingress: { values: { service: { loadBalancerSourceRanges: [10.0.0.0/8] } } } }",
      passes: "gateways: { ingress: { values: { service: { externalTrafficPolicy: Local } } } }",
    },
  },
  "istio/service-ip-family": {
    meaning: "The gateway's Service has IPv6, and a load balancer that leads there has not.",
    why: "The controller fails the whole Ingress: `unsupported IPv6 configuration, lb not dual-stack`.",
    fix: "Remove the line, or add `ip-address-type: dualstack` to every ingress of the gateway.",
    sources: [
      "pkg/ingress/model_build_target_group.go of the controller at v3.5.0, run",
      "github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2668",
    ],
    example: {
      fails: "gateways: { ingress: { values: { service: { ipFamilyPolicy: RequireDualStack } } } }",
      passes: `gateways: { ingress: { values: { service: { ipFamilyPolicy: RequireDualStack } } } }
ingresses: { services: { annotations: { ip-address-type: dualstack } } }`,
    },
  },
  "istio/load-balancer-annotation": {
    meaning: "An annotation for a load balancer of the gateway's own Service has no effect: it has none.",
    why: "The controllers of load balancers read `service.beta.kubernetes.io/aws-load-balancer-…` of Services of the type LoadBalancer only; here an Ingress leads to the gateway.",
    fix: "Remove it. Scheme, subnets, attributes and tags have keys on the ingress.",
    sources: ["kubernetes-sigs/aws-load-balancer-controller, docs/guide/service/annotations.md"],
    example: {
      fails: `gateways:
  ingress: { values: { service: { annotations: { service.beta.kubernetes.io/aws-load-balancer-type: nlb } } } }`,
      passes: `gateways:
  ingress: { values: { service: { annotations: { example.com/owner: platform } } } }`,
    },
  },
  "istio/kubernetes-value": {
    meaning: "The gateway chart prints a value into an object that the API server then refuses.",
    why: "Neither the chart's schema nor Helm looks at labels, annotations, amounts or numbers of replicas as the API server does. It refuses the object, and the gateway is not installed or not updated.",
    fix: "Write it as the message says.",
    sources: [apiServer],
    example: {
      fails: "gateways: { ingress: { values: { labels: { team: platform team } } } }",
      passes: "gateways: { ingress: { values: { labels: { team: platform-team } } } }",
    },
  },
  "istio/pod-value": {
    meaning:
      "Istio's charts copy a value into a pod or an autoscaler, where Kubernetes has no such field, or one of another type.",
    why: "`affinity`, `tolerations`, volumes, probes and their like pass Helm and the charts' schemas whatever they hold. Argo CD applies strictly: the API server refuses the Deployment, and the chart's Application stays as it was.",
    fix: "Take the name from the message.",
    sources: ["Kubernetes 1.36.1, api/openapi-spec/swagger.json", apiServer],
    example: {
      fails: "gateways: { ingress: { values: { affinity: { podAntiAffinty: {} } } } }",
      passes: "gateways: { ingress: { values: { affinity: { podAntiAffinity: {} } } } }",
    },
  },
};
