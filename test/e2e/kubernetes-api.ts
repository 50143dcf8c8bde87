// A REST client for the Kubernetes API: JSON in, JSON out, and watches that survive a restart of the server.
import { Agent, type RequestOptions, request } from "node:https";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  /** One counter of etcd for all objects, so numbers of different objects tell which change came first. */
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
}

export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: Metadata;
}

export interface WatchEvent<T> {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: T;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
  readonly token: string;
}

/** How long a request waits for a server that restarts. */
const PATIENCE_MS = 30_000;

export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** `namespaced("networking.k8s.io/v1", "ingresses", "istio-ingress")`; without a namespace, those of all namespaces. */
export const collection = (apiVersion: string, plural: string, namespace?: string): string =>
  `${apiVersion.includes("/") ? "/apis" : "/api"}/${apiVersion}${namespace === undefined ? "" : `/namespaces/${namespace}`}/${plural}`;

export class KubernetesApi {
  readonly endpoint: Endpoint;
  readonly #agent: Agent;

  constructor(endpoint: Endpoint) {
    this.endpoint = endpoint;
    this.#agent = new Agent({ ca: endpoint.ca, keepAlive: true });
  }

  get<T>(path: string): Promise<T> {
    return this.#exchange("GET", path);
  }

  async tryGet<T>(path: string): Promise<T | undefined> {
    try {
      return await this.get<T>(path);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw error;
    }
  }

  create<T>(path: string, object: unknown): Promise<T> {
    return this.#exchange("POST", path, object);
  }

  /** JSON merge patch: null removes a field. */
  patch<T>(path: string, patch: unknown): Promise<T> {
    return this.#exchange("PATCH", path, patch, "application/merge-patch+json");
  }

  delete(path: string): Promise<unknown> {
    return this.#exchange("DELETE", path);
  }

  /** All objects now, as ADDED, and from then on each change, until the signal. */
  async watch<T extends KubernetesObject>(
    path: string,
    signal: AbortSignal,
    onEvent: (event: WatchEvent<T>) => void,
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        const list = await this.get<{ metadata: { resourceVersion: string }; items: T[] }>(path);
        for (const object of list.items) onEvent({ type: "ADDED", object });
        await this.#follow(
          `${path}?watch=1&resourceVersion=${list.metadata.resourceVersion}`,
          signal,
          onEvent,
        );
      } catch {
        // The server restarts, or is gone: the bed's own checks say so, a watch only tries again.
      }
      if (!signal.aborted) await sleep(200);
    }
  }

  #follow<T>(path: string, signal: AbortSignal, onEvent: (event: WatchEvent<T>) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ ...this.#options("GET", path), signal }, (response) => {
        createInterface({ input: response })
          .on("line", (line) => {
            const event: WatchEvent<T> | { type: "ERROR" } = JSON.parse(line);
            if (event.type === "ERROR") outgoing.destroy();
            else onEvent(event);
          })
          .on("close", resolve)
          .on("error", reject);
      });
      outgoing.on("error", reject).end();
    });
  }

  #options(method: string, path: string): RequestOptions {
    const { host, port, token } = this.endpoint;
    return { host, port, method, path, agent: this.#agent, headers: { authorization: `Bearer ${token}` } };
  }

  async #exchange<T>(method: string, path: string, body?: unknown, type?: string): Promise<T> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await this.#exchangeOnce(method, path, body, type);
      } catch (error) {
        // 429 "storage is (re)initializing": so the server answers while a new kind starts to be served; 503 while it
        // starts itself.
        const mayPass = !(error instanceof ApiError) || error.status === 429 || error.status === 503;
        if (!mayPass || performance.now() > end) throw error;
        await sleep(200);
      }
    }
  }

  async #exchangeOnce<T>(
    method: string,
    path: string,
    body?: unknown,
    type = "application/json",
  ): Promise<T> {
    const options = this.#options(method, path);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = { ...options.headers, ...(text && { "content-type": type }) };
    return await new Promise<T>((resolve, reject) => {
      const outgoing = request({ ...options, headers }, (response) => {
        let answer = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          answer += chunk;
        });
        response.on("error", reject);
        response.on("end", () => {
          const status = response.statusCode ?? 0;
          if (status < 300) resolve(JSON.parse(answer));
          else reject(new ApiError(status, `${method} ${path}: status ${status}, ${answer}`));
        });
      });
      outgoing.on("error", reject).end(text);
    });
  }
}
