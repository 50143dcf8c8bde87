// Stage 1: the settings of a gateway's proxy. They travel as text inside a value, the annotation of its pods: istiod's agent
// takes it for the last word (pilot/cmd/pilot-agent/config/config.go, step 4 of 4), and replaces whole fields with it.
import { parse } from "yaml";
import { deepMerge, isJsonObject, type JsonObject, type JsonValue, valueAt } from "../core/json.ts";
import { withGlobalsAtRoot } from "./gateway-release.ts";

export const proxyConfigAnnotation = "proxy.istio.io/config";

/** What a person wrote into the annotation of a gateway's pods; undefined where there is none. */
export const ownProxyConfig = (gatewayValues: JsonObject): JsonValue | undefined =>
  valueAt(withGlobalsAtRoot(gatewayValues), ["podAnnotations", proxyConfigAnnotation]);

/** YAML, of which JSON is a part; undefined for what is no map. */
export function parseProxyConfig(text: JsonValue | undefined): JsonObject | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const data: unknown = parse(text);
    return isJsonObject(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** The annotation: what meshfront computes, with what a person wrote over it. */
export function mergedProxyConfig(computed: JsonObject, own: JsonValue | undefined): JsonValue {
  if (own === undefined) return JSON.stringify(computed);
  const parsed = parseProxyConfig(own);
  return parsed === undefined ? own : JSON.stringify(deepMerge(computed, parsed));
}
