// IMITATION of istiod, the part that Argo CD could fight with: istiod writes its certificate and the policy Fail into
// the validating webhook that the chart made, and writes them again whenever they are gone (pkg/webhooks/validation/
// controller of Istio 1.31, field manager pilot-discovery). The real one waits until it serves; this one never waits.
import { collection, type KubernetesApi, type KubernetesObject } from "./kubernetes-api.ts";

interface Webhook {
  readonly name: string;
  readonly failurePolicy?: string;
  readonly clientConfig: { readonly caBundle?: string };
}

export interface WebhookConfiguration extends KubernetesObject {
  readonly webhooks: readonly Webhook[];
}

export const webhooksPath = collection("admissionregistration.k8s.io/v1", "validatingwebhookconfigurations");

export class IstiodActor {
  readonly #api: KubernetesApi;

  constructor(api: KubernetesApi) {
    this.#api = api;
  }

  start(signal: AbortSignal): void {
    const caBundle = Buffer.from(this.#api.endpoint.ca).toString("base64");
    void this.#api.watch<WebhookConfiguration>(webhooksPath, signal, ({ type, object }) => {
      const isWritten = object.webhooks.every(
        ({ failurePolicy, clientConfig }) => failurePolicy === "Fail" && clientConfig.caBundle === caBundle,
      );
      if (type === "DELETED" || isWritten) return;
      const webhooks = object.webhooks.map((webhook) => ({
        ...webhook,
        failurePolicy: "Fail",
        clientConfig: { ...webhook.clientConfig, caBundle },
      }));
      // Gone or changed meanwhile: the next event says so.
      this.#api
        .patch(`${webhooksPath}/${object.metadata.name}?fieldManager=pilot-discovery`, { webhooks })
        .catch(() => undefined);
    });
  }
}
