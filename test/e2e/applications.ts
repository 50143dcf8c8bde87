// Argo CD's Applications, as far as the tests read them.
import { collection, type KubernetesApi, type KubernetesObject } from "./kubernetes-api.ts";
import { waitUntil } from "./wait-until.ts";

interface ResourceResult {
  readonly kind: string;
  readonly name: string;
  readonly status?: string;
  readonly message?: string;
  readonly hookType?: string;
  readonly hookPhase?: string;
}

interface ApplicationSource {
  readonly repoURL: string;
  readonly targetRevision?: string;
  readonly helm?: { readonly valuesObject?: Readonly<Record<string, unknown>> };
}

export interface Application extends KubernetesObject {
  readonly spec: {
    readonly source: ApplicationSource;
    readonly syncPolicy?: { readonly syncOptions?: readonly string[] };
  };
  /** Requested and not yet begun. */
  readonly operation?: unknown;
  readonly status?: {
    readonly health?: { readonly status?: string };
    readonly sync?: {
      readonly status?: string;
      readonly revision?: string;
      readonly comparedTo?: { readonly source?: ApplicationSource };
    };
    readonly resources?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly status?: string;
      readonly health?: { readonly status?: string; readonly message?: string };
    }[];
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly history?: readonly unknown[];
    readonly operationState?: {
      readonly phase?: string;
      readonly message?: string;
      readonly retryCount?: number;
      readonly startedAt?: string;
      readonly finishedAt?: string;
      readonly syncResult?: {
        readonly revision?: string;
        readonly resources?: readonly ResourceResult[];
      };
    };
  };
}

export const applicationsPath = collection("argoproj.io/v1alpha1", "applications", "argocd");

/** `Synced/Healthy/Succeeded`: sync status, health, phase of the last operation. */
export const stateOf = ({ status }: Application): string =>
  [status?.sync?.status, status?.health?.status, status?.operationState?.phase]
    .map((part) => part ?? "-")
    .join("/");

/** What a person would look at first: for messages of failures. */
export function summaryOf(application: Application): string {
  const { status } = application;
  const operation = status?.operationState;
  const notWell = (status?.resources ?? [])
    .filter(
      (resource) => resource.status !== "Synced" || (resource.health?.status ?? "Healthy") !== "Healthy",
    )
    .map(
      ({ kind, name, ...rest }) =>
        `${kind} ${name} ${rest.status} ${rest.health?.status} ${rest.health?.message ?? ""}`,
    );
  const conditions = (status?.conditions ?? []).map(({ type, message }) => `${type}: ${message}`);
  return [
    `${application.metadata.name}: ${stateOf(application)} at ${status?.sync?.revision ?? "-"}: ${operation?.message ?? ""}`,
    ...[...notWell, ...conditions].map((line) => `  ${line}`),
  ].join("\n");
}

export class Applications {
  readonly #api: KubernetesApi;

  constructor(api: KubernetesApi) {
    this.#api = api;
  }

  get(name: string): Promise<Application> {
    return this.#api.get(`${applicationsPath}/${name}`);
  }

  tryGet(name: string): Promise<Application | undefined> {
    return this.#api.tryGet(`${applicationsPath}/${name}`);
  }

  async list(): Promise<readonly Application[]> {
    return (await this.#api.get<{ items: readonly Application[] }>(applicationsPath)).items;
  }

  /** The operation that docs/how-to/resume-an-application.md starts with kubectl, until it is over. */
  async syncInFull(name: string): Promise<Application> {
    const { spec, status } = await this.get(name);
    const operation = { sync: { prune: true, syncOptions: spec.syncPolicy?.syncOptions ?? [] } };
    await this.#api.patch(`${applicationsPath}/${name}`, { operation });
    return await waitUntil(`a full sync of ${name} to be over`, 120, async () => {
      const application = await this.get(name);
      const finishedAt = application.status?.operationState?.finishedAt;
      const isOver = finishedAt !== undefined && finishedAt !== status?.operationState?.finishedAt;
      return isOver && application.operation === undefined && application;
    });
  }

  /** Ends the operation that runs, as the same page says. */
  async terminate(name: string): Promise<void> {
    await this.#api.patch(`${applicationsPath}/${name}`, {
      status: { operationState: { phase: "Terminating" } },
    });
  }

  /** Has everything compared anew, nothing from a cache. */
  async refreshHard(): Promise<void> {
    await this.refreshAll("hard");
    await waitUntil("the refreshes to be over", 60, async () =>
      (await this.list()).every(
        ({ metadata }) => metadata.annotations?.["argocd.argoproj.io/refresh"] === undefined,
      ),
    );
  }

  async summary(): Promise<string> {
    return (await this.list()).map(summaryOf).join("\n");
  }

  /** What a Git webhook would do: nobody here waits for the periodic look at Git. */
  async refreshAll(kind: "normal" | "hard" = "normal"): Promise<void> {
    const annotations = { "argocd.argoproj.io/refresh": kind };
    await Promise.all(
      (await this.list()).map(({ metadata }) =>
        this.#api.patch(`${applicationsPath}/${metadata.name}`, { metadata: { annotations } }),
      ),
    );
  }
}
