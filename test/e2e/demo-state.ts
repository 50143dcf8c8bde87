// What the tests ask about the demo platform on a bed.
import { isDeepStrictEqual } from "node:util";
import { type Application, stateOf } from "./applications.ts";
import { demoWaves, gatewayNamespace } from "./demo-platform.ts";
import { type Deployment, isRolledOut } from "./journal.ts";
import { collection, type KubernetesObject, type Metadata } from "./kubernetes-api.ts";
import type { LoadBalancer } from "./load-balancer.ts";
import { ANNOTATION_PREFIX, type Ingress, type Service } from "./target-groups.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

const root = "demo-root";
export const applicationNames = [root, ...demoWaves.flat()];

export const ingressPath = (door: string): string =>
  `${collection("networking.k8s.io/v1", "ingresses", gatewayNamespace)}/ingress-${door}`;

export const deploymentPath = (namespace: string, name: string): string =>
  `${collection("apps/v1", "deployments", namespace)}/${name}`;

/** Synced and Healthy, its last operation over, and all that for the source it has now. */
export const isWell = (application: Application): boolean =>
  isSettled(application) && application.status?.operationState?.phase === "Succeeded";

/**
 * Synced and Healthy for the source it has now, whatever became of the last operation: a revert to what is live needs
 * none, so that one stays a failed one.
 */
export function isSettled(application: Application): boolean {
  const { status, spec } = application;
  return (
    /^Synced\/Healthy\//.test(stateOf(application)) &&
    isDeepStrictEqual(status?.sync?.comparedTo?.source, spec.source)
  );
}

/** Until the root is well and this holds for all its children; those that Git is the source of at this commit. */
export async function untilWell(
  bed: TestBed,
  revision: string,
  {
    timeoutSeconds = 150,
    holds = isWell,
    names = applicationNames,
  }: {
    readonly timeoutSeconds?: number;
    readonly holds?: (application: Application) => boolean;
    readonly names?: readonly string[];
  } = {},
): Promise<void> {
  const isDone = (application: Application | undefined) =>
    application !== undefined &&
    (application.metadata.name === root ? isWell(application) : holds(application)) &&
    (application.spec.source.repoURL !== bed.platform.url || application.status?.sync?.revision === revision);
  await waitUntil(
    `all Applications Synced and Healthy at ${revision}`,
    timeoutSeconds,
    async () => {
      const all = new Map((await bed.applications.list()).map((each) => [each.metadata.name, each]));
      return names.every((name) => isDone(all.get(name)));
    },
    () => bed.applications.summary(),
  );
}

export const healthCheckPortOf = ({ metadata }: { readonly metadata: Metadata }): string | undefined =>
  metadata.annotations?.[`${ANNOTATION_PREFIX}healthcheck-port`];

export const getIngress = (bed: TestBed, door: string): Promise<Ingress> =>
  bed.plane.api.get(ingressPath(door));

/** NodePort of the gateway's status port, as text. */
export async function statusNodePort(bed: TestBed): Promise<string> {
  const service = await bed.plane.api.get<Service>(
    `${collection("v1", "services", gatewayNamespace)}/istio-ingress`,
  );
  return String(service.spec.ports?.find(({ port }) => port === 15021)?.nodePort);
}

export const tryGetDeployment = (
  bed: TestBed,
  namespace: string,
  name: string,
): Promise<Deployment | undefined> => bed.plane.api.tryGet(deploymentPath(namespace, name));

/** The autoscaler's first pass comes up to 15 s after a roll-out: until then istiod's Deployment is not at rest. */
export async function untilScaled(bed: TestBed): Promise<void> {
  await waitUntil("istiod to be scaled", 60, async () => {
    const istiod = await tryGetDeployment(bed, "istio-system", "istiod");
    return istiod?.status?.replicas === 2 && isRolledOut(istiod);
  });
}

/** Values of the health-check port in the versions of a door's Ingress, repetitions left out. */
export function healthCheckPortHistory(
  bed: TestBed,
  door: string,
  since = 0,
): readonly (string | undefined)[] {
  const values = bed.journal.ingresses
    .of(`ingress-${door}`, since)
    .filter(({ isDeleted }) => !isDeleted)
    .map(({ object }) => healthCheckPortOf(object));
  return values.filter((value, index) => index === 0 || value !== values[index - 1]);
}

export const tryFindLoadBalancer = (bed: TestBed, door: string): LoadBalancer | undefined =>
  bed.alb.tryFindLoadBalancer(`${gatewayNamespace}/ingress-${door}`);

/** Health-check port of a door's target groups, at the load balancer. */
export const targetGroupPorts = (bed: TestBed, door: string): readonly string[] | undefined =>
  tryFindLoadBalancer(bed, door)?.targetGroups.map(({ healthCheckPort }) => healthCheckPort);

export const targetGroupNames = (bed: TestBed, door: string): readonly string[] | undefined =>
  tryFindLoadBalancer(bed, door)?.targetGroups.map(({ name }) => name);

/** Somebody writes a number, or takes the annotation away. */
export const setHealthCheckPort = (bed: TestBed, door: string, port: string | null): Promise<unknown> =>
  bed.plane.api.patch(ingressPath(door), {
    metadata: { annotations: { [`${ANNOTATION_PREFIX}healthcheck-port`]: port } },
  });

/** Until these doors have the number, in their annotations and at their load balancers. */
export async function untilAsking(
  bed: TestBed,
  doors: readonly string[],
  nodePort: string,
  timeoutSeconds: number,
): Promise<void> {
  const state = async (door: string) => ({
    door,
    annotation: healthCheckPortOf(await getIngress(bed, door)),
    targetGroups: targetGroupPorts(bed, door),
  });
  await waitUntil(
    `${doors.join(", ")} to ask at ${nodePort}`,
    timeoutSeconds,
    async () => {
      const states = await Promise.all(doors.map(state));
      return states.every(
        ({ annotation, targetGroups }) => annotation === nodePort && targetGroups?.join() === nodePort,
      );
    },
    () => Promise.all(doors.map(state)),
  );
}

interface KubernetesEvent extends KubernetesObject {
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly name: string };
}

/** `reason: message` of the Events on the Ingress of a door since a position. */
export async function eventsOf(bed: TestBed, door: string, since = 0): Promise<readonly string[]> {
  const path = collection("v1", "events", gatewayNamespace);
  const { items } = await bed.plane.api.get<{ items: readonly KubernetesEvent[] }>(path);
  return items
    .filter(
      ({ involvedObject, metadata }) =>
        involvedObject.name === `ingress-${door}` && Number(metadata.resourceVersion) > since,
    )
    .map(({ reason, message }) => `${reason}: ${message}`);
}

/** Until the controller of load balancers has written such an Event on the Ingress of a door. */
export async function untilEvent(
  bed: TestBed,
  door: string,
  reason: string,
  message: RegExp,
  since = 0,
): Promise<void> {
  const events = () => eventsOf(bed, door, since);
  await waitUntil(
    `an Event ${reason}: ${message}`,
    60,
    async () => (await events()).some((text) => text.startsWith(`${reason}: `) && message.test(text)),
    events,
  );
}

/** Until an Application is gone, and so all that it deployed. */
export const untilGone = (bed: TestBed, application: string): Promise<true> =>
  waitUntil(
    `${application} to be gone`,
    60,
    async () => (await bed.applications.tryGet(application)) === undefined,
    () => bed.applications.summary(),
  );
