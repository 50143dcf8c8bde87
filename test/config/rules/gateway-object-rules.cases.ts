import type { RuleCase } from "./rule-case.ts";

export const gatewayObjectCases: readonly RuleCase[] = [
  {
    code: "istio/service-field",
    title: "refuses what only a Service with a load balancer has",
    fails: `
      gateways:
        ingress:
          values:
            service:
              loadBalancerSourceRanges: [10.0.0.0/8]
              healthCheckNodePort: 32000
              clusterIP: None
              annotations: { service.beta.kubernetes.io/load-balancer-source-ranges: 10.0.0.0/8 }
    `,
    problems: `
      clusters/demo.yaml:5:9 error istio/service-field: service.loadBalancerSourceRanges: expected no such field on a Service of type NodePort (it is for the type LoadBalancer; inboundCidrs of an ingress says who may connect), found a list of 1: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:6:9 error istio/service-field: service.healthCheckNodePort: expected no such field on a Service of type NodePort (it is for the type LoadBalancer; inboundCidrs of an ingress says who may connect), found 32000: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:7:9 error istio/service-field: service.clusterIP: expected an address (None, without one, is for Services of type ClusterIP), found "None": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:8:24 error istio/service-field: service.annotations.service.beta.kubernetes.io/load-balancer-source-ranges: expected no such annotation on a Service of type NodePort, found "10.0.0.0/8": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
    `,
    passes: `
      gateways:
        ingress: {}
        own:
          values:
            service:
              type: NodePort
              externalTrafficPolicy: Local
          hosts: [own.example.com]
      ingresses: { services: { gateway: ingress } }
    `,
  },
  {
    code: "istio/service-field",
    title: "knows the words and addresses of a Service, below global too",
    fails: `
      gateways:
        ingress:
          values:
            global: { service: { externalTrafficPolicy: local } }
            service:
              internalTrafficPolicy: Node
              externalIPs: [gateway.example.com]
              annotations: { "-bad/x": "1", count: 1 }
    `,
    problems: `
      clusters/demo.yaml:4:28 error istio/service-field: service.externalTrafficPolicy: expected one of Cluster, Local, found "local": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:6:9 error istio/service-field: service.internalTrafficPolicy: expected one of Cluster, Local, found "Node": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:7:23 error istio/service-field: service.externalIPs[0]: expected an address, found "gateway.example.com": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:8:24 error istio/service-field: service.annotations.-bad/x: expected an annotation's key (letters, digits, '-', '_' and '.', at most 63; a DNS name and '/' may stand in front), found "1": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:8:39 error istio/service-field: service.annotations.count: expected text in quotes, found 1: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
    `,
    passes: `
      gateways:
        ingress:
          values:
            global: { service: { externalTrafficPolicy: Local } }
            service:
              internalTrafficPolicy: Local
              externalIPs: [203.0.113.7]
              annotations: { good/x: "1" }
    `,
  },
  {
    code: "istio/service-field",
    title: "judges the list of ports as a whole",
    fails: `
      gateways:
        ingress:
          values:
            service:
              ports:
                - { name: status-port, port: 15021, targetPort: 15021 }
                - { name: http2, port: 80, targetPort: web_ui }
                - { name: http2, port: 8080, nodePort: 8080 }
                - { port: 80, protocol: tcp }
                - { name: extra, port: 81, tagetPort: 81 }
    `,
    problems: `
      clusters/demo.yaml:7:38 error istio/value-type: the gateway chart fails on service.ports[1].targetPort: expected a whole number, found "web_ui" (measured at 1.31.0-rc.0)
        Correct the value.
      clusters/demo.yaml:8:13 error istio/service-field: service.ports[2]: expected each name, port and nodePort once, not name http2 again, found a map (name, port, nodePort): the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:8:40 error istio/service-field: service.ports[2].nodePort: expected a whole number from 30000 to 32767 (Kubernetes' default range), found 8080: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:9:13 error istio/service-field: service.ports[3].name: expected a DNS label, which each of several ports needs, found nothing: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:9:25 error istio/service-field: service.ports[3].protocol: expected one of TCP, UDP, SCTP, found "tcp": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:10:38 error istio/service-field: service.ports[4].tagetPort: expected only name, port, targetPort, nodePort, protocol and appProtocol, found 81: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
    `,
    passes: `
      gateways:
        ingress:
          values:
            service:
              ports:
                - { name: status-port, port: 15021, targetPort: 15021 }
                - { name: http2, port: 80, targetPort: 8080 }
                - { name: dns, port: 80, protocol: UDP, nodePort: 30053, appProtocol: example.com/dns }
    `,
  },
  {
    code: "istio/service-ip-family",
    title: "wants doors with IPv6 before a Service with it",
    fails: `
      gateways:
        ingress:
          values:
            service: { ipFamilies: [IPv6] }
    `,
    problems: `
      clusters/demo.yaml:4:18 error istio/service-ip-family: expected a Service of IPv4, found a list of 1 for service.ipFamilies: the controller fails every ingress that leads there without ip-address-type dualstack (services)
        Remove the line, or add the annotation ip-address-type: dualstack to these ingresses.
    `,
    passes: `
      gateways:
        ingress:
          values:
            service: { ipFamilies: [IPv4], ipFamilyPolicy: PreferDualStack }
    `,
  },
  {
    code: "istio/service-ip-family",
    title: "names the doors that have none",
    fails: `
      gateways:
        ingress:
          values:
            service: { ipFamilyPolicy: PreferDualStack }
    `,
    problems: `
      clusters/demo.yaml:4:18 error istio/service-ip-family: expected a Service of IPv4, found "PreferDualStack" for service.ipFamilyPolicy: the controller fails every ingress that leads there without ip-address-type dualstack (services)
        Remove the line, or add the annotation ip-address-type: dualstack to these ingresses.
    `,
    passes: `
      gateways:
        ingress:
          values:
            service: { ipFamilyPolicy: PreferDualStack }
      ingresses: { services: { annotations: { ip-address-type: dualstack } } }
    `,
  },
  {
    code: "istio/load-balancer-annotation",
    title: "names annotations of a load balancer that the Service has not",
    fails: `
      gateways:
        ingress:
          values:
            annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal }
    `,
    problems: `
      clusters/demo.yaml:4:22 warning istio/load-balancer-annotation: nothing reads the annotation service.beta.kubernetes.io/aws-load-balancer-scheme on a Service without a load balancer of its own
        Remove it. What it says of the load balancer has keys on the ingress.
    `,
    passes: `
      gateways:
        ingress:
          values:
            annotations: { example.com/scheme: internal }
    `,
  },
  {
    code: "istio/kubernetes-value",
    title: "knows labels and annotations",
    fails: `
      gateways:
        ingress:
          values:
            labels: { team: platform team, "a b": c }
            podAnnotations: { example.com/replicas: 2 }
            nodeSelector: { spot: true }
    `,
    problems: `
      clusters/demo.yaml:4:17 error istio/kubernetes-value: labels.team: expected a label's value (letters, digits, '-', '_' and '.', at most 63, a letter or digit at either end), found "platform team": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:4:38 error istio/kubernetes-value: labels.a b: expected a label's key (letters, digits, '-', '_' and '.', at most 63; a DNS name and '/' may stand in front), found "c": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:5:25 error istio/kubernetes-value: podAnnotations.example.com/replicas: expected text in quotes, found 2: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:6:23 error istio/kubernetes-value: nodeSelector.spot: expected text in quotes, found true: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
    `,
    passes: `
      gateways:
        ingress:
          values:
            labels: { team: platform-team, beta: true }
            podAnnotations: { example.com/replicas: "2", prometheus.io/Port: "1" }
            nodeSelector: { spot: "true" }
    `,
  },
  {
    code: "istio/kubernetes-value",
    title: "knows numbers and amounts",
    fails: `
      gateways:
        ingress:
          values:
            minReadySeconds: -1
            autoscaling: { minReplicas: 6 }
            resources: { requests: { cpu: 1 cpu, memory: 1Gi, gpu: "1" }, limits: { memory: 512Mi } }
    `,
    problems: `
      clusters/demo.yaml:4:7 error istio/kubernetes-value: minReadySeconds: expected a whole number from 0 up, found -1: the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:5:7 error istio/kubernetes-value: autoscaling: expected minReplicas not above maxReplicas (6 and 5), found a map (minReplicas): the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:6:32 error istio/kubernetes-value: resources.requests.cpu: expected a quantity such as 500m or 256Mi, found "1 cpu": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:6:44 error istio/kubernetes-value: resources.requests.memory: expected at most the limit of 512Mi, found "1Gi": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:6:57 error istio/kubernetes-value: resources.requests.gpu: expected cpu, memory, ephemeral-storage or a name with a domain, found "1": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
    `,
    passes: `
      gateways:
        ingress:
          values:
            minReadySeconds: 0
            autoscaling: { minReplicas: 5 }
            resources: { requests: { cpu: 1500m, memory: 0.5Gi, nvidia.com/gpu: "1" }, limits: { memory: 512Mi, nvidia.com/gpu: "1" } }
    `,
  },
  {
    code: "istio/kubernetes-value",
    title: "knows tolerations, and roll-outs that could not begin",
    fails: `
      gateways:
        ingress:
          values:
            tolerations:
              - { key: spot, operator: Exists, value: "true" }
              - { operator: Equal, value: x }
              - { key: spot, effect: NoScheduling }
            strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0% } }
            priorityClassName: High_Priority
    `,
    problems: `
      clusters/demo.yaml:5:11 error istio/kubernetes-value: tolerations[0]: expected key and value (operator Equal) or operator Exists without value, and an effect NoSchedule, PreferNoSchedule or NoExecute, found a map (key, operator, value): the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:6:11 error istio/kubernetes-value: tolerations[1]: expected key and value (operator Equal) or operator Exists without value, and an effect NoSchedule, PreferNoSchedule or NoExecute, found a map (operator, value): the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:7:11 error istio/kubernetes-value: tolerations[2]: expected key and value (operator Equal) or operator Exists without value, and an effect NoSchedule, PreferNoSchedule or NoExecute, found a map (key, effect): the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:8:7 error istio/kubernetes-value: strategy: expected maxSurge or maxUnavailable above 0, found a map (rollingUpdate): the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
      clusters/demo.yaml:9:7 error istio/kubernetes-value: priorityClassName: expected a name of lower-case letters, digits, '-' and '.', found "High_Priority": the API server would refuse the object, and the gateway would never be installed
        Correct or remove it.
    `,
    passes: `
      gateways:
        ingress:
          values:
            tolerations:
              - { operator: Exists }
              - { key: spot, value: "true", effect: NoExecute }
            strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
            priorityClassName: high-priority
    `,
  },
];
