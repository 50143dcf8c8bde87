import { gatewayExample, gatewayWith, routeExample, routeWith } from "./example-objects.ts";
import type { Explanations } from "./explanation.ts";

const charts =
  "istio/istio, manifests/charts at 1.28.10, 1.29.6, 1.30.3 and 1.31.0-rc.0: read and rendered with Helm 4.2";
const gcpRetirement =
  "istio.io, blog: An update on our move to AWS (2026-08-21); upgrade notes of 1.31 (announcing-1.31/upgrade-notes)";
const gatewayReference = "istio.io, reference: Gateway (spec.selector, spec.servers)";
const routeReference = "istio.io, reference: VirtualService (hosts, gateways, Destination)";

export const istioExplanations: Explanations = {
  "istio/version-unsupported": {
    meaning: "Istio is older than the oldest minor whose charts were measured.",
    why: "What the older charts read, print and refuse is not known here, and Istio has ended their support: values would be merged over defaults that nobody looked at.",
    fix: "Upgrade one minor at a time: docs/how-to/upgrade-istio.md.",
    versions: "Istio before 1.28",
    sources: [
      charts,
      "istio.io, Supported Releases: a minor is supported until six weeks after the second one that follows",
    ],
    example: { fails: "istio: { version: 1.27.3 }", passes: "istio: { version: 1.31.1 }" },
  },
  "istio/unknown-version": {
    meaning:
      "A release of Istio that was not known when this meshfront was made, or one of a minor whose charts were not measured.",
    why: "What its charts read, print and refuse is told as for the nearest version that was measured, and may be wrong. If there is no such release, Argo CD finds no chart, and the Application reports it only after the push.",
    fix: "See that it is published, read its upgrade notes, and let `meshfront check --charts` ask its charts. Accept the warning once that is done, or take a newer meshfront.",
    sources: [
      "istio.io/api on the Go module proxy, tagged with each release of Istio, seen on 2026-12-01: up to 1.28.10, 1.29.6, 1.30.8, 1.31.4 and 1.32.0 (2026-10-21)",
      "Measured charts: 1.28.10, 1.29.6, 1.30.3 and 1.31.0-rc.0, from the source tags. The published charts of 1.31.1 (the default), 1.31.4 and 1.32.0 could not be had",
    ],
    example: { fails: "istio: { version: 1.32.0 }", passes: "istio: { version: 1.31.1 }" },
  },
  "istio/unsafe-version": {
    meaning: "The patch has a defect that hurts this set-up; the message names it.",
    why: "Argo CD touches metadata of VirtualServices at each sync. With 1.30.0 to 1.30.2 every such touch pushes the whole configuration to every proxy.",
    fix: "Take the patch that the message names, or a later one.",
    versions: "Istio 1.30.0 to 1.30.2",
    sources: ["github.com/istio/istio/issues/60629, fixed in 1.30.3"],
    example: { fails: "istio: { version: 1.30.2 }", passes: "istio: { version: 1.30.3 }" },
  },
  "istio/retired-charts": {
    meaning: "The chart repository is one that the Istio project switches off in December 2026.",
    why: "From then on Argo CD cannot fetch the charts: Applications keep what they have and every change fails. The old index ends at 1.30.4, so that newer charts are missing from it already.",
    fix: "Use https://blob.istio.io/istio-release/charts, the default, or the OCI registry ghcr.io/istio/release/charts. Both have the old versions too.",
    sources: [gcpRetirement],
    example: {
      fails: "istio: { charts: https://istio-release.storage.googleapis.com/charts }",
      passes: "istio: { charts: ghcr.io/istio/release/charts }",
    },
  },
  "istio/retired-hub": {
    meaning: "The image hub is one that the Istio project switches off in December 2026.",
    why: "Nodes that do not have the image yet cannot start istiod or a proxy. The published 1.30 charts name such a hub by default; meshfront always states `istio.hub`.",
    fix: "Use docker.io/istio, the default, or a pull-through cache of it.",
    sources: [gcpRetirement, "istio.io, blog: retirement of gcr.io, follow-up (2026-07-23)"],
    example: {
      fails: "istio: { hub: gcr.io/istio-release }",
      passes: "istio: { hub: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/istio }",
    },
  },
  "istio/plain-http-charts": {
    meaning: "Charts come over plain http, so that anybody on the way can change them.",
    why: "A chart decides what runs with rights over the whole cluster. A version number does not pin its content.",
    fix: "Serve the repository over https, or use an OCI registry.",
    sources: ["Argo CD documentation, user guide: Helm (repository URLs)"],
    example: {
      fails: "istio: { charts: http://charts.example.com/istio }",
      passes: "istio: { charts: https://charts.example.com/istio }",
    },
  },
  "istio/revision-disagreement": {
    meaning:
      "base, istiod and gateway have different revisions: then nothing validates Istio's objects, or each write of one is refused.",
    why: "istiod completes only webhooks that carry its own revision. The one of base keeps an empty CA bundle otherwise: with the policy Ignore nothing is validated, with Fail every Gateway and VirtualService is refused. A gateway of another revision gets no proxy image: its pods pull the image `auto`.",
    fix: "Set `istio.revision` alone: all three charts follow it.",
    sources: ["istio/istio, pkg/webhooks/validation/controller/controller.go at 1.30.3", charts],
    example: {
      fails: "istio: { istiod: { values: { revision: canary } } }",
      passes: "istio: { revision: canary }",
    },
  },
  "istio/null-value": {
    meaning:
      "A Helm value is `null`: it is lost on the way to Argo CD, and deletes no default in these charts.",
    why: "cdk8s drops nulls, and the defaults of Istio's charts stand one level lower than the values, where a null does not reach them. Where one arrives, most of them fail the gateway's schema or istiod's templates.",
    fix: "Write the value you mean; the message names it where the case is known.",
    sources: [`${charts}; null was tried on every value`],
    example: {
      fails: "istio: { istiod: { values: { meshConfig: { enablePrometheusMerge: null } } } }",
      passes: "istio: { istiod: { values: { meshConfig: { enablePrometheusMerge: false } } } }",
    },
  },
  "istio/internal-defaults": {
    meaning:
      "A Helm value stands under `_internal_defaults_do_not_set` or `defaults`, where nothing is validated.",
    why: "The chart merges that key below profiles and platforms, and its schema does not look into it: a misspelt value is ignored silently. `defaults`, its name before 1.24, fails the chart.",
    fix: "Write the same keys at the top level of the values: they win over the defaults.",
    sources: [`${charts}: values.yaml and zzz_profile.yaml`],
    example: {
      fails: "gateways: { ingress: { values: { _internal_defaults_do_not_set: { replicaCount: 3 } } } }",
      passes: "gateways: { ingress: { replicas: { min: 3, max: 3 } } }",
    },
  },
  "istio/unknown-name": {
    meaning:
      "A `profile`, `platform` or `compatibilityVersion` that the chart does not have, so that it fails.",
    why: "Each of these names selects a file inside the chart. Without the file the chart fails to render, and the Application with it: `unknown platform eks`.",
    fix: "Take a name from the message. EKS needs no platform.",
    sources: [charts],
    example: {
      fails: "istio: { istiod: { values: { platform: eks } } }",
      passes: "istio: { istiod: { values: { profile: stable } } }",
    },
  },
  "istio/removed-value": {
    meaning: "A value on which istiod's chart fails because it was removed.",
    why: "The chart fails with `… is removed`, and the Application cannot be synced.",
    fix: "Remove the value. The Telemetry API replaces these settings.",
    sources: [charts, "istio.io, tasks: Telemetry API"],
    example: {
      fails:
        "istio: { istiod: { values: { telemetry: { v2: { stackdriver: { disableOutbound: true } } } } } }",
      passes: "istio: { istiod: { values: { telemetry: { enabled: false } } } }",
    },
  },
  "istio/unknown-root-value": {
    meaning: "A root key that the gateway chart's schema refuses.",
    why: "The gateway chart is the one of the three with a schema, and its root takes known keys only: the chart fails to render. Keys of other charts (`hub`, `tag`, `replicas`, `podLabels`) are the usual ones.",
    fix: "Take the nearest known key, or a key of the cluster file such as `istio.hub` and `gateways.<key>.replicas`.",
    versions:
      "Newer minors know more keys: `enabled` from 1.29, `networkGatewayPorts` from 1.30, `dnsPolicy` and `dnsConfig` from 1.31.",
    sources: ["istio/istio, manifests/charts/gateway/values.schema.json", charts],
    example: {
      fails: "gateways: { ingress: { values: { extraManifests: [] } } }",
      passes: "gateways: { ingress: { values: { nodeSelector: { pool: edge } } } }",
    },
  },
  "istio/value-type": {
    meaning: "A value of another type than the gateway chart's schema demands.",
    why: "The chart fails to render: `at '/resources/requests/cpu': got number, want null or string`.",
    fix: "Put numbers in quotes where text is expected.",
    sources: ["istio/istio, manifests/charts/gateway/values.schema.json", charts],
    example: {
      fails: "gateways: { ingress: { values: { resources: { requests: { cpu: 2 } } } } }",
      passes: 'gateways: { ingress: { values: { resources: { requests: { cpu: "2" } } } } }',
    },
  },
  "istio/service-type": {
    meaning: "The gateway's `service.type` is not one by which its doors can reach it.",
    why: "With LoadBalancer the gateway gets a second load balancer beside its front doors, open to the world. With ClusterIP the controller fails each Ingress with `targetType: instance`: those need a NodePort.",
    fix: "Remove the line: meshfront sets NodePort, or ClusterIP where pods are the targets of all doors.",
    sources: [
      "run with the AWS Load Balancer Controller v3.5.0: TargetGroup port is empty; its Service webhook",
    ],
    example: {
      fails: "gateways: { ingress: { values: { service: { type: LoadBalancer } } } }",
      passes: "gateways: { ingress: { values: { service: { externalTrafficPolicy: Local } } } }",
    },
  },
  "istio/service-ports": {
    meaning:
      "`service.ports` replaces the chart's list and lacks 15021 or 80, or `networkGateway` replaces it.",
    why: "Without 15021 there is no health check, without 80 no way in: the controller fails every Ingress. An empty list fails the chart from 1.30 on.",
    fix: "Write out all ports, those of the chart too.",
    sources: [`${charts}: templates/service.yaml of the gateway`],
    example: {
      fails:
        "gateways: { ingress: { values: { service: { ports: [{ name: tcp, port: 8081, targetPort: 8081 }] } } } }",
      passes: `gateways:
  ingress:
    values:
      service:
        ports:
          - { name: status-port, port: 15021, targetPort: 15021 }
          - { name: http2, port: 80, targetPort: 80 }
          - { name: tcp, port: 8081, targetPort: 8081 }`,
    },
  },
  "istio/disruption-budget": {
    meaning:
      "A disruption budget lets no pod of istiod or of the gateway go, so that no node can be drained.",
    why: "`minAvailable` at or above the fewest replicas, or `maxUnavailable: 0`, refuses every eviction while nothing is busy. Node upgrades wait until somebody deletes the budget or the pod by hand.",
    fix: "Leave one pod to spare: `minAvailable` below the fewest replicas, or `maxUnavailable: 1`. Or raise `replicas.min`.",
    sources: [
      "kubernetes.io, tasks: Specifying a Disruption Budget (percentages are rounded up)",
      `${charts}: the charts render a budget only for two replicas and more`,
    ],
    example: {
      fails: "gateways: { ingress: { values: { podDisruptionBudget: { minAvailable: 2 } } } }",
      passes: `gateways:
  ingress:
    replicas: { min: 3, max: 5 }
    values: { podDisruptionBudget: { minAvailable: 2 } }`,
    },
  },
  "istio/image-skew": {
    meaning: "istiod's values name an image more than one minor away from the charts.",
    why: "Istio supports a control plane that is one minor ahead of its proxies, and nothing else. The charts bring the webhooks, the CRDs and the injection template of their own version.",
    fix: "Remove the value: `istio.version` is the version of the images too. Upgrade one minor at a time.",
    sources: ["istio.io, Supported Releases: control plane/data plane skew"],
    example: {
      fails: "istio: { version: 1.31.1, istiod: { values: { global: { tag: 1.29.6 } } } }",
      passes: "istio: { version: 1.31.1, istiod: { values: { global: { tag: 1.31.1-distroless } } } }",
    },
  },
  "istio/compatibility-skew": {
    meaning: "`compatibilityVersion` is more than one minor behind the charts.",
    why: "It keeps old behaviour for the time of one upgrade. It goes away when the release it names reaches its end of life, and the chart then fails on the name.",
    fix: "Move on one minor at a time, and remove it in the end.",
    sources: ["istio.io, setup: Compatibility Versions"],
    example: {
      fails: 'istio: { version: 1.31.1, istiod: { values: { compatibilityVersion: "1.29" } } }',
      passes: 'istio: { version: 1.31.1, istiod: { values: { compatibilityVersion: "1.30" } } }',
    },
  },
  "istio/host-without-gateway": {
    meaning: "`hosts` of a gateway do not cover a host that its front door names: the gateway answers 404.",
    why: "The load balancer lets the host in, and no server of the Istio Gateway takes it.",
    fix: "Remove `hosts` of the gateway, or add the host. Where it is meant, accept the warning.",
    sources: [gatewayReference],
    example: {
      fails: "gateways: { ingress: { hosts: [www.example.com] } }",
      passes: 'gateways: { ingress: { hosts: ["*.example.com"] } }',
    },
  },
  "istio/route-name-twice": {
    meaning: "Two routes have the same name, which is that of a VirtualService.",
    why: "Two objects of one name would overwrite each other.",
    fix: "Rename one.",
    sources: ["kubernetes.io, concepts: Object Names and IDs"],
    example: {
      fails: `routes:
  - { name: web, hosts: [app.example.com], ingress: services, service: { name: a, namespace: web, port: 80 }, path: /a }
  - { name: web, hosts: [app.example.com], ingress: services, service: { name: b, namespace: web, port: 80 }, path: /b }`,
      passes: `routes:
  - { name: a, hosts: [app.example.com], ingress: services, service: { name: a, namespace: web, port: 80 }, path: /a }
  - { name: b, hosts: [app.example.com], ingress: services, service: { name: b, namespace: web, port: 80 }, path: /b }`,
    },
  },
  "istio/route-ingress-unknown": {
    meaning: "A route names an ingress that does not exist.",
    why: "Requests for its hosts come in by no load balancer.",
    fix: "Name a key of `ingresses`.",
    sources: ["meshfront: routes[].ingress is a key of ingresses (docs/reference/configuration.md)"],
    example: {
      fails: `routes:
  - { name: web, hosts: [app.example.com], ingress: service, service: { name: web, namespace: web, port: 80 } }`,
      passes: `routes:
  - { name: web, hosts: [app.example.com], ingress: services, service: { name: web, namespace: web, port: 80 } }`,
    },
  },
  "istio/route-host-not-covered": {
    meaning: "A route's host is not among the hosts of its ingress.",
    why: "The load balancer answers 404 itself: it has no rule for the host. A wildcard of an Ingress covers one label.",
    fix: "Add the host to the ingress.",
    sources: ["kubernetes.io, concepts: Ingress, hostname wildcards"],
    example: {
      fails: `routes:
  - { name: web, hosts: [www.example.com], ingress: services, service: { name: web, namespace: web, port: 80 } }`,
      passes: `routes:
  - { name: web, hosts: [www.example.com], ingress: services, service: { name: web, namespace: web, port: 80 } }
ingresses: { services: { hosts: [app.example.com, www.example.com] } }`,
    },
  },
  "istio/route-overlap": {
    meaning: "Two routes take the same path on the same hosts.",
    why: "Routes of the same hosts are one VirtualService, the longest path first, and Istio takes the first that matches: of two with one path the second is never asked.",
    fix: "Give them different paths or hosts. One path may be the beginning of another: `/` and `/api/` go together.",
    sources: [`${routeReference}, http: the first rule that matches is used`],
    example: {
      fails: `routes:
  - { name: a, hosts: [app.example.com], ingress: services, service: { name: a, namespace: web, port: 80 } }
  - { name: b, hosts: [app.example.com], ingress: services, service: { name: b, namespace: web, port: 80 }, path: / }`,
      passes: `routes:
  - { name: a, hosts: [app.example.com], ingress: services, service: { name: a, namespace: web, port: 80 } }
  - { name: b, hosts: [app.example.com], ingress: services, service: { name: b, namespace: web, port: 80 }, path: /api/ }`,
    },
  },
  "istio/route-hosts-shared": {
    meaning: "Routes of one gateway have some hosts in common, and others not.",
    why: "Routes with the same set of hosts are one VirtualService. Two with different sets would be two for the host that both have, and Istio merges those without an order between them.",
    fix: "Write a route for each of the sets of hosts that the message names.",
    sources: ["istio.io, ops: Traffic Management Best Practices, Split large virtual services"],
    example: {
      fails: `ingresses: { services: { hosts: [app.example.com, www.example.com] } }
routes:
  - { name: pages, hosts: [app.example.com, www.example.com], ingress: services, service: { name: a, namespace: web, port: 80 } }
  - { name: api, hosts: [app.example.com], ingress: services, service: { name: b, namespace: web, port: 80 }, path: /api/ }`,
      passes: `ingresses: { services: { hosts: [app.example.com, www.example.com] } }
routes:
  - { name: pages, hosts: [app.example.com], ingress: services, service: { name: a, namespace: web, port: 80 } }
  - { name: api, hosts: [app.example.com], ingress: services, service: { name: b, namespace: web, port: 80 }, path: /api/ }
  - { name: www, hosts: [www.example.com], ingress: services, service: { name: a, namespace: web, port: 80 } }`,
    },
  },
  "istio/gateway-selector": {
    meaning:
      "The selector of an Istio Gateway fits no gateway's pods, or is missing, so that it fits all proxies.",
    why: "Istio's webhook does not look at the selector. With one that fits nothing no proxy opens the port: every request fails while the health check on the status port stays green. Without one, every proxy of the mesh opens it.",
    fix: "The chart labels its pods `app` (the release name) and `istio` (the same without a leading `istio-`), unless `labels` says otherwise.",
    sources: ["istio/istio, manifests/charts/gateway/templates/_helpers.tpl", gatewayReference],
    example: {
      fails: gatewayWith("app: istio-ingress", "app: istio-ingressgateway"),
      passes: gatewayExample,
    },
  },
  "istio/gateway-port": {
    meaning: "A server of an Istio Gateway stands on a port that the gateway's Service does not have.",
    why: "Istio looks the number up among the Service's ports and translates it to the pods' port. A number that is not there is opened as it is, and nothing leads to it.",
    fix: "Name the Service's `port`: 80, not a target port and not a NodePort.",
    sources: [
      "istio/istio, pilot/pkg/model/gateway.go at 1.30.3",
      "istioctl analyze, IST0162, which needs a cluster",
    ],
    example: { fails: gatewayWith("number: 80", "number: 8080"), passes: gatewayExample },
  },
  "istio/https-redirect": {
    meaning: "A server of an Istio Gateway redirects to HTTPS, behind a load balancer that has ended TLS.",
    why: "Envoy decides by X-Forwarded-Proto. Where it trusts no proxy it writes `http` there itself, and redirects for ever.",
    fix: "Remove `httpsRedirect`: the load balancer redirects 80 to 443, once.",
    sources: [
      "github.com/istio/istio/issues/16778 and 27315",
      "envoyproxy.io, HTTP header manipulation: x-forwarded-proto",
    ],
    example: {
      fails: gatewayWith("      hosts:", "      tls: { httpsRedirect: true }\n      hosts:"),
      passes: gatewayExample,
    },
  },
  "istio/route-gateway": {
    meaning: "A VirtualService names no Gateway, or one that there is not.",
    why: "Without a Gateway it holds inside the mesh only. Requests that come in find no route: 404.",
    fix: "Name the Gateway, as `<namespace>/<name>` where it is in another namespace.",
    sources: [routeReference],
    example: { fails: routeWith("[istio-gateway]", "[edge]"), passes: routeExample },
  },
  "istio/host-unserved": {
    meaning:
      "No server of the Gateway takes a host of a VirtualService or of an Ingress: the gateway answers 404.",
    why: "Istio takes the hosts that both name. A server's `<namespace>/<host>` holds for routes of that namespace only.",
    fix: "Add the host to the Gateway: `gateways.<key>.hosts`.",
    sources: [gatewayReference, routeReference],
    example: {
      fails: routeWith("hosts: [app.example.com]\n  http", "hosts: [www.example.com]\n  http"),
      passes: routeExample,
    },
  },
  "istio/route-port": {
    meaning: "A VirtualService leads to a Service without naming a port.",
    why: "Istio fills the port in only where the Service has a single one. Otherwise it takes the listener's, 80: kiali and tracing of Istio's samples have two, and the route leads nowhere.",
    fix: "Write `port: { number: … }`, the Service's own port.",
    sources: [
      "istio/istio, pilot/pkg/networking/core/route/route.go, GetDestinationCluster, at 1.30.3",
      "istioctl analyze, IST0112, which needs a cluster",
    ],
    example: { fails: routeWith(", port: { number: 80 }", ""), passes: routeExample },
  },
  "istio/dead-value": {
    meaning: "A Helm value that the chart does not read: setting it changes nothing but a diff.",
    why: "Charts ignore unknown values without a word, so a limit or a level that somebody counts on is never set.",
    fix: "Write the value that the message names, or remove it. `check --charts DIR` asks your own copy of the charts, through `helm`; there it also means a value that changes nothing beside your other values.",
    sources: [
      "helm template (Helm 4.2) of the charts at the istio/istio tags 1.28.10, 1.29.6, 1.30.3 and 1.31.0-rc.0, run",
    ],
    example: {
      fails: "istio: { base: { values: { global: { istiod: { enableAnalysis: true } } } } }",
      passes: "istio: { istiod: { values: { global: { istiod: { enableAnalysis: true } } } } }",
    },
  },
  "istio/chart-fails": {
    meaning:
      "A chart of `check --charts` does not render with the values: `helm` ends with the words in the message.",
    why: "Argo CD renders with the same values, and the Application stays at the version before.",
    fix: "Correct the value that the message stands at: without it the chart renders. Where the message stands at all values, several have to change at once.",
  },
  "istio/inert-value": {
    meaning: "A Helm value that the chart reads only under a condition, and these values do not meet it.",
    why: "The value looks set in review, and nothing in the cluster follows it.",
    fix: "Meet the condition that the message names, or remove the value.",
    sources: [
      "helm template (Helm 4.2) of the charts at the istio/istio tags 1.28.10, 1.29.6, 1.30.3 and 1.31.0-rc.0, run",
    ],
    example: {
      fails: "gateways: { ingress: { values: { replicaCount: 3 } } }",
      passes: "gateways: { ingress: { replicas: { min: 3, max: 3 } } }",
    },
  },
  "istio/shadowed-value": {
    meaning: "A Helm value that another key replaces: the chart reads both and takes the other one.",
    why: "In istiod's chart `pilot.X` wins over `X`, also where only a profile wrote it; in the gateway's `global.X` loses against `X`.",
    fix: "Write the key that wins, or remove one of the two. Where you mean what the message says, as a hub for the proxies only, leave it.",
    sources: [
      "zzz_profile.yaml of the charts",
      "helm template (Helm 4.2) of the charts at the istio/istio tags 1.28.10, 1.29.6, 1.30.3 and 1.31.0-rc.0, run",
    ],
    example: {
      fails: "istio: { istiod: { values: { profile: demo, traceSampling: 50 } } }",
      passes: "istio: { istiod: { values: { profile: demo, pilot: { traceSampling: 50 } } } }",
    },
  },
  "istio/pull-secret-names": {
    meaning:
      "`global.imagePullSecrets` of the gateway chart holds names as istiod's takes them; the gateway's needs `{name: …}`.",
    why: "The names are printed into the Deployment where maps must stand. The chart's schema does not see below `global`.",
    fix: "Write `imagePullSecrets: [{ name: … }]` at the root of the gateway's values.",
    sources: ["helm template (Helm 4.2) of the gateway chart 1.31.0-rc.0, run"],
    example: {
      fails: "gateways: { ingress: { values: { global: { imagePullSecrets: [registry] } } } }",
      passes: "gateways: { ingress: { values: { imagePullSecrets: [{ name: registry }] } } }",
    },
  },
};
