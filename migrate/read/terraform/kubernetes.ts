// Kubernetes objects in Terraform's resources -> manifests.
// Schemas: hashicorp/kubernetes 2.38.0, alekc/kubectl 2.4.1, gavinbunney/kubectl 1.19.0; states written by them.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../core/json.ts";
import { mapOf, mapsOf, numberOf, textOf } from "../../recognise/objects.ts";
import { readDocuments } from "../manifests.ts";
import type { TerraformInstance } from "./resources.ts";

export interface TerraformObject {
  readonly manifest: JsonObject;
  /** Annotations that somebody else wrote are not in the state. */
  readonly configuredOnly: boolean;
}

/** Undefined for a type of resource that holds no object of Kubernetes. */
export function objectsOf({
  type,
  values,
  isData,
}: TerraformInstance): readonly TerraformObject[] | undefined {
  switch (type) {
    case "kubectl_manifest":
      return manifestsIn(textOf(values.yaml_body_parsed) || textOf(values.yaml_body)).map((manifest) => ({
        manifest,
        configuredOnly: true,
      }));
    case "kubernetes_manifest":
      return [
        {
          manifest: mapOf(withoutNulls(unwrapped(values.object) ?? unwrapped(values.manifest) ?? {})),
          configuredOnly: !showsAnnotations(values),
        },
      ];
    case "kubernetes_ingress_v1":
    case "kubernetes_ingress":
      return [{ manifest: ingressManifest(values), configuredOnly: true }];
    case "kubernetes_service_v1":
    case "kubernetes_service":
      // The resource keeps the annotations that were configured; the data source tells all.
      return [{ manifest: serviceManifest(values), configuredOnly: !isData }];
    default:
      return undefined;
  }
}

/** Annotations are among the fields that the provider reads from the cluster, unless somebody said otherwise. */
const showsAnnotations = ({ computed_fields }: JsonObject): boolean =>
  !isJsonArray(computed_fields) || computed_fields.includes("metadata.annotations");

function manifestsIn(yaml: string): readonly JsonObject[] {
  const documents = readDocuments(yaml, "");
  return "code" in documents ? [] : documents.filter(isJsonObject);
}

/** A raw state keeps a value of any type as `{ value, type }`. */
function unwrapped(value: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(value)) return undefined;
  return value.value !== undefined && value.type !== undefined && value.kind === undefined
    ? value.value
    : value;
}

/** The provider pads `object` with null for every field of the schema, and leaves empty maps and lists around them. */
function withoutNulls(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (item === null) return [];
      const inner = withoutNulls(item);
      const isHollow =
        isJsonObject(inner) &&
        Object.keys(inner).length === 0 &&
        isJsonObject(item) &&
        Object.keys(item).length > 0;
      return isHollow ? [] : [[key, inner]];
    }),
  );
}

const first = (value: JsonValue | undefined): JsonObject => mapsOf(value)[0] ?? {};

function metadataOf(values: JsonObject): JsonObject {
  const { name, namespace, labels, annotations } = first(values.metadata);
  return {
    name: textOf(name),
    namespace: textOf(namespace) || "default",
    ...(isJsonObject(labels) && { labels }),
    ...(isJsonObject(annotations) && { annotations }),
  };
}

function ingressManifest(values: JsonObject): JsonObject {
  const spec = first(values.spec);
  const hostname = textOf(first(first(first(values.status).load_balancer).ingress).hostname);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: metadataOf(values),
    spec: {
      ...(textOf(spec.ingress_class_name) !== "" && { ingressClassName: textOf(spec.ingress_class_name) }),
      ...(mapsOf(spec.default_backend ?? spec.backend).length > 0 && {
        defaultBackend: backend(first(spec.default_backend ?? spec.backend)),
      }),
      rules: mapsOf(spec.rule).map(rule),
      ...(mapsOf(spec.tls).length > 0 && {
        tls: mapsOf(spec.tls).map(({ hosts, secret_name }) => ({
          hosts: hosts ?? [],
          secretName: textOf(secret_name),
        })),
      }),
    },
    ...(hostname !== "" && { status: { loadBalancer: { ingress: [{ hostname }] } } }),
  };
}

const rule = (each: JsonObject): JsonObject => ({
  ...(textOf(each.host) !== "" && { host: textOf(each.host) }),
  http: {
    paths: mapsOf(first(each.http).path).map((path) => ({
      path: textOf(path.path) || "/",
      pathType: textOf(path.path_type) || "ImplementationSpecific",
      backend: backend(first(path.backend)),
    })),
  },
});

function backend(value: JsonObject): JsonObject {
  if (typeof value.service_name === "string")
    return oldBackend(value.service_name, textOf(value.service_port));
  const service = first(value.service);
  const port = first(service.port);
  const number = numberOf(port.number) ?? 0;
  return {
    service: { name: textOf(service.name), port: number > 0 ? { number } : { name: textOf(port.name) } },
  };
}

/** Of kubernetes_ingress, which has the words of the API before v1. */
const oldBackend = (name: string, port: string): JsonObject => ({
  service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } },
});

function serviceManifest(values: JsonObject): JsonObject {
  const spec = first(values.spec);
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf(values),
    spec: {
      type: textOf(spec.type) || "ClusterIP",
      ...(isJsonObject(spec.selector) && { selector: spec.selector }),
      ports: mapsOf(spec.port).map(({ name, port, target_port, node_port }) => ({
        name: textOf(name),
        port: port ?? 0,
        ...(target_port !== undefined && { targetPort: targetPort(target_port) }),
        ...((numberOf(node_port) ?? 0) > 0 && { nodePort: numberOf(node_port) ?? 0 }),
      })),
    },
  };
}

const targetPort = (value: JsonValue): JsonValue =>
  typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
