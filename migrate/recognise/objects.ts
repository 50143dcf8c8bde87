// Small readers of live Kubernetes objects: whatever is absent or of another type reads as empty.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, valueAt } from "../../core/json.ts";
import type { LiveObject, Origin } from "../live.ts";

export type StringMap = Readonly<Record<string, string>>;

export const textOf = (value: JsonValue | undefined): string => (typeof value === "string" ? value : "");

export const mapOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {});

export const mapsOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  isJsonArray(value) ? value.filter(isJsonObject) : [];

export const textsOf = (value: JsonValue | undefined): readonly string[] =>
  isJsonArray(value) ? value.filter((item) => typeof item === "string") : [];

export const numberOf = (value: JsonValue | undefined): number | undefined =>
  typeof value === "number" ? value : undefined;

/** Values as text; maps and lists inside are no labels and no annotations. */
export const stringMapOf = (value: JsonValue | undefined): StringMap =>
  Object.fromEntries(
    Object.entries(mapOf(value)).flatMap(([key, item]) =>
      typeof item === "object" ? [] : [[key, String(item)]],
    ),
  );

export const kindOf = ({ manifest }: LiveObject): string => textOf(manifest.kind);
export const groupOf = ({ manifest }: LiveObject): string => {
  const version = textOf(manifest.apiVersion);
  return version.includes("/") ? version.slice(0, version.indexOf("/")) : "";
};
export const nameOf = ({ manifest }: LiveObject): string => textOf(valueAt(manifest, ["metadata", "name"]));
/** What has no namespace in its file is applied to the one of the context: `default` as far as anybody can tell. */
export const namespaceOf = ({ manifest }: LiveObject): string =>
  textOf(valueAt(manifest, ["metadata", "namespace"])) || "default";
export const annotationsOf = ({ manifest }: LiveObject): StringMap =>
  stringMapOf(valueAt(manifest, ["metadata", "annotations"]));
export const labelsOf = ({ manifest }: LiveObject): StringMap =>
  stringMapOf(valueAt(manifest, ["metadata", "labels"]));
export const specOf = ({ manifest }: LiveObject): JsonObject => mapOf(manifest.spec);

/** `Ingress istio-system/web`, as reports name it. */
export const titleOf = (object: LiveObject): string =>
  `${kindOf(object)} ${namespaceOf(object)}/${nameOf(object)}`;

/** `state.json: module.front.kubectl_manifest.door` or `web.yaml, document 2`. */
export const originText = ({ file, address, document }: Origin): string =>
  address !== undefined
    ? `${file}: ${address}`
    : document === undefined
      ? file
      : `${file}, document ${document}`;

const istioGroup = "networking.istio.io";
export const isIngress = (object: LiveObject): boolean =>
  kindOf(object) === "Ingress" && ["networking.k8s.io", "extensions"].includes(groupOf(object));
export const isIstioGateway = (object: LiveObject): boolean =>
  kindOf(object) === "Gateway" && groupOf(object) === istioGroup;
export const isVirtualService = (object: LiveObject): boolean =>
  kindOf(object) === "VirtualService" && groupOf(object) === istioGroup;
export const isService = (object: LiveObject): boolean =>
  kindOf(object) === "Service" && groupOf(object) === "";

/** Whether every entry of `selector` is among `labels`; an empty selector selects everything. */
export const selects = (selector: StringMap, labels: StringMap): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);
