// Small states and what may stand in them, in the shapes that the real providers write (terraform/README.md).
import type { JsonObject, JsonValue } from "../../core/json.ts";

export interface StateResource {
  readonly type: string;
  readonly name?: string;
  readonly module?: string;
  readonly key?: string | number;
  readonly provider?: string;
  readonly mode?: "managed" | "data";
  readonly attributes: JsonObject;
  /** As a raw state has them. */
  readonly sensitive?: JsonValue;
  /** Other keys of the instance: status, deposed. */
  readonly instance?: JsonObject;
}

/** Format 4, one resource for each instance. */
export const rawState = (resources: readonly StateResource[], rest: JsonObject = {}): string =>
  JSON.stringify({
    version: 4,
    terraform_version: "1.11.4",
    serial: 3,
    lineage: "4d0f7c3e-0000-4000-8000-000000000000",
    outputs: {},
    ...rest,
    resources: resources.map(
      ({ type, name = "this", module, key, provider, mode, attributes, sensitive, instance }) => ({
        ...(module !== undefined && { module }),
        mode: mode ?? "managed",
        type,
        name,
        provider: provider ?? `provider["registry.terraform.io/hashicorp/${type.split("_")[0]}"]`,
        instances: [
          {
            ...(key !== undefined && { index_key: key }),
            schema_version: 1,
            attributes,
            ...(sensitive !== undefined && { sensitive_attributes: sensitive }),
            ...instance,
          },
        ],
      }),
    ),
  });

/** `live` is what the provider copied from the cluster. */
export const helmRelease = (live: JsonObject, attributes: JsonObject = {}): StateResource => ({
  type: "helm_release",
  name: "istiod",
  attributes: {
    name: "istiod",
    namespace: "istio-system",
    chart: "istiod",
    version: "1.30.3",
    repository: "https://charts.example.com",
    repository_password: null,
    metadata: [
      {
        chart: "istiod",
        name: "istiod",
        namespace: "istio-system",
        version: "1.30.3",
        revision: 1,
        values: JSON.stringify(live),
      },
    ],
    set: [],
    set_list: [],
    set_sensitive: [],
    values: null,
    ...attributes,
  },
  sensitive: [],
});

/** A raw state keeps what may be of any type with its type. */
export const kubernetesManifest = (object: JsonObject): StateResource => ({
  type: "kubernetes_manifest",
  name: "door",
  attributes: {
    manifest: { value: object, type: ["object", {}] },
    object: { value: object, type: ["object", {}] },
  },
});

export const kubectlManifest = (yaml_body: string, yaml_body_parsed: string): StateResource => ({
  type: "kubectl_manifest",
  name: "object",
  attributes: { yaml_body, yaml_body_parsed },
  sensitive: [[{ type: "get_attr", value: "yaml_body" }]],
});
