// Stage 1: what istiod and its agent read of `meshConfig` and of the settings of a proxy, by Istio's published protos
// (imports/mesh-schema.json). They decode with golang/protobuf's jsonpb: an unknown name is ignored, silently; a value of
// another type fails the whole (istio/istio, pkg/util/protomarshal/protomarshal.go, ApplyJSON).
import type { JsonValue } from "../core/json.ts";
import published from "../imports/mesh-schema.json" with { type: "json" };
import { type TypeMismatch, typeMismatches } from "./published-types.ts";

/** The version of the protos. */
export const meshSchemaVersion: string = published.version;

const types = { messages: published.messages, enums: published.enums, takesQuotedNumbers: true };

export const meshMismatches = (
  message: "MeshConfig" | "ProxyConfig",
  value: JsonValue,
): readonly TypeMismatch[] => typeMismatches(types, message, value);
