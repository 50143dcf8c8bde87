import type { RuleCase } from "./rule-case.ts";

export const istioValueCases: readonly RuleCase[] = [
  {
    code: "istio/null-value",
    title: "says what to write where the case is known",
    fails: `
      istio:
        istiod:
          values:
            resources: null
            meshConfig:
              enablePrometheusMerge: ~
      gateways:
        ingress:
          values:
            podAnnotations:
    `,
    problems: `
      clusters/demo.yaml:4:7 error istio/null-value: resources: null is lost on the way to Argo CD, and deletes no default in Istio's charts
        Write the requests and limits you mean: those of the chart cannot be removed.
      clusters/demo.yaml:6:9 error istio/null-value: meshConfig.enablePrometheusMerge: null is lost on the way to Argo CD, and deletes no default in Istio's charts
        Write false.
      clusters/demo.yaml:10:7 error istio/null-value: podAnnotations: null is lost on the way to Argo CD, and deletes no default in Istio's charts
        No spelling removes the chart's annotations, {} neither: remove the line, or write single ones anew.
    `,
    passes: `
      istio:
        istiod:
          values:
            resources: { requests: { cpu: 100m } }
            meshConfig:
              enablePrometheusMerge: false
      gateways:
        ingress:
          values:
            podAnnotations: { prometheus.io/scrape: "false" }
    `,
  },
  {
    code: "istio/null-value",
    title: "says what type the gateway chart takes where that is known",
    fails: `
      gateways:
        ingress:
          values:
            terminationGracePeriodSeconds: null
            podAnnotations: { prometheus.io/port: null }
            tolerations: null
    `,
    problems: `
      clusters/demo.yaml:4:7 error istio/null-value: terminationGracePeriodSeconds: null is lost on the way to Argo CD, and deletes no default in Istio's charts
        Remove the line to keep the chart's default, or write a number.
      clusters/demo.yaml:5:25 error istio/null-value: podAnnotations.prometheus.io/port: null is lost on the way to Argo CD, and deletes no default in Istio's charts
        Remove the line to keep the chart's default, or write text.
      clusters/demo.yaml:6:7 error istio/null-value: tolerations: null is lost on the way to Argo CD, and deletes no default in Istio's charts
        Remove the line to keep the chart's default, or write a list.
    `,
    passes: `
      gateways:
        ingress:
          values:
            terminationGracePeriodSeconds: 60
            podAnnotations: { prometheus.io/port: "15020" }
            tolerations: []
    `,
  },
  {
    code: "istio/null-value",
    title: "finds nulls in lists and says the general thing",
    fails: `
      istio:
        istiod:
          values:
            env: { A: [x, null] }
    `,
    problems: `
      clusters/demo.yaml:4:21 error istio/null-value: env.A[1]: null is lost on the way to Argo CD, and deletes no default in Istio's charts
        Remove the line to keep the chart's default, or write the value you mean: false, 0, "", [] or {}.
    `,
    passes: `
      istio:
        istiod:
          values:
            env: { A: [x, ""] }
    `,
  },
  {
    code: "istio/internal-defaults",
    title: "refuses the keys that Istio keeps to itself, in all three charts",
    fails: `
      istio:
        base: { values: { defaults: {} } }
        istiod: { values: { _internal_defaults_do_not_set: { resources: {} } } }
      gateways:
        ingress:
          values:
            _internal_defaults_do_not_set:
              service: { type: NodePort }
    `,
    problems: `
      clusters/demo.yaml:2:21 error istio/internal-defaults: the key defaults is not for users of the base chart: nothing below it is validated, or the chart fails
        Write the same keys at the top level of the values.
      clusters/demo.yaml:3:23 error istio/internal-defaults: the key _internal_defaults_do_not_set is not for users of the istiod chart: nothing below it is validated, or the chart fails
        Write the same keys at the top level of the values.
      clusters/demo.yaml:7:7 error istio/internal-defaults: the key _internal_defaults_do_not_set is not for users of the gateway chart: nothing below it is validated, or the chart fails
        Write the same keys at the top level of the values.
    `,
    passes: `
      gateways:
        ingress:
          values:
            service: { type: NodePort }
    `,
  },
  {
    code: "istio/unknown-name",
    title: "refuses a platform and a profile that the charts have no file for",
    fails: `
      istio:
        istiod: { values: { platform: eks, global: { profile: stabel } } }
    `,
    problems: `
      clusters/demo.yaml:2:23 error istio/unknown-name: the istiod chart fails on platform: "eks" (measured at 1.31.0-rc.0)
        Known: gke, k3d, k3s, microk8s, minikube, openshift. EKS needs none.
      clusters/demo.yaml:2:48 error istio/unknown-name: the istiod chart fails on global.profile: "stabel" (measured at 1.31.0-rc.0)
        Did you mean stable?
    `,
    passes: `
      istio:
        istiod: { values: { platform: "", global: { profile: stable } } }
    `,
  },
  {
    code: "istio/unknown-name",
    title: "wants compatibilityVersion in quotes",
    fails: `
      istio:
        istiod: { values: { compatibilityVersion: 1.30 } }
    `,
    problems: `
      clusters/demo.yaml:2:23 error istio/unknown-name: the istiod chart fails on compatibilityVersion: 1.3 (measured at 1.31.0-rc.0)
        Put it in quotes. Known: 1.25, 1.26, 1.27, 1.28, 1.29, 1.30.
    `,
    passes: `
      istio:
        istiod: { values: { compatibilityVersion: "1.30" } }
    `,
  },
  {
    code: "istio/removed-value",
    title: "refuses what istiod fails on",
    fails: `
      istio:
        istiod:
          values:
            telemetry: { v2: { prometheus: { configOverride: {} } } }
            global: { pilotCertProvider: kubernetes }
    `,
    problems: `
      clusters/demo.yaml:4:40 error istio/removed-value: the istiod chart fails on telemetry.v2.prometheus.configOverride: it was removed (measured at 1.31.0-rc.0)
        Remove the value; the Telemetry API replaces it.
      clusters/demo.yaml:5:17 error istio/removed-value: the istiod chart fails on global.pilotCertProvider: kubernetes (measured at 1.31.0-rc.0)
        Remove the value: istiod is its own provider.
    `,
    passes: `
      istio:
        istiod:
          values:
            telemetry: { v2: { prometheus: { enabled: false } } }
    `,
  },
  {
    code: "istio/unknown-root-value",
    title: "refuses what the gateway's schema refuses, and suggests the nearest key",
    fails: `
      gateways:
        ingress: { values: { tolerationz: [], extraManifests: [] } }
    `,
    problems: `
      clusters/demo.yaml:2:24 error istio/unknown-root-value: the gateway chart fails on the unknown value tolerationz (measured at 1.31.0-rc.0)
        Did you mean tolerations?
      clusters/demo.yaml:2:41 error istio/unknown-root-value: the gateway chart fails on the unknown value extraManifests (measured at 1.31.0-rc.0)
        Known: additionalContainers, affinity, annotations, autoscaling, compatibilityVersion, containerSecurityContext, defaultRevision, dnsConfig, dnsPolicy, enabled, env, envVarFrom, global, imagePullPolicy, imagePullSecrets, initContainers, kind, labels, lifecycle, minReadySeconds, name, networkGateway, networkGatewayPorts, nodeSelector, pilot, platform, podAnnotations, podDisruptionBudget, priorityClassName, profile, rbac, readinessProbe, replicaCount, resources, revision, runAsRoot, securityContext, service, serviceAccount, strategy, terminationGracePeriodSeconds, tolerations, topologySpreadConstraints, unprivilegedPort, volumeMounts, volumes.
    `,
    passes: `
      gateways:
        ingress: { values: { tolerations: [] } }
    `,
  },
  {
    code: "istio/unknown-root-value",
    title: "knows that a key is younger than the version, by the nearest version measured",
    fails: `
      istio:
        version: 1.30.5
      gateways:
        ingress: { values: { dnsPolicy: ClusterFirst } }
    `,
    problems: `
      clusters/demo.yaml:4:24 error istio/unknown-root-value: the gateway chart fails on the unknown value dnsPolicy (measured at 1.30.3)
        Known: additionalContainers, affinity, annotations, autoscaling, compatibilityVersion, containerSecurityContext, defaultRevision, enabled, env, envVarFrom, global, imagePullPolicy, imagePullSecrets, initContainers, kind, labels, lifecycle, minReadySeconds, name, networkGateway, networkGatewayPorts, nodeSelector, pilot, platform, podAnnotations, podDisruptionBudget, priorityClassName, profile, rbac, readinessProbe, replicaCount, resources, revision, runAsRoot, securityContext, service, serviceAccount, strategy, terminationGracePeriodSeconds, tolerations, topologySpreadConstraints, unprivilegedPort, volumeMounts, volumes.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
      gateways:
        ingress: { values: { dnsPolicy: ClusterFirst } }
    `,
  },
  {
    code: "istio/value-type",
    title: "compares types with the gateway's schema",
    fails: `
      gateways:
        ingress:
          values:
            resources: { requests: { cpu: 2 } }
            kind: StatefulSet
            tolerations: {}
            service: { ports: [{ name: a, port: 80, targetPort: http }, { name: b, port: 15021 }] }
    `,
    problems: `
      clusters/demo.yaml:4:32 error istio/value-type: the gateway chart fails on resources.requests.cpu: expected text, found 2 (measured at 1.31.0-rc.0)
        Put it in quotes.
      clusters/demo.yaml:5:7 error istio/value-type: the gateway chart fails on kind: expected one of "Deployment", "DaemonSet", found "StatefulSet" (measured at 1.31.0-rc.0)
        Correct the value.
      clusters/demo.yaml:6:7 error istio/value-type: the gateway chart fails on tolerations: expected a list, found an empty map (measured at 1.31.0-rc.0)
        Correct the value.
      clusters/demo.yaml:7:47 error istio/value-type: the gateway chart fails on service.ports[0].targetPort: expected a whole number, found "http" (measured at 1.31.0-rc.0)
        Correct the value.
    `,
    passes: `
      gateways:
        ingress:
          values:
            resources: { requests: { cpu: "2" } }
            kind: DaemonSet
            tolerations: []
            service: { ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 15021 }] }
    `,
  },
  {
    code: "istio/service-type",
    title: "keeps the type that target groups need",
    fails: `
      gateways:
        ingress: { values: { service: { type: LoadBalancer } } }
    `,
    problems: `
      clusters/demo.yaml:2:35 error istio/service-type: expected NodePort, found "LoadBalancer": the load balancers reach the gateway through NodePorts
        Remove the line. With targetType ip on all of its ingresses it may be ClusterIP.
    `,
    passes: `
      gateways:
        ingress: { values: { service: { externalTrafficPolicy: Local } } }
    `,
  },
  {
    code: "istio/service-ports",
    title: "needs the status port and port 80",
    fails: `
      gateways:
        ingress:
          values:
            service:
              ports: [{ name: https, port: 443 }]
    `,
    problems: `
      clusters/demo.yaml:5:9 error istio/service-ports: expected port 15021 among service.ports, found 443
        The list replaces the chart's: write out status-port 15021, http2 80 and https 443 as well.
      clusters/demo.yaml:5:9 error istio/service-ports: expected port 80 among service.ports, found 443
        The list replaces the chart's: write out status-port 15021, http2 80 and https 443 as well.
    `,
    passes: `
      gateways:
        ingress:
          values:
            service:
              ports: [{ name: https, port: 443 }, { name: http, port: 80 }, { name: health, port: 15021 }]
    `,
  },
  {
    code: "istio/service-ports",
    title: "refuses networkGateway, which replaces the ports",
    fails: `
      gateways:
        ingress: { values: { networkGateway: network-1 } }
    `,
    problems: `
      clusters/demo.yaml:2:24 error istio/service-ports: networkGateway replaces the ports of the gateway's Service: the Ingresses would point at ports that are not there
        Install an east-west gateway as a gateway of its own, without an ingress.
    `,
    passes: `
      gateways:
        ingress: { values: { networkGateway: "" } }
    `,
  },
];
