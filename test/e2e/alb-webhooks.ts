// IMITATION of the admission webhooks of the AWS Load Balancer Controller, as its chart installs them: each new Service
// and each Ingress written goes through them, and is refused while nobody answers. The real mservice also gives Services
// of type LoadBalancer a class; meshfront makes none of those.
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { ControlPlane } from "./control-plane.ts";
import { collection } from "./kubernetes-api.ts";
import type { Ingress } from "./target-groups.ts";

interface AdmissionReview {
  readonly request: { readonly uid: string; readonly object: unknown };
}

/** Of the Ingress nothing else is looked at: no annotation, and no class but whether it exists. */
export const ingressRefusal = ({ spec }: Ingress, classes: ReadonlySet<string>): string | undefined =>
  spec.ingressClassName === undefined || classes.has(spec.ingressClassName)
    ? undefined
    : `invalid ingress class: IngressClass.networking.k8s.io "${spec.ingressClassName}" not found`;

const paths = { service: "/mutate-v1-service", ingress: "/validate-networking-v1-ingress" } as const;

export class AlbWebhooks {
  readonly #plane: Pick<ControlPlane, "api" | "keyPair">;
  readonly #server: Server;
  #port = 0;

  /** @param classes the IngressClasses there are; whoever owns the set keeps it current */
  constructor(plane: Pick<ControlPlane, "api" | "keyPair">, classes: ReadonlySet<string>) {
    this.#plane = plane;
    const { certificate: cert, key } = plane.keyPair;
    this.#server = createServer({ cert, key }, async (request, response) => {
      const { request: admission }: AdmissionReview = JSON.parse(await text(request));
      const message =
        request.url?.startsWith(paths.ingress) === true
          ? ingressRefusal(admission.object as Ingress, classes) // the rules below send no other kind there
          : undefined;
      const allowed = message === undefined;
      const answer = { uid: admission.uid, allowed, ...(message && { status: { code: 403, message } }) };
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({ apiVersion: "admission.k8s.io/v1", kind: "AdmissionReview", response: answer }),
      );
    });
  }

  /** Serves, and has the API server ask. */
  async start(signal: AbortSignal): Promise<void> {
    await this.listen();
    signal.addEventListener("abort", () => void this.close());
    await this.#register("mutatingwebhookconfigurations", "MutatingWebhookConfiguration", {
      ...this.#webhook("mservice.elbv2.k8s.aws", paths.service),
      rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["services"] }],
    });
    await this.#register("validatingwebhookconfigurations", "ValidatingWebhookConfiguration", {
      ...this.#webhook("vingress.elbv2.k8s.aws", paths.ingress),
      rules: [
        {
          operations: ["CREATE", "UPDATE"],
          apiGroups: ["networking.k8s.io"],
          apiVersions: ["v1"],
          resources: ["ingresses"],
        },
      ],
    });
  }

  /** Answers, again at the same address. */
  listen(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(this.#port, "127.0.0.1", () => {
        this.#port = (this.#server.address() as AddressInfo).port; // of a TCP server that listens
        resolve();
      });
    });
  }

  /** As without a ready pod of the controller. There the API server finds no endpoints, here a connection is refused. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #webhook(name: string, path: string) {
    const caBundle = Buffer.from(this.#plane.keyPair.certificate).toString("base64");
    return {
      name,
      admissionReviewVersions: ["v1"],
      clientConfig: { url: `https://127.0.0.1:${this.#port}${path}`, caBundle },
      failurePolicy: "Fail",
      sideEffects: "None",
    };
  }

  #register(plural: string, kind: string, webhook: object): Promise<unknown> {
    return this.#plane.api.create(collection("admissionregistration.k8s.io/v1", plural), {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind,
      metadata: { name: "aws-load-balancer-webhook" },
      webhooks: [webhook],
    });
  }
}
