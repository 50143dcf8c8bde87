// IMITATION of the AWS Load Balancer Controller, the part that talks to the API server: watches Ingresses and Services,
// asks load-balancer.ts what follows, and writes finalizer, host name and Events as the real one does.
import { AlbWebhooks } from "./alb-webhooks.ts";
import type { ControlPlane } from "./control-plane.ts";
import { collection, type KubernetesApi, type KubernetesObject } from "./kubernetes-api.ts";
import { type Aws, deletionRefusal, type LoadBalancer, type Outcome, reconcile } from "./load-balancer.ts";
import type { Ingress, Service } from "./target-groups.ts";

const FINALIZER = "ingress.k8s.aws/resources";
const CONTROLLER = "ingress.k8s.aws/alb";

/** What the target groups of one Ingress were told, each time that changed. */
export interface HealthCheckPortChange {
  readonly ingress: string;
  readonly ports: readonly string[];
}

export class AlbActor {
  readonly changes: HealthCheckPortChange[] = [];
  /** What it has to say of no Event's worth. */
  readonly log: string[] = [];
  readonly webhooks: AlbWebhooks;
  readonly #api: KubernetesApi;
  readonly #aws: Aws;
  readonly #ingresses = new Map<string, Ingress>();
  readonly #services = new Map<string, Service>();
  readonly #classes = new Set<string>();
  /** Those of this controller. */
  readonly #ownClasses = new Set<string>();
  readonly #loadBalancers = new Map<string, LoadBalancer>();
  readonly #lastMessages = new Map<string, string>();
  readonly #queue = new Set<string>();
  #isWorking = false;
  #isDown = false;

  constructor(plane: ControlPlane, aws: Aws) {
    this.#api = plane.api;
    this.#aws = aws;
    this.webhooks = new AlbWebhooks(plane, this.#classes);
  }

  /** What the Helm chart of the real controller makes, the class that Ingresses name and the webhooks, and the controller. */
  async start(signal: AbortSignal): Promise<void> {
    await this.#api.create(collection("networking.k8s.io/v1", "ingressclasses"), {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: { name: "alb" },
      spec: { controller: CONTROLLER },
    });
    void this.#api.watch<IngressClass>(
      collection("networking.k8s.io/v1", "ingressclasses"),
      signal,
      ({ type, object }) => {
        const { name } = object.metadata;
        if (type === "DELETED") this.#classes.delete(name);
        else this.#classes.add(name);
        if (object.spec.controller === CONTROLLER) this.#ownClasses.add(name);
      },
    );
    await this.webhooks.start(signal);
    void this.#api.watch<Ingress>(collection("networking.k8s.io/v1", "ingresses"), signal, (event) => {
      const key = keyOf(event.object);
      if (event.type === "DELETED") this.#ingresses.delete(key);
      else this.#ingresses.set(key, event.object);
      this.#enqueue(key);
    });
    void this.#api.watch<Service>(collection("v1", "services"), signal, (event) => {
      if (event.type === "DELETED") this.#services.delete(keyOf(event.object));
      else this.#services.set(keyOf(event.object), event.object);
      for (const [key, ingress] of this.#ingresses) {
        if (ingress.metadata.namespace === event.object.metadata.namespace) this.#enqueue(key);
      }
    });
  }

  /** @param ingress `namespace/name` */
  tryFindLoadBalancer(ingress: string): LoadBalancer | undefined {
    return this.#loadBalancers.get(ingress);
  }

  /** The controller's pods are gone: nothing is reconciled, and nobody answers the webhooks. */
  async goDown(): Promise<void> {
    this.#isDown = true;
    await this.webhooks.close();
  }

  async comeBack(): Promise<void> {
    await this.webhooks.listen();
    this.#isDown = false;
    if (!this.#isWorking) void this.#work();
  }

  #enqueue(key: string): void {
    this.#queue.add(key);
    if (!this.#isWorking && !this.#isDown) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (const key of this.#queue) {
      this.#queue.delete(key);
      try {
        await this.#reconcile(key);
      } catch {
        // A conflict, an object that is gone, a server that restarts: the next event asks again.
      }
    }
    this.#isWorking = false;
  }

  async #reconcile(key: string): Promise<void> {
    const ingress = this.#ingresses.get(key);
    if (ingress === undefined) return;
    if (ingress.metadata.deletionTimestamp !== undefined) return await this.#release(key, ingress);
    if (!this.#ownClasses.has(ingress.spec.ingressClassName ?? "")) return;
    await this.#setFinalizers(ingress, (others) => [...others, FINALIZER]);
    const namespace = ingress.metadata.namespace;
    const services = [...this.#services.values()].filter(({ metadata }) => metadata.namespace === namespace);
    const before = this.#loadBalancers.get(key);
    const outcome = reconcile(ingress, services, this.#aws, before);
    if (outcome.loadBalancer !== undefined) this.#record(key, outcome.loadBalancer);
    if (outcome.hostname !== undefined && outcome.hostname !== hostnameOf(ingress)) {
      await this.#api.patch(`${pathOf(ingress)}/status`, {
        status: { loadBalancer: { ingress: [{ hostname: outcome.hostname }] } },
      });
    }
    if (this.#lastMessages.get(key) !== outcome.message) await this.#writeEvent(ingress, outcome);
    this.#lastMessages.set(key, outcome.message);
  }

  #record(key: string, loadBalancer: LoadBalancer): void {
    this.#loadBalancers.set(key, loadBalancer);
    const ports = loadBalancer.targetGroups.map(({ healthCheckPort }) => healthCheckPort);
    const last = this.changes.findLast(({ ingress }) => ingress === key);
    if (last?.ports.join() !== ports.join()) this.changes.push({ ingress: key, ports });
  }

  async #release(key: string, ingress: Ingress): Promise<void> {
    const refusal = deletionRefusal(ingress);
    if (refusal !== undefined) {
      this.log.push(refusal);
      return;
    }
    this.#loadBalancers.delete(key);
    this.#lastMessages.delete(key);
    this.changes.push({ ingress: key, ports: [] });
    await this.#setFinalizers(ingress, (others) => others);
  }

  async #setFinalizers(
    ingress: Ingress,
    change: (others: readonly string[]) => readonly string[],
  ): Promise<void> {
    const before = ingress.metadata.finalizers ?? [];
    const finalizers = change(before.filter((each) => each !== FINALIZER));
    if (finalizers.join() !== before.join())
      await this.#api.patch(pathOf(ingress), { metadata: { finalizers } });
  }

  async #writeEvent(ingress: Ingress, { reason, message }: Outcome): Promise<void> {
    const { name, namespace = "default", uid } = ingress.metadata;
    const now = new Date().toISOString();
    await this.#api.create(collection("v1", "events", namespace), {
      metadata: { generateName: `${name}.`, namespace },
      involvedObject: { apiVersion: "networking.k8s.io/v1", kind: "Ingress", name, namespace, uid },
      type: reason === "SuccessfullyReconciled" ? "Normal" : "Warning",
      reason,
      message,
      source: { component: "ingress" },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    });
  }
}

interface IngressClass extends KubernetesObject {
  readonly spec: { readonly controller?: string };
}

const keyOf = ({ metadata }: KubernetesObject): string => `${metadata.namespace}/${metadata.name}`;

const pathOf = ({ metadata }: Ingress): string =>
  `${collection("networking.k8s.io/v1", "ingresses", metadata.namespace)}/${metadata.name}`;

const hostnameOf = ({ status }: Ingress): string | undefined => status?.loadBalancer?.ingress?.[0]?.hostname;
