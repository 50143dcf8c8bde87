// Rules on values that the charts do not read. Like config/rules/*.cases.ts, but only `check` runs them.
import type { RuleCase } from "../rules/rule-case.ts";

export const valueCases: readonly RuleCase[] = [
  {
    code: "istio/dead-value",
    title: "names the chart that reads what the IstioBaseAddOn of cdk-eks-blueprints gives to base",
    fails: `
      istio:
        version: 1.31.0-rc.0
        base:
          values:
            global:
              istiod: { enableAnalysis: true }
              configValidation: true
              base: { enableIstioConfigCRDs: true }
              externalIstiod: false
              remotePilotAddress: ""
              validationURL: ""
    `,
    problems: `
      clusters/demo.yaml:6:9 warning istio/dead-value: nothing in the base chart reads global.istiod
        The istiod chart reads it: write istio.istiod.values.global.istiod.enableAnalysis.
      clusters/demo.yaml:7:9 warning istio/dead-value: nothing in the base chart reads global.configValidation
        The istiod chart reads it: write istio.istiod.values.global.configValidation.
      clusters/demo.yaml:8:9 warning istio/dead-value: nothing in the base chart reads global.base
        Write base.enableCRDTemplates or base.excludedCRDs.
      clusters/demo.yaml:9:9 warning istio/dead-value: nothing in the base chart reads global.externalIstiod
        The istiod chart reads it: write istio.istiod.values.global.externalIstiod.
      clusters/demo.yaml:10:9 warning istio/dead-value: nothing in the base chart reads global.remotePilotAddress
        The istiod chart reads it: write istio.istiod.values.global.remotePilotAddress.
      clusters/demo.yaml:11:9 warning istio/dead-value: nothing in the base chart reads global.validationURL
        Write base.validationURL.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            global: { istiod: { enableAnalysis: true }, configValidation: true, externalIstiod: false }
    `,
  },
  {
    code: "istio/dead-value",
    title: "says which name the chart has for it, once for a map of which nothing is read",
    fails: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            autoscaling: { minReplicas: 3, maxReplicas: 9 }
            podDisruptionBudget: { minAvailable: 2 }
            gateways: { istio-ingressgateway: { enabled: true, type: NodePort } }
            global: { mtls: { auto: true }, proxy: { accessLogFile: /dev/stdout, logLevell: debug } }
            priorityClassName: system-cluster-critical
            pilot: { ingress: web, traceSamplin: 50 }
    `,
    problems: `
      clusters/demo.yaml:5:7 warning istio/dead-value: nothing in the istiod chart reads autoscaling
        In this chart it is autoscaleMin and autoscaleMax: set istio.istiod.replicas.
      clusters/demo.yaml:6:7 warning istio/dead-value: nothing in the istiod chart reads podDisruptionBudget
        In this chart it is pdb.
      clusters/demo.yaml:7:19 warning istio/dead-value: nothing in the istiod chart reads gateways.istio-ingressgateway
        The ingress gateway is a chart of its own: write gateways.<key>.values.
      clusters/demo.yaml:8:17 warning istio/dead-value: nothing in the istiod chart reads global.mtls
        Write a PeerAuthentication; automatic mutual TLS is meshConfig.enableAutoMtls.
      clusters/demo.yaml:8:48 warning istio/dead-value: nothing in the istiod chart reads global.proxy.accessLogFile
        Write meshConfig.accessLogFile.
      clusters/demo.yaml:8:76 warning istio/dead-value: nothing in the istiod chart reads global.proxy.logLevell
        Did you mean global.proxy.logLevel?
      clusters/demo.yaml:9:7 warning istio/dead-value: nothing in the istiod chart reads priorityClassName
        Write global.priorityClassName.
      clusters/demo.yaml:10:16 warning istio/dead-value: nothing in the istiod chart reads pilot.ingress
        Remove it.
      clusters/demo.yaml:10:30 warning istio/dead-value: nothing in the istiod chart reads pilot.traceSamplin
        Did you mean traceSampling?
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            pdb: { minAvailable: 1 }
            global: { proxy: { logLevel: debug }, priorityClassName: system-cluster-critical }
            meshConfig: { accessLogFile: /dev/stdout, anything: { below: it } }
            deploymentAnnotations: { a/b: c }
            env: { MY_OWN: "1" }
            pilot: { traceSampling: 50, env: { MINE: "2" } }
    `,
  },
  {
    code: "istio/dead-value",
    title: "judges by the nearest version, and knows where a newer one reads the value",
    fails: `
      istio:
        version: 1.30.9
      gateways:
        ingress:
          values:
            service: { healthCheckNodePort: 31000, nodePorts: { http2: 30080 }, labels: { team: a } }
            autoscaling: { behavior: { scaleDown: {} } }
            runAsRoot: true
            global: { hub: docker.io/istio, tolerations: [] }
    `,
    problems: `
      clusters/demo.yaml:6:18 warning istio/dead-value: nothing in the gateway chart reads service.healthCheckNodePort (measured at 1.30.3)
        The chart of Istio 1.31 is the first that reads it.
      clusters/demo.yaml:6:46 warning istio/dead-value: nothing in the gateway chart reads service.nodePorts (measured at 1.30.3)
        A NodePort stands in service.ports; to fix that of the health check, use healthCheck.mode: pinned.
      clusters/demo.yaml:6:75 warning istio/dead-value: nothing in the gateway chart reads service.labels (measured at 1.30.3)
        Write labels.
      clusters/demo.yaml:7:22 warning istio/dead-value: nothing in the gateway chart reads autoscaling.behavior (measured at 1.30.3)
        In this chart it is autoscaling.autoscaleBehavior.
      clusters/demo.yaml:8:7 warning istio/dead-value: nothing in the gateway chart reads runAsRoot (measured at 1.30.3)
        Write securityContext and containerSecurityContext.
      clusters/demo.yaml:9:17 warning istio/dead-value: nothing in the gateway chart reads global.hub (measured at 1.30.3)
        The gateway's image comes from its injection: set istio.hub.
    `,
    passes: `
      istio:
        version: 1.31.9
      gateways:
        ingress:
          values:
            service: { annotations: { team: a } }
            autoscaling: { autoscaleBehavior: { scaleDown: {} } }
            global: { tolerations: [] }
            labels: { team: a }
            podAnnotations: { team: a }
            resources: { limits: { ephemeral-storage: 1Gi } }
    `,
  },
  {
    code: "istio/dead-value",
    title: "knows the patches that begin to read the failure policy",
    fails: `
      istio:
        version: 1.29.1
        base: { values: { base: { validationFailurePolicy: Fail } } }
        istiod: { values: { base: { validationFailurePolicy: Fail } } }
    `,
    problems: `
      clusters/demo.yaml:3:29 warning istio/dead-value: nothing in the base chart reads base.validationFailurePolicy (measured at 1.29.6)
        The first charts that read it are those of 1.28.6, 1.29.2 and 1.30.0.
      clusters/demo.yaml:4:31 warning istio/dead-value: nothing in the istiod chart reads base.validationFailurePolicy (measured at 1.29.6)
        The first charts that read it are those of 1.28.6, 1.29.2 and 1.30.0.
    `,
    passes: `
      istio:
        version: 1.29.2
        base: { values: { base: { validationFailurePolicy: Fail } } }
        istiod: { values: { base: { validationFailurePolicy: Fail } } }
    `,
  },
  {
    code: "istio/inert-value",
    title: "counts the replicas that meshfront computes",
    fails: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values: { replicaCount: 3, taint: { name: x } }
      gateways:
        ingress:
          replicas: { min: 1, max: 1 }
          values: { podDisruptionBudget: { minAvailable: 1 }, autoscaling: { maxReplicas: 9 } }
    `,
    problems: `
      clusters/demo.yaml:4:15 warning istio/inert-value: replicaCount has no effect in the istiod chart: it is read only with autoscaleEnabled: false
        Set istio.istiod.replicas with min equal to max, and remove the value: meshfront writes both.
      clusters/demo.yaml:4:41 warning istio/inert-value: taint.name has no effect in the istiod chart: it is read only with taint.enabled: true
        Write that as well, or remove the value.
      clusters/demo.yaml:8:15 warning istio/inert-value: podDisruptionBudget has no effect in the gateway chart: it is read only with more than one replica
        Set gateways.<key>.replicas.min to 2 or more: with one replica the chart makes no disruption budget.
      clusters/demo.yaml:8:72 warning istio/inert-value: autoscaling.maxReplicas has no effect in the gateway chart: it is not read with autoscaling.enabled: false
        Remove it, or change that.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          replicas: { min: 2, max: 2 }
          values: { replicaCount: 3, pdb: { minAvailable: 2 }, taint: { name: x, enabled: true } }
      gateways:
        ingress:
          replicas: { min: 3, max: 9 }
          values: { podDisruptionBudget: { minAvailable: 2 }, autoscaling: { maxReplicas: 9 } }
    `,
  },
  {
    code: "istio/inert-value",
    title: "knows what a value excludes",
    fails: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            global: { defaultResources: { requests: { cpu: 10m } }, tracer: { zipkin: { address: a } } }
            configMap: false
            meshConfig: { accessLogFile: /dev/stdout }
      gateways:
        ingress:
          values:
            kind: DaemonSet
            autoscaling: { minReplicas: 3 }
            service: { loadBalancerClass: service.k8s.aws/nlb, loadBalancerIP: 10.0.0.1 }
    `,
    problems: `
      clusters/demo.yaml:5:49 warning istio/inert-value: global.defaultResources.requests.cpu has no effect in the istiod chart: it is read only with resources: null
        Write istio.istiod.values.resources: the chart has requests of its own, so the defaults never apply.
      clusters/demo.yaml:5:83 warning istio/inert-value: global.tracer.zipkin.address has no effect in the istiod chart: it is read only with global.proxy.tracer: zipkin
        Write that as well, or remove the value.
      clusters/demo.yaml:12:22 warning istio/inert-value: autoscaling.minReplicas has no effect in the gateway chart: it is not read with kind: DaemonSet
        Remove it, or change that.
      clusters/demo.yaml:13:18 warning istio/inert-value: service.loadBalancerClass has no effect in the gateway chart: it is not read with service.type: NodePort
        Remove it: the load balancers reach the gateway through NodePorts.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            resources: { requests: { cpu: 10m } }
            global: { proxy: { tracer: zipkin }, tracer: { zipkin: { address: a } }, meshID: m }
            meshConfig: { accessLogFile: /dev/stdout }
      gateways:
        ingress:
          values:
            autoscaling: { minReplicas: 3 }
            service: { externalTrafficPolicy: Local }
    `,
  },
  {
    code: "istio/inert-value",
    title: "asks the values as a profile leaves them, and pilot over that",
    fails: `
      istio:
        version: 1.31.0-rc.0
        istiod: { values: { profile: demo, autoscaleMax: 9 } }
    `,
    problems: `
      clusters/demo.yaml:3:38 warning istio/inert-value: autoscaleMax has no effect in the istiod chart: it is not read with autoscaleEnabled: false
        Remove it, or change that.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod: { values: { profile: demo, autoscaleMax: 9, pilot: { autoscaleEnabled: true } } }
    `,
  },
  {
    code: "istio/shadowed-value",
    title: "knows that pilot wins in istiod, also from a profile or a compatibility version",
    fails: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            profile: demo
            compatibilityVersion: "1.27"
            traceSampling: 50
            resources: { requests: { cpu: 100m }, limits: { cpu: 1000m } }
            env: { DISABLE_SHADOW_HOST_SUFFIX: "true", MINE: "1" }
            nodeSelector: { a: b }
            pilot: { nodeSelector: { a: c } }
    `,
    problems: `
      clusters/demo.yaml:7:7 warning istio/shadowed-value: traceSampling has no effect in the istiod chart: pilot.traceSampling wins, which the profile or compatibility version sets (100)
        Write pilot.traceSampling instead, or remove one of the two.
      clusters/demo.yaml:8:32 warning istio/shadowed-value: resources.requests.cpu has no effect in the istiod chart: pilot.resources.requests.cpu wins, which the profile or compatibility version sets ("10m")
        Write pilot.resources.requests.cpu instead, or remove one of the two.
      clusters/demo.yaml:9:14 warning istio/shadowed-value: env.DISABLE_SHADOW_HOST_SUFFIX has no effect in the istiod chart: pilot.env.DISABLE_SHADOW_HOST_SUFFIX wins, which the profile or compatibility version sets ("false")
        Write pilot.env.DISABLE_SHADOW_HOST_SUFFIX instead, or remove one of the two.
      clusters/demo.yaml:10:7 warning istio/shadowed-value: nodeSelector.a has no effect in the istiod chart: pilot.nodeSelector.a wins ("c")
        Write pilot.nodeSelector.a instead, or remove one of the two.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            profile: demo
            compatibilityVersion: "1.27"
            resources: { limits: { cpu: 1000m } }
            env: { MINE: "1", ENABLE_NATIVE_SIDECARS: "true" }
            pilot: { traceSampling: 50, env: { DISABLE_SHADOW_HOST_SUFFIX: "true" }, nodeSelector: { a: c } }
    `,
  },
  {
    code: "istio/shadowed-value",
    title: "knows that global loses in the gateway, also against what meshfront computes",
    fails: `
      istio:
        version: 1.31.0-rc.0
      gateways:
        ingress:
          values:
            nodeSelector: { a: b }
            global: { nodeSelector: { a: c }, autoscaling: { minReplicas: 4 } }
    `,
    problems: `
      clusters/demo.yaml:7:17 warning istio/shadowed-value: global.nodeSelector.a has no effect in the gateway chart: nodeSelector.a wins ("b")
        Write nodeSelector.a instead.
      clusters/demo.yaml:7:56 warning istio/shadowed-value: global.autoscaling.minReplicas has no effect in the gateway chart: autoscaling.minReplicas wins (2)
        Write autoscaling.minReplicas instead.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
      gateways:
        ingress:
          values:
            nodeSelector: { a: b }
            autoscaling: { minReplicas: 4 }
            global: { terminationGracePeriodSeconds: 60, nodeSelector: { b: c } }
    `,
  },
  {
    code: "istio/shadowed-value",
    title: "knows which of several images and providers istiod takes",
    fails: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            hub: example.com/istiod
            global: { hub: example.com/proxies, platform: gke }
            platform: openshift
            meshConfig: { defaultProviders: { metrics: [prometheus] } }
            telemetry: { v2: { prometheus: { enabled: true } } }
    `,
    problems: `
      clusters/demo.yaml:6:17 warning istio/shadowed-value: global.hub reaches the proxies only: istiod's own image takes hub ("example.com/istiod")
        Remove hub if both should be the same.
      clusters/demo.yaml:9:40 warning istio/shadowed-value: telemetry.v2.prometheus.enabled has no effect in the istiod chart beside meshConfig.defaultProviders
        Remove one of the two.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod:
          values:
            global: { hub: example.com/istio, platform: gke }
            telemetry: { v2: { prometheus: { enabled: true } } }
    `,
  },
  {
    code: "istio/shadowed-value",
    title: "leaves the hub of the proxies alone where the image of istiod is complete",
    fails: `
      istio:
        version: 1.31.0-rc.0
        istiod: { values: { image: example.com/pilot:1.31.1, tag: "1.31.0", global: { hub: example.com } } }
    `,
    problems: `
      clusters/demo.yaml:3:56 warning istio/shadowed-value: tag has no effect in the istiod chart beside an image with a "/", which is taken as it is
        Remove one of the two.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod: { values: { image: example.com/pilot:1.31.1, global: { hub: example.com } } }
    `,
  },
  {
    code: "istio/pull-secret-names",
    title: "refuses istiod's form in the gateway",
    fails: `
      istio:
        version: 1.31.0-rc.0
        istiod: { values: { global: { imagePullSecrets: [registry] } } }
      gateways:
        ingress: { values: { global: { imagePullSecrets: [registry, { name: other }] } } }
    `,
    problems: `
      clusters/demo.yaml:5:53 warning istio/pull-secret-names: expected {name: …} in global.imagePullSecrets of the gateway chart, found "registry": it is printed into the Deployment as it stands, where a map must stand
        Write {name: registry}, at imagePullSecrets, where the chart's schema checks it.
    `,
    passes: `
      istio:
        version: 1.31.0-rc.0
        istiod: { values: { global: { imagePullSecrets: [registry] } } }
      gateways:
        ingress: { values: { imagePullSecrets: [{ name: registry }] } }
    `,
  },
];
