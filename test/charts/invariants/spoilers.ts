// How each invariant is broken, one spoilt output at a time: an invariant that nothing breaks proves nothing.
import { moved, replaced, type Spoiler } from "../spoil.ts";

/** By name of the invariant; all of them spoil the output for the usual cluster with one route, `web`. */
export const spoilers: Readonly<Record<string, readonly Spoiler[]>> = {
  "every file has a plain path below dist/<cluster>/ or argocd/": [
    moved("dist/demo/gateway/gateway.yaml", "dist/demo/gateway/../gateway.yaml"),
    moved("dist/demo/gateway/gateway.yaml", "dist/other/gateway/gateway.yaml"),
  ],
  "no two files have the same path": [moved("dist/demo/gateway/gateway.yaml", "argocd/demo.yaml")],
  "every file begins with the header and ends with one line break": [
    replaced(/gateway\.yaml/, /^#.*\n/, ""),
    replaced(/gateway\.yaml/, /\n$/, "\n\n"),
  ],
  "no file has a carriage return or a tab at the start of a line": [replaced(/gateway\.yaml/, "\n", "\r\n")],
  "every file holds objects with a version, a kind and a name": [
    replaced(/gateway\/gateway/, /\n[\s\S]*/, "\n{}\n"),
  ],
  "every object has a namespace": [replaced(/ingress\.yaml/, "  namespace: istio-ingress\n", "")],
  "every label and annotation is a text that is not empty": [
    replaced(/ingress\.yaml/, '"443"', '""'),
    replaced(/ingress\.yaml/, '"443"', "443"),
    replaced(/hook\.yaml/, 'inject: "false"', "inject: false"),
  ],
  "specs of Applications and AppProjects have no null, empty map or empty list": [
    replaced(/istiod\.yaml/, "destination:", "info: []\n  destination:"),
    replaced(/argocd\/demo/, "destination:", "ignore: {}\n  destination:"),
  ],
  "an AppProject allows nothing that none of its Applications needs": [
    replaced(/project\.yaml/, "kind: Job", 'kind: Job\n    - group: ""\n      kind: Secret'),
    replaced(/project\.yaml/, "sourceRepos:", "sourceRepos:\n    - https://example.com"),
  ],
  "every rule of an Ingress leads to a port of the gateway's Service, in its namespace": [
    replaced(/ingress\.yaml/, "number: 80", "number: 8080"),
    replaced(/applications\/istio-ingress/, "releaseName: istio-ingress", "releaseName: other"),
  ],
  "every health-check port is the name of the Service's status port, or its fixed NodePort": [
    replaced(/ingress\.yaml/, "status-port", "http-status"),
    replaced(/ingress\.yaml/, "status-port", '"31404"'),
  ],
  "every Ingress is answered by the ALB controller, on NodePorts, from plain HTTP": [
    replaced(/ingress\.yaml/, "target-type: instance", "target-type: ip"),
  ],
  "no Ingress joins a group": [
    replaced(/ingress\.yaml/, "annotations:", "annotations:\n    alb.ingress.kubernetes.io/group.name: all"),
  ],
  "every Gateway selects the pods of one gateway chart, in its namespace": [
    replaced(/gateway\/gateway/, "istio: ingress", "istio: ingressgateway"),
  ],
  "the Gateway listens on the port and for the hosts that the Ingresses send": [
    replaced(/gateway\/gateway/, "app.example.com", "other.example.com"),
  ],
  "every VirtualService names the Gateway beside it, and hosts of an Ingress that leads there": [
    replaced(/virtualservice-web/, "istio-gateway", "istio-system/istio-gateway"),
    replaced(/virtualservice-web/, "app.example.com", "other.example.com"),
  ],
  "no hook stands beside an Ingress": [
    moved("dist/demo/healthcheck/hook.yaml", "dist/demo/healthcheck/hook.yaml"),
  ],
  "one hook of each gateway serves its doors in mode discovered, and no other door": [
    replaced(/hook\.yaml/, "kind: Job", "kind: Pod"),
  ],
  "one recheck of each gateway serves the same doors, unless it is off": [
    replaced(/recheck\.yaml/, "kind: CronJob", "kind: Pod"),
  ],
  "a hook is a PostSync hook with a name of its own that goes before the next one and after success": [
    replaced(/hook\.yaml/, "hook: PostSync", "hook: Postsync"),
  ],
  "a program in a ConfigMap has the bytes of hook/healthcheck-port.mjs": [
    replaced(/hook\.yaml/, "    // Points", "    // points"),
  ],
  "every program runs as the account that the RoleBinding beside it names": [
    replaced(/hook\.yaml/, /serviceAccountName: .*/, "serviceAccountName: default"),
  ],
  "every program may get its Service, get and patch its Ingresses, and nothing else": [
    replaced(/hook\.yaml/, "      - patch\n", "      - patch\n      - delete\n"),
    replaced(/hook\.yaml/, / {4}resourceNames:\n {6}- ingress-services\n/, ""),
  ],
  "every program is pointed at Ingresses of the output and at the Service they send to": [
    replaced(/hook\.yaml/, "--service=istio-ingress", "--service=other"),
  ],
  "every Job ends by itself, after its program had the time it was given": [
    replaced(/hook\.yaml/, /activeDeadlineSeconds: .*/, "activeDeadlineSeconds: 65"),
  ],
};
