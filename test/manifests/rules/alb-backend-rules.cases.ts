import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

export const albBackendCases: readonly ObjectRuleCase[] = [
  {
    code: "alb/ingress-backend",
    title: "wants the gateway's Service",
    fails: [replaced(/ingress-services\/ingress/, /name: istio-ingress$/m, "name: web")],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-backend: Ingress ingress-services: expected the Service of a gateway in istio-ingress (istio-ingress), found "web": the load balancer would have no targets, and the controller reports success
        Lead every path to port 80 (backendTls: 443) of the gateway's Service, which has the type NodePort for targetType instance.
    `,
  },
  {
    code: "alb/ingress-backend",
    title: "wants it in its own namespace",
    fails: [replaced(/ingress-services\/ingress/, "namespace: istio-ingress", "namespace: edge")],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-backend: Ingress ingress-services: expected the Service of a gateway in edge (none), found "istio-ingress": the load balancer would have no targets, and the controller reports success
        Lead every path to port 80 (backendTls: 443) of the gateway's Service, which has the type NodePort for targetType instance.
    `,
  },
  {
    code: "alb/ingress-backend",
    title: "wants one of its ports, by number or name",
    fails: [replaced(/ingress-services\/ingress/, "number: 80", "number: 8080")],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-backend: Ingress ingress-services: expected a port of the Service istio-ingress (15021, 80, 443), found 8080: the controller fails the whole Ingress
        Lead every path to port 80 (backendTls: 443) of the gateway's Service, which has the type NodePort for targetType instance.
    `,
    passes: [replaced(/ingress-services\/ingress/, "number: 80", "name: http2")],
  },
  {
    code: "alb/ingress-backend",
    title: "wants a Service with NodePorts",
    fails: [replaced(/applications\/istio-ingress/, "type: NodePort", "type: ClusterIP")],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-backend: Ingress ingress-services: expected the Service istio-ingress to be of type NodePort, found ClusterIP: instances are reached by NodePorts
        Lead every path to port 80 (backendTls: 443) of the gateway's Service, which has the type NodePort for targetType instance.
    `,
  },
  {
    code: "alb/ingress-backend",
    title: "judges the default backend too",
    fails: [
      replaced(
        /ingress-services\/ingress/,
        "  ingressClassName",
        "  defaultBackend: { resource: { kind: Bucket, name: x } }\n  ingressClassName",
      ),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-backend: Ingress ingress-services: expected the Service of a gateway in istio-ingress (istio-ingress), found nothing: the load balancer would have no targets, and the controller reports success
        Lead every path to port 80 (backendTls: 443) of the gateway's Service, which has the type NodePort for targetType instance.
    `,
    passes: [
      replaced(
        /ingress-services\/ingress/,
        "  ingressClassName",
        "  defaultBackend: { service: { name: istio-ingress, port: { number: 80 } } }\n  ingressClassName",
      ),
    ],
  },
  {
    code: "alb/ingress-host",
    title: "refuses a rule for every host",
    fails: [replaced(/ingress-services\/ingress/, "host: app.example.com", "host: ''")],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-host: Ingress ingress-services: expected a host, found "": the rule would take every host that points at the load balancer
        Name the hosts one by one, or take every host with a single rule.
    `,
  },
  {
    code: "alb/health-check-port",
    title: "refuses a port that no node answers on",
    fails: [
      replaced(/ingress-services\/ingress/, "healthcheck-port: status-port", 'healthcheck-port: "15021"'),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/health-check-port: Ingress ingress-services: expected a NodePort (30000 to 32767) as health-check port of instances, found 15021: nothing answers there on a node
        Write status-port: the controller finds its NodePort by itself.
    `,
    passes: [
      replaced(/ingress-services\/ingress/, "healthcheck-port: status-port", 'healthcheck-port: "15021"'),
      replaced(/ingress-services\/ingress/, "target-type: instance", "target-type: ip"),
    ],
  },
  {
    code: "alb/health-check-port",
    title: "refuses a NodePort that the Service does not fix",
    fails: [
      replaced(/ingress-services\/ingress/, "healthcheck-port: status-port", 'healthcheck-port: "31021"'),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/health-check-port: Ingress ingress-services: expected the NodePort that the Service istio-ingress fixes for port 15021 (none), found 31021: the check would go astray when the NodePort moves
        Write status-port: the controller finds its NodePort by itself.
    `,
    passes: [
      replaced(/ingress-services\/ingress/, "healthcheck-port: status-port", 'healthcheck-port: "31021"'),
      replaced(
        /applications\/istio-ingress/,
        "type: NodePort",
        "type: NodePort\n          ports: [{ name: s, port: 15021, nodePort: 31021 }, { name: h, port: 80 }]",
      ),
    ],
  },
  {
    code: "alb/health-check-port",
    title: "refuses a name that the Service does not have",
    fails: [
      replaced(/ingress-services\/ingress/, "healthcheck-port: status-port", "healthcheck-port: statusport"),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/health-check-port: Ingress ingress-services: expected the name of a port of the Service istio-ingress (status-port, http2, https), found "statusport": the controller fails the whole Ingress
        Write status-port: the controller finds its NodePort by itself.
    `,
  },
  {
    code: "alb/health-check-port",
    title: "refuses the name of another port",
    fails: [
      replaced(/ingress-services\/ingress/, "healthcheck-port: status-port", "healthcheck-port: http2"),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/health-check-port: Ingress ingress-services: expected the name of port 15021 as health-check port, found "http2", which is port 80
        Write status-port: the controller finds its NodePort by itself.
    `,
    passes: [
      replaced(/ingress-services\/ingress/, "healthcheck-port: status-port", "healthcheck-port: health"),
      replaced(
        /applications\/istio-ingress/,
        "type: NodePort",
        "type: NodePort\n          ports: [{ name: health, port: 15021 }, { name: h, port: 80 }]",
      ),
    ],
  },
  {
    code: "alb/health-check-port",
    title: "refuses the traffic port",
    fails: [
      replaced(
        /ingress-services\/ingress/,
        "healthcheck-port: status-port",
        "healthcheck-port: traffic-port",
      ),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/health-check-port: Ingress ingress-services: expected the status port as health-check port, found traffic-port: the gateway answers there by its routes, with 404 as long as there is none
        Write status-port: the controller finds its NodePort by itself.
    `,
  },
];
