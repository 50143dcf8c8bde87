// The Ingresses of the AWS Load Balancer Controller that lead to an Istio gateway -> doors; the others are named.
import type { Findings } from "../finding.ts";
import type { LiveObject, LiveState } from "../live.ts";
import { type Door, doorOf } from "./door.ts";
import { type LiveGateway, tryFindGateway } from "./gateways.ts";
import { type IngressView, ingressView, servicePaths } from "./ingress-view.ts";
import { groupOf, isIngress, kindOf, nameOf, namespaceOf, titleOf } from "./objects.ts";

interface Candidate {
  readonly view: IngressView;
  /** Live Ingresses behind it: several where members of a group were merged. */
  readonly members: readonly LiveObject[];
  readonly gateway: LiveGateway;
}

export interface DoorsFound {
  readonly doors: readonly Door[];
  /** Their gateways, each once. */
  readonly gateways: readonly LiveGateway[];
}

export function findDoors(state: LiveState, clusterName: string, findings: Findings): DoorsFound {
  const all = state.objects.filter(isIngress).map(ingressView);
  const views = all.filter(isOfTheController);
  for (const { object, className } of all.filter((view) => !isOfTheController(view)))
    findings.leftOut(
      "other-class",
      titleOf(object),
      `It is of the class ${className ?? "that is the default"}, and has no annotation of the AWS Load Balancer Controller: it is another controller's, and stays as it is.`,
    );
  const gatewayOf = gatewayCache(state);
  const candidates = views.flatMap((view) => candidateOf(state, view, gatewayOf, findings));
  const open = candidates.filter((candidate) => !isHeaderDoor(candidate, candidates, findings));
  const gateways = [...new Set(open.map(({ gateway }) => gateway))];
  const merged = mergeGroups(open, views, findings);
  const doors = merged.map(({ view, gateway, members }) =>
    doorOf({ view, members, gateway, others: gateways, clusterName, findings }),
  );
  return { doors, gateways };
}

/** Some annotation of the controller, or its class: the rest of a cluster's Ingresses are not its. */
function isOfTheController({ alb, className }: IngressView): boolean {
  return Object.keys(alb).length > 0 || /alb/.test(className ?? "");
}

/** One object per gateway, so that doors to the same one can be told. */
function gatewayCache(state: LiveState): (namespace: string, service: string) => LiveGateway | undefined {
  const known = new Map<string, LiveGateway | undefined>();
  return (namespace, service) => {
    const key = `${namespace}/${service}`;
    if (!known.has(key)) known.set(key, tryFindGateway(state, namespace, service));
    return known.get(key);
  };
}

function candidateOf(
  state: LiveState,
  view: IngressView,
  gatewayOf: ReturnType<typeof gatewayCache>,
  findings: Findings,
): readonly Candidate[] {
  const services = [...new Set(servicePaths(view).map(({ service }) => service))];
  const gateways = services.flatMap((service) => gatewayOf(view.namespace, service) ?? []);
  const [gateway, ...more] = [...new Set(gateways)];
  const about = titleOf(view.object);
  const byGatewayApi = services.find((service) => isMadeByGatewayApi(state, view.namespace, service));
  if (byGatewayApi !== undefined) {
    findings.refuse(
      "gateway-api",
      about,
      `It leads to Service ${byGatewayApi}, which istiod made for a Gateway of the Gateway API (gateway.networking.k8s.io). meshfront installs gateways by Istio's chart and has no such Gateway object yet: it cannot take this one over. The door alone would work; keep it as it is.`,
    );
    return [];
  }
  if (gateway === undefined) {
    findings.leftOut(
      "other-ingress",
      about,
      `It leads to ${services.length === 0 ? "no Service" : services.map((service) => `Service ${service}`).join(", ")}, which is no Istio gateway as far as the input shows: it stays as it is, whoever manages it.${services.some((service) => /istio/.test(service)) ? " Give the Service too, if it is one." : ""}`,
    );
    return [];
  }
  if (more.length > 0) {
    findings.refuse(
      "two-gateways",
      about,
      `It leads to several gateways (${[gateway, ...more].map(({ serviceName }) => serviceName).join(", ")}), and a door of ours leads to one. Make one Ingress for each gateway first: a second load balancer, whose DNS has to move before anything else does.`,
    );
    return [];
  }
  return [{ view, gateway, members: [view.object] }];
}

/** istiod calls it `<gateway>-<class>` (istio pilot/pkg/config/kube/gateway/deploymentcontroller.go). */
const isMadeByGatewayApi = ({ objects }: LiveState, namespace: string, service: string): boolean =>
  objects.some(
    (object) =>
      kindOf(object) === "Gateway" &&
      groupOf(object) === "gateway.networking.k8s.io" &&
      namespaceOf(object) === namespace &&
      `${nameOf(object)}-istio` === service,
  );

/** A condition on a header is a key that stands in Git; without it the door would be open. */
function isHeaderDoor({ view, gateway }: Candidate, all: readonly Candidate[], findings: Findings): boolean {
  const names = Object.keys(view.alb).filter((name) => name.startsWith("conditions."));
  const active = names.filter((name) => view.paths.some(({ service }) => name === `conditions.${service}`));
  const about = titleOf(view.object);
  for (const name of names.filter((each) => !active.includes(each)))
    findings.fault(
      "dead-condition",
      about,
      `${name} does nothing: no rule has a backend of that name. It is not carried over.`,
      "cosmetic",
    );
  if (active.length === 0) return false;
  const shared = all.filter((other) => other.gateway === gateway && other.view !== view);
  const withLogIn = shared.find((other) => (other.view.alb["auth-type"] ?? "none") !== "none");
  sayDeadActions(view, findings);
  findings.leftOut(
    "header-door",
    about,
    `It lets in only requests that meet a condition of the load balancer (${active.join(", ")}); the value is not shown here, and stands in clear in the Ingress. A cluster file has no conditions, and without it the door would be open: it is left out${withLogIn === undefined ? "" : `, also because whoever has the key reaches what the log-in of ${titleOf(withLogIn.view.object)} closes: both lead to one Envoy`}. The way out: a gateway of its own for it, with its own hosts, and the key checked by Istio (an AuthorizationPolicy with an external authoriser, or a JWT) from a Secret.`,
  );
  return true;
}

/** Of a door that is left out, what would have been said of its actions. */
function sayDeadActions(view: IngressView, findings: Findings): void {
  for (const name of Object.keys(view.alb).filter((each) => each.startsWith("actions."))) {
    const service = name.slice("actions.".length);
    const isUsed = view.paths.some((path) => path.service === service && path.port === "use-annotation");
    if (!isUsed)
      findings.fault(
        "dead-action",
        titleOf(view.object),
        `${name} does nothing: actions hold only for backends with the port use-annotation. It is not carried over.`,
        "cosmetic",
      );
  }
}

/** Members of one group that lead to one gateway are one door; a member whose others are elsewhere becomes a door of its own. */
function mergeGroups(
  candidates: readonly Candidate[],
  views: readonly IngressView[],
  findings: Findings,
): readonly Candidate[] {
  const taken = new Set<IngressView>();
  return candidates.flatMap((candidate) => {
    const group = candidate.view.alb["group.name"];
    if (group === undefined) return [candidate];
    if (taken.has(candidate.view)) return [];
    const members = candidates.filter(
      ({ view, gateway }) => view.alb["group.name"] === group && gateway === candidate.gateway,
    );
    for (const { view } of members) taken.add(view);
    const strangers = views.filter(
      (view) => view.alb["group.name"] === group && !members.some((member) => member.view === view),
    );
    sayGroup(group, members, strangers, findings);
    return [mergeMembers(members.length === 0 ? [candidate] : members)];
  });
}

const order = ({ view }: Candidate): number => Number(view.alb["group.order"] ?? 0);

/** The first by group.order keeps its name; the hosts are those of all. Its annotations win: they stand for the load balancer. */
function mergeMembers(members: readonly Candidate[]): Candidate {
  const [first, ...others] = [...members].sort((a, b) => order(a) - order(b));
  if (first === undefined) throw new Error("a group without members");
  const alb = Object.assign({}, ...others.map(({ view }) => view.alb).reverse(), first.view.alb);
  const paths = [first, ...others].flatMap(({ view }) => view.paths);
  const tlsHosts = [first, ...others].flatMap(({ view }) => view.tlsHosts);
  const objects = [first, ...others].map(({ view }) => view.object);
  return { gateway: first.gateway, members: objects, view: { ...first.view, alb, paths, tlsHosts } };
}

function sayGroup(
  group: string,
  members: readonly Candidate[],
  strangers: readonly IngressView[],
  findings: Findings,
): void {
  const [first, ...others] = members.map(({ view }) => view.object);
  if (first === undefined) return;
  const about = titleOf(first);
  const cost =
    "The group's load balancer is its own: leaving the group makes a new load balancer with another DNS name, so plan DNS before anything is applied (external-dns moves the record by itself; a record made by hand does not).";
  if (others.length > 0)
    findings.difference(
      "replaces a load balancer",
      "group-merged",
      about,
      `${others.map(titleOf).join(", ")} and this one are members of the group ${group} and lead to one gateway: they become one door with the hosts of all. ${cost} Remove ${others.map((each: LiveObject) => nameOf(each)).join(", ")} when DNS has moved.`,
    );
  else
    findings.difference(
      "replaces a load balancer",
      "group-left",
      about,
      `It is a member of the group ${group}, ${strangers.length > 0 ? `beside ${strangers.map(({ object }) => titleOf(object)).join(", ")}, which lead elsewhere` : "whose other members are not in the input"}. A cluster file has no groups, because one bad member stops them all: it becomes a door of its own. ${cost} Do not run it under the same name in and out of the group: remove it from the group in the same change. If the others lead to the same gateway, give them too: together they are one door with several hosts.`,
    );
}
