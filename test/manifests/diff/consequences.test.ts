import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../core/json.ts";
import { consequenceRules } from "../../../manifests/diff/consequences/index.ts";
import { outputWith } from "../../charts/configurations.ts";
import { edited, type OutputSide, report, sideOf } from "./compared.ts";

const arn = (id: number): string =>
  `arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-00000000000${id}`;

const door = (changes: JsonObject = {}): JsonObject => ({
  hosts: ["app.example.com"],
  certificate: { arn: arn(1) },
  subnets: { ids: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"] },
  ...changes,
});

const with_ = (changes: JsonObject): readonly OutputSide[] => sideOf(outputWith(changes));
const withDoor = (changes: JsonObject): readonly OutputSide[] =>
  with_({ ingresses: { services: door(changes) } });
const withDoors = (ingresses: JsonObject, rest: JsonObject = {}): readonly OutputSide[] =>
  with_({ ...rest, ingresses });

const route = (name: string): JsonObject => ({
  name,
  hosts: ["app.example.com"],
  ingress: "services",
  service: { name, namespace: name, port: 80 },
});

const { certificate: _, ...withoutCertificate } = door();
const httpDoor: JsonObject = { ...withoutCertificate, listeners: "http" };

const plain = withDoor({});
const staff = door({ hosts: ["staff.example.com"] });
const two = withDoors({ services: door(), staff });
const more = withDoor({ attributes: { "idle_timeout.timeout_seconds": "120" } });
const alb = (suffix: string) => ["metadata", "annotations", `alb.ingress.kubernetes.io/${suffix}`];
const annotated = (side: readonly OutputSide[], suffix: string, value: string | undefined) =>
  edited(side, "Ingress", "ingress-services", alb(suffix), value);
const application = (name: string, path: readonly string[], value: JsonValue | undefined) =>
  edited(plain, "Application", `demo-${name}`, path, value);
const version = (version: string): readonly OutputSide[] => with_({ istio: { version } });
const values = (chart: string, values: JsonObject): readonly OutputSide[] =>
  with_(chart === "gateway" ? { gateways: { ingress: { values } } } : { istio: { [chart]: { values } } });
const webAcl = {
  arn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/office/0a1b2c3d-0000-4000-8000-000000000002",
};

const withoutRecheck = (healthCheck: JsonObject): readonly OutputSide[] =>
  withDoors(
    { services: door({ healthCheck }), staff: door({ hosts: ["staff.example.com"] }) },
    { hook: { recheck: "off" } },
  );
const withGateways = (gateways: JsonObject): readonly OutputSide[] =>
  withDoors(
    {
      services: door({ gateway: "ingress" }),
      staff: door({ gateway: "staff", hosts: ["staff.example.com"] }),
    },
    { gateways },
  );
const twoGateways = ({ staff }: { readonly staff: readonly string[] }): readonly OutputSide[] =>
  withDoors(
    { services: door({ gateway: "ingress" }), staff: door({ gateway: "staff", hosts: staff }) },
    { gateways: { ingress: {}, staff: {} } },
  );
/** Doors of both gateways have the host; the route comes in by one of them. */
const routedBy = (ingress: string): readonly OutputSide[] =>
  withDoors(
    { services: door({ gateway: "ingress" }), staff: door({ gateway: "staff" }) },
    { gateways: { ingress: {}, staff: {} }, routes: [{ ...route("web"), ingress }] },
  );

/** Read by the EKS capability for Argo CD. */
const byEks = (gateways: JsonObject = { ingress: {} }, rest: JsonObject = {}): readonly OutputSide[] =>
  with_({
    argocd: { managedBy: "eks" },
    cluster: { argocdName: "demo" },
    gateways,
    ingresses: { services: door({ gateway: "ingress" }) },
    ...rest,
  });
const autoMode: JsonObject = { cluster: { argocdName: "demo", loadBalancerController: "eks-auto-mode" } };
const onAutoMode = with_({
  cluster: { loadBalancerController: "eks-auto-mode" },
  ingresses: { services: door() },
});

interface Case {
  readonly code: string;
  readonly when: string;
  readonly before: readonly OutputSide[];
  readonly after: readonly OutputSide[];
  readonly says: string;
  /** A change of the same kind that does not lead there. */
  readonly not: readonly [before: readonly OutputSide[], after: readonly OutputSide[]];
}

const cases: readonly Case[] = [
  {
    code: "diff/replaces-load-balancer",
    when: "the scheme changes",
    before: plain,
    after: withDoor({ scheme: "internal" }),
    says: "Scheme `internet-facing` -> `internal`: the controller deletes the load balancer, even a protected one, and then creates another",
    not: [plain, more],
  },
  {
    code: "diff/replaces-load-balancer",
    when: "the Ingress has another name",
    before: plain,
    after: withDoor({ ingressName: "front" }),
    says: "Ingress `istio-ingress/ingress-services` -> `istio-ingress/front`: namespace and name are the load balancer's identity",
    not: [plain, withDoor({ name: "other" })],
  },
  {
    code: "diff/replaces-load-balancer",
    when: "it joins a group",
    before: annotated(plain, "group.name", "edge"),
    after: plain,
    says: "Group `edge` -> `nothing`",
    // The controller's default, written out or not.
    not: [annotated(plain, "scheme", "internal"), annotated(plain, "scheme", undefined)],
  },
  {
    code: "diff/deletes-load-balancer",
    when: "a door goes",
    before: two,
    after: withDoors({ staff: door({ hosts: ["staff.example.com"] }) }),
    says: "The controller deletes its load balancer `demo-svc-ingress`",
    not: [plain, two],
  },
  {
    code: "diff/protected-load-balancer",
    when: "a door goes whose load balancer is protected",
    before: withDoors({ services: door({ attributes: { "deletion_protection.enabled": "true" } }), staff }),
    after: withDoors({ staff }),
    says: "`kubectl --namespace istio-ingress annotate ingress ingress-services --overwrite alb.ingress.kubernetes.io/load-balancer-attributes=deletion_protection.enabled=false` lets them go.",
    not: [
      withDoors({ services: door({ attributes: { "deletion_protection.enabled": "false" } }), staff }),
      withDoors({ staff }),
    ],
  },
  {
    code: "diff/protected-load-balancer",
    when: "a door whose load balancer is protected gets another Ingress",
    before: withDoor({ attributes: { "deletion_protection.enabled": "true" } }),
    after: withDoor({ attributes: { "deletion_protection.enabled": "true" }, ingressName: "front" }),
    says: "The load balancer `demo-svc-ingress` is protected against deletion",
    not: [withDoor({ attributes: { "deletion_protection.enabled": "true" } }), plain],
  },
  {
    code: "diff/new-load-balancer",
    when: "a door comes",
    before: plain,
    after: withDoors({
      services: door(),
      staff: door({ hosts: ["staff.example.com"], inboundCidrs: ["10.0.0.0/8"] }),
    }),
    says: "A load balancer `demo-staff-ingress` is created: `internet-facing`, `10.0.0.0/8` may connect.",
    not: [two, plain],
  },
  {
    code: "diff/name-ignored",
    when: "the load balancer has another name",
    before: plain,
    after: withDoor({ name: "other" }),
    says: "Load balancer name `demo-svc-ingress` -> `other`: the controller ignores it while the load balancer lives",
    not: [plain, withDoor({ name: "other", scheme: "internal" })],
  },
  {
    code: "diff/address-type",
    when: "dual stack is switched on",
    before: plain,
    after: withDoor({ annotations: { "ip-address-type": "dualstack" } }),
    says: "Addresses `ipv4` -> `dualstack`: changed in place, the load balancer stays.",
    not: [plain, withDoor({ annotations: { "ip-address-type": "ipv4" } })],
  },
  {
    code: "diff/replaces-target-group",
    when: "the protocol version changes",
    before: plain,
    after: withDoor({ annotations: { "backend-protocol-version": "HTTP2" } }),
    says: "`backend-protocol-version`: the controller makes a new target group",
    not: [plain, more],
  },
  {
    code: "diff/removes-cluster",
    when: "everything of a cluster goes",
    before: plain,
    after: [],
    says: "Nobody deletes the Application `demo-root` for it",
    not: [two, plain],
  },
  {
    code: "diff/deletes-application",
    when: "a door goes",
    before: two,
    after: plain,
    says: "The Application `demo-root` deletes it, and its finalizer first deletes everything that it deployed (1 of the objects here).",
    not: [plain, two],
  },
  {
    code: "diff/deletes-application",
    when: "its finalizer is missing",
    before: edited(two, "Application", "demo-ingress-staff", ["metadata", "finalizers"], undefined),
    after: plain,
    says: "It has no finalizer: what it deployed stays",
    not: [plain, more],
  },
  {
    code: "diff/leaves-objects",
    when: "a gateway moves to another namespace",
    before: plain,
    after: with_({ gateways: { ingress: { namespace: "edge" } }, ingresses: { services: door() } }),
    says: "Whatever the Applications deployed into the namespace `istio-ingress` stays, load balancers included",
    not: [two, more],
  },
  {
    code: "diff/deletes",
    when: "a route goes",
    before: with_({ routes: [route("web")], ingresses: { services: door() } }),
    after: plain,
    says: "The Application `demo-gateway` deletes `VirtualService istio-ingress/web`.",
    not: [two, plain],
  },
  {
    code: "diff/renames",
    when: "a route has another name",
    before: with_({ routes: [{ ...route("web"), name: "old" }], ingresses: { services: door() } }),
    after: with_({ routes: [{ ...route("web"), name: "new" }], ingresses: { services: door() } }),
    says: "It looks like `VirtualService istio-ingress/old` under another name. Kubernetes knows no renaming",
    not: [plain, withDoor({ ingressName: "front", healthCheck: { mode: "named" } })],
  },
  {
    code: "diff/moves-application",
    when: "a door has another key and the same Ingress",
    before: withDoors({ one: door({ ingressName: "front" }) }),
    after: withDoors({ two: door({ ingressName: "front" }) }),
    says: "from the Application `demo-ingress-one` to `demo-ingress-two`",
    not: [plain, two],
  },
  {
    code: "diff/applied-by-hand",
    when: "the root Application changes",
    before: plain,
    after: with_({ repository: { revision: "release" } }),
    says: "a person has to apply `argocd/demo.yaml`",
    not: [plain, two],
  },
  {
    code: "diff/opens",
    when: "the addresses are not restricted any more",
    before: withDoor({ inboundCidrs: ["10.0.0.0/8"] }),
    after: plain,
    says: "Clients from `0.0.0.0/0`, `::/0` may connect.",
    not: [withDoor({ inboundCidrs: ["10.0.0.0/8"] }), withDoor({ inboundCidrs: ["10.1.0.0/16"] })],
  },
  {
    code: "diff/opens",
    when: "the addresses are not restricted any more; security groups of one's own decide, and hold what nobody knows here",
    before: withDoor({ inboundCidrs: ["10.0.0.0/8"] }),
    after: plain,
    says: "Clients from `0.0.0.0/0`, `::/0` may connect.",
    not: [withDoor({ inboundCidrs: ["10.0.0.0/8"] }), withDoor({ securityGroups: { ids: ["sg-0a1b2c3d"] } })],
  },
  {
    code: "diff/opens",
    when: "ranges of IPv6 are added; another spelling of the same one opens nothing",
    before: withDoor({ inboundCidrs: ["2001:db8::/32"] }),
    after: withDoor({ inboundCidrs: ["2001:db8::/32", "2001:db9::/32"] }),
    says: "Clients from `2001:db9::/32` may connect.",
    not: [withDoor({ inboundCidrs: ["2001:0db8:0:0::/32"] }), withDoor({ inboundCidrs: ["2001:DB8::/32"] })],
  },
  {
    code: "diff/opens",
    when: "an internal door faces the internet",
    before: withDoor({ scheme: "internal" }),
    after: plain,
    says: "The load balancer can be reached from the internet.",
    not: [plain, withDoor({ scheme: "internal" })],
  },
  {
    code: "diff/opens",
    when: "authentication goes",
    before: annotated(plain, "auth-type", "oidc"),
    after: plain,
    says: "Requests need no authentication any more.",
    not: [annotated(plain, "auth-scope", "openid"), plain],
  },
  {
    code: "diff/opens",
    when: "the web ACL is detached",
    before: withDoor({ webAcl }),
    after: withDoor({ webAcl: "none" }),
    says: "Any web ACL is detached.",
    not: [withDoor({ webAcl }), plain],
  },
  {
    code: "diff/opens",
    when: "a door opens in one way and closes in another, which is then said in one line",
    before: withDoor({ scheme: "internal" }),
    after: withDoor({ inboundCidrs: ["192.0.2.0/24"] }),
    says: "The load balancer can be reached from the internet. At the same time: Clients from `0.0.0.0/0`",
    not: [plain, plain],
  },
  {
    code: "diff/closes",
    when: "fewer addresses may connect",
    before: withDoor({ inboundCidrs: ["10.0.0.0/8", "192.0.2.0/24"] }),
    after: withDoor({ inboundCidrs: ["10.0.0.0/8"] }),
    says: "Clients from `192.0.2.0/24` may no longer connect.",
    not: [withDoor({ inboundCidrs: ["10.0.0.0/8"] }), plain],
  },
  {
    code: "diff/opens",
    when: "another prefix list comes in; behind security groups nobody knows who came in before",
    before: withDoor({ prefixLists: ["pl-0a1b2c3d"] }),
    after: withDoor({ prefixLists: ["pl-0a1b2c3d", "pl-0a1b2c3e"] }),
    says: "Clients of the prefix lists `pl-0a1b2c3e` may connect.",
    not: [withDoor({ prefixLists: ["pl-0a1b2c3d"] }), withDoor({ securityGroups: { ids: ["sg-0a1b2c3d"] } })],
  },
  {
    code: "diff/opens",
    when: "security groups of one's own go and everybody may connect",
    before: withDoor({ securityGroups: { ids: ["sg-0a1b2c3d"] } }),
    after: plain,
    says: "Clients from `0.0.0.0/0`, `::/0` may connect.",
    not: [withDoor({ inboundCidrs: ["10.0.0.0/8"] }), withDoor({ securityGroups: { ids: ["sg-0a1b2c3e"] } })],
  },
  {
    code: "diff/opens",
    when: "clients need no certificate any more",
    before: annotated(plain, "mutual-authentication", '[{"port":443,"mode":"verify","trustStore":"office"}]'),
    after: annotated(plain, "mutual-authentication", '[{"port":443,"mode":"passthrough"}]'),
    says: "Clients need no certificate any more.",
    not: [
      annotated(plain, "mutual-authentication", '[{"port":443,"mode":"verify","trustStore":"office"}]'),
      annotated(plain, "mutual-authentication", '[{"Port":443,"Mode":"verify","TrustStore":"lab"}]'),
    ],
  },
  {
    code: "diff/opens",
    when: "plain HTTP is served; a door without a listener on 80 serves none",
    before: plain,
    after: withDoors({ services: httpDoor }),
    says: "Requests by plain HTTP are served and not redirected.",
    not: [plain, withDoor({ listeners: "https" })],
  },
  {
    code: "diff/listeners",
    when: "a door listens elsewhere",
    before: withDoor({ listeners: "https" }),
    after: plain,
    says: 'The listeners `{"HTTP":80}` are created.',
    not: [plain, withDoor({ tags: { a: "b" } })],
  },
  {
    code: "diff/listeners",
    when: "the port of plain HTTP goes",
    before: plain,
    after: withDoor({ listeners: "https" }),
    says: 'The listeners `{"HTTP":80}` are deleted: nobody answers there.',
    not: [plain, withDoor({ tags: { a: "b" } })],
  },
  {
    code: "diff/replaces-load-balancer",
    when: "another class serves the door",
    before: plain,
    after: withDoor({ ingressClassName: "alb-edge" }),
    says: "Class `alb` -> `alb-edge`: the controller of the old class deletes the load balancer",
    not: [plain, withDoor({ labels: { team: "edge" } })],
  },
  {
    code: "diff/replaces-target-group",
    when: "pods become the targets",
    before: plain,
    after: withDoor({ targetType: "ip" }),
    says: "`target-type`: the controller makes a new target group in place of the old one.",
    not: [plain, withDoor({ healthCheck: { mode: "named" } })],
  },
  {
    code: "diff/replaces-target-group",
    when: "the load balancer speaks HTTPS to the gateway",
    before: plain,
    after: withDoor({ backendTls: { credentialName: "gateway-tls" } }),
    says: "`backend-protocol`: the controller makes a new target group in place of the old one.",
    not: [plain, withDoor({ listeners: "https" })],
  },
  {
    code: "diff/attribute-stays",
    when: "an attribute of the target group is left out",
    before: withDoor({ targetGroupAttributes: { "deregistration_delay.timeout_seconds": "30" } }),
    after: plain,
    says: "Attributes that are left out keep their value in AWS: `deregistration_delay.timeout_seconds=30`.",
    not: [plain, withDoor({ targetGroupAttributes: { "deregistration_delay.timeout_seconds": "30" } })],
  },
  {
    code: "diff/host-new",
    when: "a door takes every host",
    before: plain,
    after: withDoor({ hosts: ["*"] }),
    says: "Each host that is to come in needs a DNS record that points to this load balancer.",
    not: [plain, plain],
  },
  {
    code: "diff/security-groups",
    when: "security groups of one's own decide who may connect",
    before: plain,
    after: withDoor({ securityGroups: { ids: ["sg-0a1b2c3d"] } }),
    says: "From now on the security groups `sg-0a1b2c3d` decide who may connect",
    not: [plain, withDoor({ inboundCidrs: ["10.0.0.0/8"] })],
  },
  {
    code: "diff/tls-policy",
    when: "an old TLS is accepted again",
    before: plain,
    after: withDoor({ sslPolicy: "ELBSecurityPolicy-2016-08" }),
    says: "`ELBSecurityPolicy-2016-08`: TLS 1.0 is accepted again.",
    not: [plain, more],
  },
  {
    code: "diff/web-acl",
    when: "the annotation goes",
    before: withDoor({ webAcl }),
    after: plain,
    says: "but the web ACL stays associated: only `none` detaches it.",
    not: [withDoor({ webAcl }), withDoor({ webAcl: "none" })],
  },
  {
    code: "diff/moves-cluster",
    when: "the children get another destination, whether by URL or by name",
    before: plain,
    after: with_({ cluster: { server: "https://other.example.com" }, ingresses: { services: door() } }),
    says: "goes to another cluster: from `https://kubernetes.default.svc` to `https://other.example.com`.",
    not: [plain, more],
  },
  {
    code: "diff/moves-argocd",
    when: "the EKS capability takes over",
    before: plain,
    after: byEks(),
    says: "The Applications of `demo` move from an Argo CD of your own (namespace `argocd`) to the EKS capability (namespace `argocd`). The old root syncs this merge first",
    not: [more, two],
  },
  {
    code: "diff/moves-argocd",
    when: "an Argo CD of one's own takes back",
    before: byEks(),
    after: plain,
    says: "from the EKS capability (namespace `argocd`) to an Argo CD of your own (namespace `argocd`)",
    not: [byEks(), byEks({ ingress: { namespace: "edge" } })],
  },
  {
    code: "diff/moves-argocd",
    when: "Argo CD has another namespace",
    before: plain,
    after: with_({ argocd: { namespace: "gitops" }, ingresses: { services: door() } }),
    says: "from an Argo CD of your own (namespace `argocd`) to an Argo CD of your own (namespace `gitops`). The old root syncs this merge first",
    not: [plain, with_({ argocd: { healthChecks: ["application"] }, ingresses: { services: door() } })],
  },
  {
    code: "diff/renames",
    when: "Argo CD has another namespace",
    before: plain,
    after: with_({ argocd: { namespace: "gitops" }, ingresses: { services: door() } }),
    says: "It looks like `Application argocd/demo-root` under another name. Kubernetes knows no renaming: a person applies this one, and nobody deletes the old one.",
    not: [plain, more],
  },
  {
    code: "diff/applied-by-hand",
    when: "a project that a person applies permits a namespace more",
    before: byEks(),
    after: byEks({ ingress: {}, edge: { object: "none" } }),
    says: "Apply `argocd/demo.yaml` before this is merged",
    not: [byEks(), byEks({ ingress: { replicas: { min: 3 } } })],
  },
  {
    code: "diff/applied-by-hand",
    when: "a project that a person applies permits a namespace less",
    before: byEks({ ingress: {}, edge: { object: "none" } }),
    after: byEks(),
    says: "Apply `argocd/demo.yaml` after the sync that follows the merge",
    not: [byEks(), byEks({ ingress: { replicas: { min: 3 } } })],
  },
  {
    code: "diff/applied-by-hand",
    when: "a project that a person applies permits one namespace for another",
    before: byEks({ ingress: { namespace: "inner" } }),
    after: byEks({ ingress: { namespace: "edge" } }),
    says: "Make two changes of this",
    not: [byEks(), byEks({ ingress: { replicas: { min: 3 } } })],
  },
  {
    code: "diff/applied-by-hand",
    when: "a project that a person applies permits kinds without a namespace",
    before: byEks(),
    after: byEks({ ingress: {} }, autoMode),
    says: "Apply `argocd/demo.yaml` before this is merged: it permits more",
    not: [byEks({ ingress: {} }, autoMode), byEks({ ingress: { replicas: { min: 3 } } }, autoMode)],
  },
  {
    code: "diff/applied-by-hand",
    when: "a project that a person applies loses kinds without a namespace",
    before: byEks({ ingress: {} }, autoMode),
    after: byEks(),
    says: "Apply `argocd/demo.yaml` after the sync that follows the merge",
    not: [byEks(), byEks({ ingress: { replicas: { min: 3 } } })],
  },
  {
    code: "diff/applied-by-hand",
    when: "a project that a person applies permits other charts",
    before: byEks(),
    after: byEks({ ingress: {} }, { istio: { charts: "https://charts.example.com" } }),
    says: "Apply `argocd/demo.yaml` right before this is merged: it permits another repository or destination in place of one that is there.",
    not: [byEks(), byEks({ ingress: { replicas: { min: 3 } } })],
  },
  {
    code: "diff/applied-by-hand",
    when: "a project that a person applies permits another cluster",
    before: byEks(),
    after: byEks({ ingress: {} }, { cluster: { argocdName: "other" } }),
    says: "right before this is merged: it permits another repository or destination",
    not: [byEks(), byEks({ ingress: { replicas: { min: 3 } } })],
  },
  {
    code: "diff/leaves-objects",
    when: "the AppProject loses kinds without a namespace in the same commit",
    before: onAutoMode,
    after: plain,
    says: "`IngressClass alb-auto` stays in the cluster: the AppProject `demo` no longer permits this kind",
    // What a person applies can wait.
    not: [byEks({ ingress: {}, edge: { object: "none" } }), byEks()],
  },
  {
    code: "diff/deletes-application",
    when: "the AppProject loses all kinds of the Application in the same commit",
    before: onAutoMode,
    after: plain,
    says: "The Application `demo-root` deletes it, but not what it deployed: the AppProject no longer permits `IngressClassParams`, `IngressClass`.",
    not: [plain, more],
  },
  {
    code: "diff/takes-every-host",
    when: "the hosts of the gateway become *",
    before: plain,
    after: with_({ gateways: { ingress: { hosts: ["*"] } }, ingresses: { services: door() } }),
    says: "a VirtualService in any namespace may bind to it",
    not: [
      plain,
      with_({ gateways: { ingress: { hosts: ["*.example.com"] } }, ingresses: { services: door() } }),
    ],
  },
  {
    code: "diff/fewer-replicas",
    when: "one replica of the gateway is left",
    before: with_({ gateways: { ingress: { replicas: { min: 4, max: 10 } } } }),
    after: with_({ gateways: { ingress: { replicas: { min: 1, max: 1 } } } }),
    says: "The gateway goes from `4 to 10` to `1` replicas: pods beyond that end once this is synced. With one replica there is no disruption budget",
    not: [plain, with_({ gateways: { ingress: { replicas: { min: 3, max: 10 } } } })],
  },
  {
    code: "diff/fewer-replicas",
    when: "istiod gets fewer",
    before: with_({ istio: { istiod: { replicas: { min: 3, max: 3 } } } }),
    after: with_({ istio: { istiod: { replicas: { min: 2, max: 3 } } } }),
    says: "istiod goes from `3` to `2 to 3` replicas",
    not: [plain, with_({ istio: { istiod: { replicas: { min: 2, max: 9 } } } })],
  },
  {
    code: "diff/host-moves",
    when: "a host is another door's",
    before: withDoors({
      services: door({ hosts: ["app.example.com", "x.example.com"] }),
      staff: door({ hosts: ["staff.example.com"] }),
    }),
    after: withDoors({ services: door(), staff: door({ hosts: ["staff.example.com", "x.example.com"] }) }),
    says: "`x.example.com`: from the load balancer of `ingress-services` to this one.",
    not: [plain, two],
  },
  {
    code: "diff/host-gone",
    when: "no door has it any more",
    before: two,
    after: plain,
    says: "No load balancer of the cluster forwards `staff.example.com` any more.",
    not: [two, withDoor({ hosts: ["app.example.com", "*.example.com"] })],
  },
  {
    code: "diff/host-new",
    when: "a door has one more",
    before: plain,
    after: withDoor({ hosts: ["app.example.com", "x.example.com"] }),
    says: "`x.example.com` needs a DNS record that points to this load balancer. For `x.example.com` there is no route here: the gateway answers 404",
    not: [two, plain],
  },
  {
    code: "diff/route-gone",
    when: "the last route of a host goes",
    before: with_({ routes: [route("web")], ingresses: { services: door() } }),
    after: plain,
    says: "No route here is for `app.example.com` any more: the gateway answers 404",
    not: [
      with_({
        routes: [
          { ...route("web"), path: "/a" },
          { ...route("api"), path: "/b" },
        ],
        ingresses: { services: door() },
      }),
      with_({ routes: [{ ...route("web"), path: "/a" }], ingresses: { services: door() } }),
    ],
  },
  {
    code: "diff/mesh-ca",
    when: "istiod changes its namespace",
    before: application("istiod", ["spec", "destination", "namespace"], "mesh"),
    after: plain,
    says: "istiod moves from namespace `mesh` to `istio-system`.",
    not: [version("1.30.3"), plain],
  },
  {
    code: "diff/replaces-gateway",
    when: "the release has another name",
    before: plain,
    after: with_({ gateways: { ingress: { release: "istio-edge" } } }),
    says: "The gateway `istio-ingress/istio-ingress` becomes `istio-ingress/istio-edge`",
    not: [version("1.30.3"), plain],
  },
  {
    code: "diff/istio-version",
    when: "a minor is skipped",
    before: version("1.29.6"),
    after: version("1.31.1"),
    says: "Istio `1.29.6` -> `1.31.1` skips a minor",
    not: [version("1.30.3"), version("1.31.1")],
  },
  {
    code: "diff/istio-version",
    when: "it goes back",
    before: version("1.31.1"),
    after: version("1.30.3"),
    says: "Istio `1.31.1` -> `1.30.3` is a step back",
    not: [version("1.28.5"), version("1.28.10")],
  },
  {
    code: "diff/rolls-istiod",
    when: "the chart's version changes",
    before: version("1.30.3"),
    after: version("1.31.1"),
    says: "istiod's pods are replaced: chart `1.30.3` -> `1.31.1`.",
    not: [plain, with_({ istio: { istiod: { replicas: { min: 3, max: 9 } } } })],
  },
  {
    code: "diff/rolls-istiod",
    when: "a value that nobody knows better changes",
    before: plain,
    after: values("istiod", { meshConfig: { accessLogFile: "/dev/stdout" } }),
    says: "istiod's pods may be replaced: `meshConfig` can reach their template.",
    not: [plain, values("gateway", { resources: { requests: { cpu: "1" } } })],
  },
  {
    code: "diff/rolls-gateway",
    when: "a value of its pods changes",
    before: plain,
    after: values("gateway", { resources: { requests: { cpu: "1" } } }),
    says: "The gateway's pods are replaced: `resources` stands in their template.",
    not: [plain, with_({ gateways: { ingress: { replicas: { min: 3, max: 9 } } } })],
  },
  {
    code: "diff/listeners",
    when: "a port goes",
    before: annotated(plain, "listen-ports", '[{"HTTP":80},{"HTTPS":443},{"HTTP":8080}]'),
    after: plain,
    says: 'The listeners `{"HTTP":8080}` are deleted: nobody answers there.',
    not: [plain, annotated(plain, "tags", "a=b")],
  },
  {
    code: "diff/certificate",
    when: "another one is the first",
    before: plain,
    after: withDoor({ certificate: { arn: arn(2) } }),
    says: `Clients that name no known host get \`${arn(2)}\`, the first. The load balancer stays.`,
    not: [plain, more],
  },
  {
    code: "diff/subnets",
    when: "one is added",
    before: plain,
    after: withDoor({
      subnets: { ids: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2", "subnet-0aaaaaaaaaaaaaaa3"] },
    }),
    says: "Subnets that come: `subnet-0aaaaaaaaaaaaaaa3`. The load balancer stays.",
    not: [
      plain,
      withDoor({
        scheme: "internal",
        subnets: { ids: ["subnet-0bbbbbbbbbbbbbbb1", "subnet-0bbbbbbbbbbbbbbb2"] },
      }),
    ],
  },
  {
    code: "diff/attribute-stays",
    when: "one is left out",
    before: more,
    after: plain,
    says: "Attributes that are left out keep their value in AWS: `idle_timeout.timeout_seconds=120`.",
    not: [more, withDoor({ attributes: { "idle_timeout.timeout_seconds": "60" } })],
  },
  {
    code: "diff/health-check",
    when: "the path changes",
    before: plain,
    after: annotated(plain, "healthcheck-path", "/ready"),
    says: "healthcheck-path `/healthz/ready` -> `/ready`",
    not: [plain, more],
  },
  {
    code: "diff/health-check-mode",
    when: "the hook is switched off",
    before: plain,
    after: withDoor({ healthCheck: { mode: "named" } }),
    says: "The hook no longer sets the health-check port: Argo CD puts back what stands in Git.",
    not: [plain, withDoor({ healthCheck: { intervalSeconds: 20 } })],
  },
  {
    code: "diff/health-check-mode",
    when: "the hook is switched on",
    before: withDoor({ healthCheck: { mode: "named" } }),
    after: plain,
    says: "The hook sets the health-check port from now on",
    not: [plain, two],
  },
  {
    code: "diff/wave",
    when: "the annotation changes",
    before: application("istiod", ["metadata", "annotations", "argocd.argoproj.io/sync-wave"], "3"),
    after: plain,
    says: "Sync wave `3` -> `10`",
    not: [plain, version("1.30.3")],
  },
  {
    code: "diff/unordered",
    when: "a chart and a folder change together",
    before: version("1.30.3"),
    after: withDoor({ name: "other" }),
    says: "and the folders of `demo-ingress-services` change in one commit.",
    not: [version("1.30.3"), plain],
  },
  {
    code: "diff/hook-program",
    when: "it is another one",
    before: edited(plain, "ConfigMap", "healthcheck", ["data", "healthcheck-port.mjs"], "// old\n"),
    after: plain,
    says: "Another program runs in the cluster",
    not: [plain, more],
  },
  {
    code: "diff/hook-runs",
    when: "a door comes",
    before: plain,
    after: two,
    says: "The Application `demo-healthcheck` syncs, and its hook runs once everything in it is healthy.",
    not: [plain, more],
  },
  {
    code: "diff/hook-waits",
    when: "only the Job differs",
    before: edited(plain, "Job", "healthcheck", ["spec", "backoffLimit"], 9),
    after: plain,
    says: "a hook alone makes no sync",
    not: [plain, with_({ hook: { timeoutSeconds: 50 } })],
  },
  {
    code: "diff/moves-node-port",
    when: "another door of the gateway is pinned",
    before: two,
    after: withDoors({
      services: door({ healthCheck: { mode: "pinned", nodePort: 31_500 } }),
      staff: door({ hosts: ["staff.example.com"] }),
    }),
    says: "The NodePort of `istio-ingress/istio-ingress` becomes `31500` for all doors of the gateway. This one asks at the number of before, where nobody answers, until the next recheck.",
    not: [
      two,
      withDoors({
        services: door({ healthCheck: { mode: "pinned", nodePort: 31_500 } }),
        staff: door({ hosts: ["staff.example.com"], healthCheck: { mode: "named" } }),
      }),
    ],
  },
  {
    code: "diff/moves-node-port",
    when: "there is no recheck",
    before: withoutRecheck({}),
    after: withoutRecheck({ mode: "pinned", nodePort: 31_500 }),
    says: "until its hook runs again: there is no recheck.",
    // Kubernetes leaves a NodePort where it is when the manifest no longer fixes it.
    not: [withoutRecheck({ mode: "pinned", nodePort: 31_500 }), withoutRecheck({})],
  },
  {
    code: "diff/moves-gateway",
    when: "a second gateway comes",
    before: plain,
    after: withGateways({ ingress: {}, staff: {} }),
    says: "The gateway `istio-ingress/istio-ingress` goes from the Application `demo-istio-ingress` to `demo-gateway-chart-ingress`. Both take its objects from each other until the first is deleted",
    not: [
      withGateways({ ingress: {}, staff: {} }),
      withGateways({ ingress: {}, staff: { replicas: { min: 3, max: 3 } } }),
    ],
  },
  {
    code: "diff/host-new",
    when: "a door of another gateway has the host too",
    before: twoGateways({ staff: ["staff.example.com"] }),
    after: twoGateways({ staff: ["staff.example.com", "app.example.com"] }),
    says: "`app.example.com` needs a DNS record that points to this load balancer.",
    not: [plain, more],
  },
  {
    code: "diff/host-gone",
    when: "a door of another gateway still has the host",
    before: twoGateways({ staff: ["staff.example.com", "app.example.com"] }),
    after: twoGateways({ staff: ["staff.example.com"] }),
    says: "This load balancer no longer forwards `app.example.com`; another one still does.",
    not: [plain, more],
  },
  {
    code: "diff/route-gone",
    when: "the route of the host is now on another gateway",
    before: routedBy("services"),
    after: routedBy("staff"),
    says: "No route here is for `app.example.com` any more",
    not: [routedBy("staff"), routedBy("staff")],
  },
];

describe.each(cases)("$code when $when", ({ code, before, after, says, not }) => {
  const told = (from: readonly OutputSide[], to: readonly OutputSide[]): readonly string[] =>
    report(from, to)
      .consequences.filter((consequence) => consequence.code === code)
      .map(({ message }) => message);

  it("is told", () => {
    expect(told(before, after).join("\n")).toContain(says);
  });

  it("is not told of another change", () => {
    expect(told(...not)).toEqual([]);
  });
});

describe("a move from one Argo CD to another", () => {
  const told = (code: string, from: readonly OutputSide[], to: readonly OutputSide[]): string =>
    report(from, to)
      .consequences.filter((consequence) => consequence.code === code)
      .map(({ message }) => message)
      .join("\n");

  it("has one order, and no project is applied before the merge", () => {
    expect(told("diff/moves-argocd", plain, byEks())).toContain(
      "the finalizer of the root `demo-root`, the root, the finalizers of its children and the children",
    );
    expect(told("diff/moves-argocd", plain, byEks())).toContain(
      "Then merge, and apply `argocd/demo.yaml` in the other one",
    );
    expect(told("diff/applied-by-hand", plain, byEks())).toContain(
      "a person has to apply `argocd/demo.yaml`",
    );
    expect(told("diff/applied-by-hand", plain, byEks())).not.toContain("before this is merged");
  });

  it("changes no wave, because what a person applies has none", () => {
    expect(told("diff/wave", plain, byEks())).toBe("");
    expect(told("diff/wave", byEks(), plain)).toBe("");
  });

  it("does not tell to delete the namespace of Argo CD", () => {
    expect(told("diff/leaves-objects", byEks(), plain)).toBe("");
  });
});

describe("the table of consequences", () => {
  it("has an example here for each row", () => {
    expect([...new Set(cases.map(({ code }) => code))].sort()).toEqual(
      consequenceRules.map(({ code }) => code).sort(),
    );
  });

  it("names the strongest first", () => {
    const { consequences } = report(
      two,
      withDoor({ scheme: "internal", hosts: ["app.example.com", "y.example.com"] }),
    );
    const levels = consequences.map(({ level }) => level);
    expect(levels).toEqual(
      [...levels].sort(
        (a, b) => ["critical", "warning", "note"].indexOf(a) - ["critical", "warning", "note"].indexOf(b),
      ),
    );
    expect(new Set(levels)).toEqual(new Set(["critical", "warning", "note"]));
  });

  it("says nothing that is in backticks otherwise than as code", () => {
    const hostile = annotated(plain, "load-balancer-name", "`@all` <img src=x>\n# x");
    const [name] = report(hostile, plain).consequences.filter(
      (consequence) => consequence.code === "diff/name-ignored",
    );
    expect(name?.message).toContain("Load balancer name `'@all' <img src=x>\\u000a# x` -> ");
  });
});
