/**
 * An imitation of the Kubernetes API server, for the tests of hook/healthcheck-port.mjs only: TLS on loopback, one
 * bearer token, GET and merge PATCH of objects in memory, and the Status bodies that the real one sends. Tests script
 * the answers of single requests on top of that.
 */
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";

export const ANNOTATION = "alb.ingress.kubernetes.io/healthcheck-port";
export const NAMESPACE = "istio-ingress";
export const SERVICE_PATH = `/api/v1/namespaces/${NAMESPACE}/services/istio-ingress`;
export const ingressPath = (name: string) =>
  `/apis/networking.k8s.io/v1/namespaces/${NAMESPACE}/ingresses/${name}`;

export interface KubernetesObject {
  readonly kind: "Service" | "Ingress";
  readonly metadata: { readonly name: string; annotations?: Record<string, string> };
  readonly spec?: Readonly<Record<string, unknown>>;
}

/** `lost`: the request is carried out, but the connection breaks before the answer. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | "silence"
  | "drip"
  | "lost";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
  /** Milliseconds of the monotonic clock: for pauses between requests. */
  readonly at: number;
}

export class ApiServer {
  readonly requests: SeenRequest[] = [];
  /** Any other token is answered with 401. */
  acceptedToken: string;
  /** Changes the world before a request is answered. */
  beforeAnswer: (request: SeenRequest) => void = () => {};
  /** What another writer does after each patch. */
  afterPatch: (ingress: KubernetesObject) => void = () => {};

  readonly #objects = new Map<string, KubernetesObject>();
  readonly #scripted: { readonly what: string; readonly answer: Answer; readonly always: boolean }[] = [];
  readonly #server: Server;

  private constructor(server: Server, acceptedToken: string) {
    this.#server = server;
    this.acceptedToken = acceptedToken;
    server.on("request", (request, response) => void this.#serve(request, response));
  }

  static async start(
    acceptedToken: string,
    certificate = "server",
    address = "127.0.0.1",
  ): Promise<ApiServer> {
    const read = (file: string) => readFileSync(new URL(`certificates/${file}`, import.meta.url));
    const server = createServer({ cert: read(`${certificate}.crt`), key: read("worthless-test-server.key") });
    server.on("tlsClientError", () => {}); // a client that does not trust us is a case, not an accident
    await new Promise<void>((resolve, reject) => server.on("error", reject).listen(0, address, resolve));
    return new ApiServer(server, acceptedToken);
  }

  get port(): number {
    const address = this.#server.address() as AddressInfo; // listens on a port, so it is no pipe and not null
    return address.port;
  }

  put(object: KubernetesObject): void {
    this.#objects.set(object.kind === "Service" ? SERVICE_PATH : ingressPath(object.metadata.name), object);
  }

  remove(path: string): void {
    this.#objects.delete(path);
  }

  annotation(ingress: string): string | undefined {
    return this.#objects.get(ingressPath(ingress))?.metadata.annotations?.[ANNOTATION];
  }

  /** The next request `GET <path>` or `PATCH <path>` that has no other scripted answer gets this one. */
  answerNext(what: string, answer: Answer): void {
    this.#scripted.push({ what, answer, always: false });
  }

  answerAlways(what: string, answer: Answer): void {
    this.#scripted.push({ what, answer, always: true });
  }

  /** `["GET <path>", "PATCH <path>"]`, in the order of arrival. */
  get log(): readonly string[] {
    return this.requests.map(({ method, path }) => `${method} ${path}`);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await readRequest(request);
    this.requests.push(seen);
    this.beforeAnswer(seen);
    const what = `${seen.method} ${seen.path}`;
    const index = this.#scripted.findIndex((entry) => entry.what === what);
    const scripted = this.#scripted[index];
    if (scripted !== undefined && !scripted.always) this.#scripted.splice(index, 1);
    if (scripted?.answer === "lost") this.#carryOut(seen);
    send(response, scripted?.answer ?? this.#carryOut(seen));
  }

  #carryOut({ method, path, authorization, contentType, body }: SeenRequest): Answer {
    if (authorization !== `Bearer ${this.acceptedToken}`) return refusal(401, "Unauthorized");
    const object = this.#objects.get(path);
    if (object === undefined) return refusal(404, `"${path.split("/").at(-1)}" not found`);
    if (method === "GET") return { status: 200, body: object };
    if (method !== "PATCH" || contentType !== "application/merge-patch+json")
      return refusal(415, "unsupported");
    const patch: { metadata: { annotations: Record<string, unknown> } } = JSON.parse(body);
    if (Object.values(patch.metadata.annotations).some((value) => typeof value !== "string")) {
      return refusal(
        400,
        "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.annotations",
      );
    }
    object.metadata.annotations = {
      ...object.metadata.annotations,
      ...(patch.metadata.annotations as Record<string, string>),
    }; // checked above
    const answer = { status: 200, body: structuredClone(object) };
    this.afterPatch(object);
    return answer;
  }
}

/** A refusal as the API server words it. */
export function refusal(
  code: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status: code,
    headers,
    body: { kind: "Status", apiVersion: "v1", status: "Failure", message, code },
  };
}

async function readRequest(request: IncomingMessage): Promise<SeenRequest> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const url = new URL(request.url ?? "/", "https://imitation");
  return {
    method: request.method ?? "",
    path: url.pathname,
    query: url.search,
    authorization: request.headers.authorization,
    contentType: request.headers["content-type"],
    body,
    at: performance.now(),
  };
}

function send(response: ServerResponse, answer: Answer): void {
  if (answer === "silence") return;
  if (answer === "lost") {
    response.destroy();
    return;
  }
  if (answer === "drip") {
    response.writeHead(200, { "content-type": "application/json" }).write("{");
    const timer = setInterval(() => response.write(" "), 20);
    response.on("close", () => clearInterval(timer));
    return;
  }
  const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? null);
  response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(text);
}
