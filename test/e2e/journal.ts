// Every version of the objects whose order or steadiness a test judges. Versions of different objects are ordered by
// their resourceVersion, etcd's own counter, so no delay of a watch can change a verdict.
import { type Application, applicationsPath } from "./applications.ts";
import { type WebhookConfiguration, webhooksPath } from "./istiod-actor.ts";
import { collection, type KubernetesApi, type KubernetesObject } from "./kubernetes-api.ts";
import type { Ingress } from "./target-groups.ts";
import { waitUntil } from "./wait-until.ts";

export interface Deployment extends KubernetesObject {
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly unavailableReplicas?: number;
  };
}

export interface Version<T> {
  /** Position in the order of all changes. */
  readonly at: number;
  readonly isDeleted: boolean;
  readonly object: T;
}

export class Versions<T extends KubernetesObject> {
  readonly #versions = new Map<string, Version<T>[]>();

  constructor(api: KubernetesApi, path: string, signal: AbortSignal) {
    void api.watch<T>(path, signal, ({ type, object }) => {
      const at = Number(object.metadata.resourceVersion);
      const known = this.#versions.get(object.metadata.name) ?? [];
      // A watch that had to begin anew repeats the last version.
      if (known.at(-1)?.at !== at) known.push({ at, object, isDeleted: type === "DELETED" });
      this.#versions.set(object.metadata.name, known);
    });
  }

  /** All versions so far, the oldest first. */
  of(name: string, since = 0): readonly Version<T>[] {
    return (this.#versions.get(name) ?? []).filter(({ at }) => at > since);
  }

  /** Of everything that has changed since. */
  since(position: number): readonly Version<T>[] {
    return [...this.#versions.values()].flat().filter(({ at }) => at > position);
  }

  /** Position of the first version for which this holds. Waits: a watch is some milliseconds behind. */
  async first(
    name: string,
    what: string,
    holds: (version: Version<T>) => boolean,
    since = 0,
  ): Promise<number> {
    const found = await waitUntil(`a version of ${name} that is ${what}`, 10, () =>
      this.of(name, since).find(holds),
    );
    return found.at;
  }
}

export class Journal {
  readonly applications: Versions<Application>;
  readonly deployments: Versions<Deployment>;
  readonly ingresses: Versions<Ingress>;
  readonly webhooks: Versions<WebhookConfiguration>;

  constructor(api: KubernetesApi, signal: AbortSignal) {
    this.applications = new Versions(api, applicationsPath, signal);
    this.deployments = new Versions(api, collection("apps/v1", "deployments"), signal);
    this.ingresses = new Versions(api, collection("networking.k8s.io/v1", "ingresses"), signal);
    this.webhooks = new Versions(api, webhooksPath, signal);
  }

  /** `name: time it began`, of each operation that began since. */
  operationsSince(position: number): readonly string[] {
    const begunAt = (versions: readonly Version<Application>[]) =>
      new Set(
        versions.flatMap(({ object }) => {
          const startedAt = object.status?.operationState?.startedAt;
          return startedAt === undefined ? [] : [`${object.metadata.name}: ${startedAt}`];
        }),
      );
    const before = begunAt(this.applications.since(0).filter(({ at }) => at <= position));
    return [...begunAt(this.applications.since(position))].filter((operation) => !before.has(operation));
  }
}

/** As `kubectl rollout status` judges it: all pods are of the present generation and available. */
export function isRolledOut({ metadata, status }: Deployment): boolean {
  const { observedGeneration, replicas = 0, updatedReplicas, availableReplicas } = status ?? {};
  return (
    observedGeneration === metadata.generation &&
    replicas > 0 &&
    updatedReplicas === replicas &&
    availableReplicas === replicas
  );
}
