import type { RuleCase } from "./rule-case.ts";

export const meshCases: readonly RuleCase[] = [
  {
    code: "istio/unknown-mesh-field",
    title: "names what Istio does not know, as the person wrote it",
    fails: `
      istio:
        istiod:
          values:
            meshConfig:
              accesLogFile: /dev/stdout
              defaultConfig:
                holdApplicationUntilProxyStart: true
              extensionProviders:
                - name: login
                  envoyExtAuthzHttp: { servce: a.b, port: 80 }
    `,
    problems: `
      clusters/demo.yaml:5:9 warning istio/unknown-mesh-field: meshConfig.accesLogFile: there is no accesLogFile there (protos of Istio 1.31.1): istiod ignores it, silently
        Did you mean accessLogFile?
      clusters/demo.yaml:7:11 warning istio/unknown-mesh-field: meshConfig.defaultConfig.holdApplicationUntilProxyStart: there is no holdApplicationUntilProxyStart there (protos of Istio 1.31.1): istiod ignores it, silently
        Did you mean holdApplicationUntilProxyStarts?
      clusters/demo.yaml:10:34 warning istio/unknown-mesh-field: meshConfig.extensionProviders[0].envoyExtAuthzHttp.servce: there is no servce there (protos of Istio 1.31.1): istiod ignores it, silently
        Did you mean service?
    `,
    passes: `
      istio:
        istiod:
          values:
            meshConfig:
              accessLogFile: /dev/stdout
              defaultConfig:
                holdApplicationUntilProxyStarts: true
              extensionProviders:
                - name: login
                  envoyExtAuthzHttp: { service: a.b, port: 80 }
    `,
  },
  {
    code: "istio/unknown-mesh-field",
    title: "reads the names of the protos too, and the annotation of the pods",
    fails: `
      gateways:
        ingress:
          values:
            podAnnotations:
              proxy.istio.io/config: '{"concurency": 2, "drain_duration": "20s"}'
    `,
    problems: `
      clusters/demo.yaml:5:9 warning istio/unknown-mesh-field: concurency: there is no concurency there (protos of Istio 1.31.1): the gateway's proxy ignores it, silently
        Did you mean concurrency?
    `,
    passes: `
      gateways:
        ingress:
          values:
            podAnnotations:
              proxy.istio.io/config: '{"concurrency": 2, "drain_duration": "20s"}'
    `,
  },
  {
    code: "istio/mesh-field-type",
    title: "knows text, flags, numbers, durations, words, lists and maps",
    fails: `
      istio:
        istiod:
          values:
            meshConfig:
              accessLogFile: 3
              enableTracing: "true"
              connectTimeout: 10
              accessLogEncoding: json
              trustDomainAliases: example.org
              defaultConfig:
                concurrency: two
                proxyMetadata: { ISTIO_META_DNS_CAPTURE: true }
                tracing: { sampling: all }
                gatewayTopology: 2
    `,
    problems: `
      clusters/demo.yaml:5:9 error istio/mesh-field-type: meshConfig.accessLogFile: expected text, found 3 (protos of Istio 1.31.1): istiod refuses all of it
        Put it in quotes.
      clusters/demo.yaml:6:9 error istio/mesh-field-type: meshConfig.enableTracing: expected true or false without quotes, found "true" (protos of Istio 1.31.1): istiod refuses all of it
        Correct the value.
      clusters/demo.yaml:7:9 error istio/mesh-field-type: meshConfig.connectTimeout: expected a duration in quotes such as 30s, found 10 (protos of Istio 1.31.1): istiod refuses all of it
        Correct the value.
      clusters/demo.yaml:8:9 error istio/mesh-field-type: meshConfig.accessLogEncoding: expected one of TEXT, JSON, found "json" (protos of Istio 1.31.1): istiod refuses all of it
        Correct the value.
      clusters/demo.yaml:9:9 error istio/mesh-field-type: meshConfig.trustDomainAliases: expected a list, found "example.org" (protos of Istio 1.31.1): istiod refuses all of it
        Correct the value.
      clusters/demo.yaml:11:11 error istio/mesh-field-type: meshConfig.defaultConfig.concurrency: expected a whole number, found "two" (protos of Istio 1.31.1): istiod refuses all of it
        Correct the value.
      clusters/demo.yaml:12:28 error istio/mesh-field-type: meshConfig.defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE: expected text, found true (protos of Istio 1.31.1): istiod refuses all of it
        Put it in quotes.
      clusters/demo.yaml:13:22 error istio/mesh-field-type: meshConfig.defaultConfig.tracing.sampling: expected a number, found "all" (protos of Istio 1.31.1): istiod refuses all of it
        Correct the value.
      clusters/demo.yaml:14:11 error istio/mesh-field-type: meshConfig.defaultConfig.gatewayTopology: expected a map, found 2 (protos of Istio 1.31.1): istiod refuses all of it
        Correct the value.
    `,
    passes: `
      istio:
        istiod:
          values:
            meshConfig:
              accessLogFile: /dev/stdout
              enableTracing: true
              connectTimeout: 1m30s
              accessLogEncoding: JSON
              trustDomainAliases: [example.org]
              defaultConfig:
                concurrency: "2"
                proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true" }
                tracing: { sampling: 12.5 }
                gatewayTopology: { numTrustedProxies: 2 }
    `,
  },
  {
    code: "istio/proxy-config",
    title: "wants text that holds a map",
    fails: `
      gateways:
        ingress:
          values:
            podAnnotations:
              proxy.istio.io/config: drain
    `,
    problems: `
      clusters/demo.yaml:5:9 error istio/proxy-config: proxy.istio.io/config: expected text that holds a YAML map, found "drain": the gateway's proxies would not start
        Write for instance '{"drainDuration": "20s"}', in quotes.
    `,
    passes: `
      gateways:
        ingress:
          values:
            podAnnotations:
              proxy.istio.io/config: 'drainDuration: 20s'
    `,
  },
  {
    code: "istio/proxy-config",
    title: "wants one text, not the map itself; below global too",
    fails: `
      gateways:
        ingress:
          values:
            global: { podAnnotations: { proxy.istio.io/config: '[]' } }
    `,
    problems: `
      clusters/demo.yaml:4:35 error istio/proxy-config: proxy.istio.io/config: expected text that holds a YAML map, found "[]": the gateway's proxies would not start
        Write for instance '{"drainDuration": "20s"}', in quotes.
    `,
    passes: `
      gateways:
        ingress:
          values:
            global: { podAnnotations: { proxy.istio.io/config: '{}' } }
    `,
  },
  {
    code: "istio/trusted-proxies",
    title: "wants one at least, wherever that is said",
    fails: `
      istio:
        istiod:
          values:
            meshConfig:
              defaultConfig: { gatewayTopology: { numTrustedProxies: 0 } }
    `,
    problems: `
      clusters/demo.yaml:5:45 error istio/trusted-proxies: expected numTrustedProxies of at least 1, found 0: a load balancer stands in front of the gateway ingress, and Envoy would tell every application that requests came by plain HTTP
        Write 1 for the load balancer, 2 with a CDN before it, or remove the line.
    `,
    passes: `
      istio:
        istiod:
          values:
            meshConfig:
              defaultConfig: { gatewayTopology: { numTrustedProxies: 2 } }
    `,
  },
  {
    code: "istio/trusted-proxies",
    title: "knows the annotation of the pods, which has the last word",
    fails: `
      gateways:
        ingress:
          values:
            podAnnotations:
              proxy.istio.io/config: '{"gatewayTopology": {"numTrustedProxies": 0}}'
    `,
    problems: `
      clusters/demo.yaml:5:9 error istio/trusted-proxies: expected numTrustedProxies of at least 1, found 0: a load balancer stands in front of the gateway ingress, and Envoy would tell every application that requests came by plain HTTP
        Write 1 for the load balancer, 2 with a CDN before it, or remove the line.
    `,
    passes: `
      gateways:
        ingress:
          values:
            podAnnotations:
              proxy.istio.io/config: '{"gatewayTopology": {"forwardClientCertDetails": "SANITIZE"}}'
    `,
  },
  {
    code: "istio/trusted-proxies",
    title: "does not let the key and the annotation contradict each other",
    fails: `
      gateways:
        ingress:
          trustedProxies: 2
          values: { podAnnotations: { proxy.istio.io/config: '{"gatewayTopology": {"numTrustedProxies": 1}}' } }
    `,
    problems: `
      clusters/demo.yaml:4:33 error istio/trusted-proxies: expected numTrustedProxies 2 as in trustedProxies, found 1, which would win
        Keep one of the two.
    `,
    passes: `
      gateways:
        ingress:
          trustedProxies: 2
          values: { podAnnotations: { proxy.istio.io/config: '{"gatewayTopology": {"numTrustedProxies": 2}}' } }
    `,
  },
];
