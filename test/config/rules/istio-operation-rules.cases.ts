import type { RuleCase } from "./rule-case.ts";

export const istioOperationCases: readonly RuleCase[] = [
  {
    code: "istio/disruption-budget",
    title: "refuses budgets that let no pod go",
    fails: `
      istio:
        istiod:
          replicas: { min: 3, max: 3 }
          values: { pdb: { minAvailable: 3 } }
      gateways:
        ingress:
          values: { podDisruptionBudget: { minAvailable: 60% } }
    `,
    problems: `
      clusters/demo.yaml:4:22 error istio/disruption-budget: expected a disruption budget that lets one of 3 pods go, found minAvailable: 3: no node with such a pod could be drained
        Write minAvailable: 2 at most, or maxUnavailable: 1.
      clusters/demo.yaml:7:38 error istio/disruption-budget: expected a disruption budget that lets one of 2 pods go, found minAvailable: "60%": no node with such a pod could be drained
        Write minAvailable: 1 at most, or maxUnavailable: 1.
    `,
    passes: `
      istio:
        istiod:
          replicas: { min: 3, max: 3 }
          values: { pdb: { minAvailable: 2 } }
      gateways:
        ingress:
          values: { podDisruptionBudget: { minAvailable: 50% } }
    `,
  },
  {
    code: "istio/disruption-budget",
    title: "reads maxUnavailable, the other spelling of istiod's values, and replicas in the values",
    fails: `
      istio:
        istiod:
          values: { pilot: { pdb: { maxUnavailable: 0 } } }
      gateways:
        ingress:
          values: { autoscaling: { minReplicas: 3 }, podDisruptionBudget: { minAvailable: 4 } }
    `,
    problems: `
      clusters/demo.yaml:3:31 error istio/disruption-budget: expected a disruption budget that lets one of 2 pods go, found maxUnavailable: 0: no node with such a pod could be drained
        Write minAvailable: 1 at most, or maxUnavailable: 1.
      clusters/demo.yaml:6:71 error istio/disruption-budget: expected a disruption budget that lets one of 3 pods go, found minAvailable: 4: no node with such a pod could be drained
        Write minAvailable: 2 at most, or maxUnavailable: 1.
    `,
    passes: `
      istio:
        istiod:
          values: { pilot: { pdb: { maxUnavailable: 10% } } }
      gateways:
        ingress:
          values: { autoscaling: { minReplicas: 3 }, podDisruptionBudget: { minAvailable: 2 } }
    `,
  },
  {
    code: "istio/disruption-budget",
    title: "leaves alone what is not rendered, and a DaemonSet",
    fails: `
      istio:
        istiod: { values: { pdb: { minAvailable: 100% } } }
      gateways:
        ingress: { values: { podDisruptionBudget: { minAvailable: 2 } } }
    `,
    problems: `
      clusters/demo.yaml:2:30 error istio/disruption-budget: expected a disruption budget that lets one of 2 pods go, found minAvailable: "100%": no node with such a pod could be drained
        Write minAvailable: 1 at most, or maxUnavailable: 1.
      clusters/demo.yaml:4:47 error istio/disruption-budget: expected a disruption budget that lets one of 2 pods go, found minAvailable: 2: no node with such a pod could be drained
        Write minAvailable: 1 at most, or maxUnavailable: 1.
    `,
    passes: `
      istio:
        istiod:
          values: { pdb: { minAvailable: 100% }, global: { defaultPodDisruptionBudget: { enabled: false } } }
      gateways:
        ingress:
          values: { kind: DaemonSet, podDisruptionBudget: { minAvailable: 2 } }
    `,
  },
  {
    code: "istio/disruption-budget",
    title: "refuses both keys at once; one alone takes the place of what meshfront computes",
    fails: `
      gateways:
        ingress: { values: { podDisruptionBudget: { minAvailable: 1, maxUnavailable: 1 } } }
    `,
    problems: `
      clusters/demo.yaml:2:24 error istio/disruption-budget: expected minAvailable or maxUnavailable, found both: Kubernetes refuses the budget
        Keep one of the two.
    `,
    passes: `
      gateways:
        ingress: { values: { podDisruptionBudget: { maxUnavailable: 1 } } }
    `,
  },
  {
    code: "istio/disruption-budget",
    title: "has nothing to say of a single replica, for which there is no budget",
    fails: `
      gateways:
        ingress: { replicas: { min: 2, max: 2 }, values: { podDisruptionBudget: { minAvailable: 2 } } }
    `,
    problems: `
      clusters/demo.yaml:2:77 error istio/disruption-budget: expected a disruption budget that lets one of 2 pods go, found minAvailable: 2: no node with such a pod could be drained
        Write minAvailable: 1 at most, or maxUnavailable: 1.
    `,
    passes: `
      gateways:
        ingress: { replicas: { min: 1, max: 1 }, values: { podDisruptionBudget: { minAvailable: 1 } } }
    `,
  },
  {
    code: "istio/image-skew",
    title: "keeps control plane and proxies within one minor of the charts",
    fails: `
      istio:
        version: 1.31.1
        istiod:
          values:
            global: { tag: 1.29.6-distroless, proxy: { image: "cache.example.com:5000/istio/proxyv2:1.33.0" } }
            pilot: { tag: 2.0.0 }
    `,
    problems: `
      clusters/demo.yaml:5:17 error istio/image-skew: expected an image at most one minor away from the charts of 1.31.1, found "1.29.6-distroless": Istio supports no more between control plane and proxies
        Remove the value, and upgrade with istio.version, one minor at a time.
      clusters/demo.yaml:5:50 error istio/image-skew: expected an image at most one minor away from the charts of 1.31.1, found "cache.example.com:5000/istio/proxyv2:1.33.0": Istio supports no more between control plane and proxies
        Remove the value, and upgrade with istio.version, one minor at a time.
      clusters/demo.yaml:6:16 error istio/image-skew: expected an image at most one minor away from the charts of 1.31.1, found "2.0.0": Istio supports no more between control plane and proxies
        Remove the value, and upgrade with istio.version, one minor at a time.
    `,
    passes: `
      istio:
        version: 1.31.1
        istiod:
          values:
            global: { tag: 1.30.4-distroless, proxy: { image: "cache.example.com:5000/istio/proxyv2:stable" } }
            pilot: { tag: 1.32.0 }
    `,
  },
  {
    code: "istio/compatibility-skew",
    title: "warns of behaviour that is more than one minor old",
    fails: `
      istio:
        version: 1.31.1
        istiod: { values: { compatibilityVersion: "1.29" } }
      gateways:
        ingress: { values: { global: { compatibilityVersion: "1.28" } } }
    `,
    problems: `
      clusters/demo.yaml:3:23 warning istio/compatibility-skew: expected a compatibilityVersion at most one minor behind 1.31.1, found 1.29: it goes away when that release does
        Move on to the behaviour of a newer release, one minor at a time.
      clusters/demo.yaml:5:34 warning istio/compatibility-skew: expected a compatibilityVersion at most one minor behind 1.31.1, found 1.28: it goes away when that release does
        Move on to the behaviour of a newer release, one minor at a time.
    `,
    passes: `
      istio:
        version: 1.31.1
        istiod: { values: { compatibilityVersion: "1.30" } }
      gateways:
        ingress: { values: { global: { compatibilityVersion: "1.30" } } }
    `,
  },
];
