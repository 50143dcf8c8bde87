import type { RuleCase } from "./rule-case.ts";

export const podValueCases: readonly RuleCase[] = [
  {
    code: "istio/pod-value",
    title: "looks into what the gateway chart copies",
    fails: `
      gateways:
        ingress:
          values:
            affinity: { podAntiAffinty: {} }
            tolerations: [{ key: a, operator: Exists, tolerationSecond: 3 }]
            readinessProbe: { httpGet: { path: /, port: 15021 }, periodSeconds: "3" }
            autoscaling: { autoscaleBehavior: { scaleDown: { stabilizationWindowSecond: 1 } } }
            global: { volumes: [{ name: a, configMap: { nam: x } }] }
    `,
    problems: `
      clusters/demo.yaml:4:19 error istio/pod-value: affinity.podAntiAffinty: there is no podAntiAffinty there (Kubernetes 1.36.1): the API server would refuse the Deployment of the gateway chart
        Did you mean podAntiAffinity?
      clusters/demo.yaml:5:49 error istio/pod-value: tolerations[0].tolerationSecond: there is no tolerationSecond there (Kubernetes 1.36.1): the API server would refuse the Deployment of the gateway chart
        Did you mean tolerationSeconds?
      clusters/demo.yaml:6:60 error istio/pod-value: readinessProbe.periodSeconds: expected a whole number, found "3" (Kubernetes 1.36.1): the API server would refuse the Deployment of the gateway chart
        Correct the value.
      clusters/demo.yaml:7:56 error istio/pod-value: autoscaling.autoscaleBehavior.scaleDown.stabilizationWindowSecond: there is no stabilizationWindowSecond there (Kubernetes 1.36.1): the API server would refuse the Deployment of the gateway chart
        Did you mean stabilizationWindowSeconds?
      clusters/demo.yaml:8:51 error istio/pod-value: global.volumes[0].configMap.nam: there is no nam there (Kubernetes 1.36.1): the API server would refuse the Deployment of the gateway chart
        Did you mean name?
    `,
    passes: `
      gateways:
        ingress:
          values:
            affinity: { podAntiAffinity: {} }
            tolerations: [{ key: a, operator: Exists, tolerationSeconds: 3 }]
            readinessProbe: { httpGet: { path: /, port: 15021 }, periodSeconds: 3 }
            autoscaling: { autoscaleBehavior: { scaleDown: { stabilizationWindowSeconds: 1 } } }
            volumes: [{ name: a, configMap: { name: x } }]
    `,
  },
  {
    code: "istio/pod-value",
    title: "looks into what istiod's chart copies, below pilot too",
    fails: `
      istio:
        istiod:
          values:
            affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerm: [] } } }
            pilot: { tolerations: [{ effekt: NoSchedule }] }
    `,
    problems: `
      clusters/demo.yaml:4:85 error istio/pod-value: affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerm: there is no nodeSelectorTerm there (Kubernetes 1.36.1): the API server would refuse the Deployment of the istiod chart
        Did you mean nodeSelectorTerms?
      clusters/demo.yaml:5:32 error istio/pod-value: pilot.tolerations[0].effekt: there is no effekt there (Kubernetes 1.36.1): the API server would refuse the Deployment of the istiod chart
        Did you mean effect?
    `,
    passes: `
      istio:
        istiod:
          values:
            pilot: { tolerations: [{ operator: Exists, effect: NoSchedule }] }
    `,
  },
];
