// Stage 1: what istiod's own values say about every proxy of the mesh.
import { deepMerge, isJsonObject, type JsonObject, valueAt } from "../core/json.ts";

/** `meshConfig.defaultConfig.gatewayTopology`; `pilot.X` is the same value as `X` to istiod's chart, and wins. */
export function gatewayTopology(istiodValues: JsonObject): JsonObject {
  const { pilot } = istiodValues;
  const values = isJsonObject(pilot) ? deepMerge(istiodValues, pilot) : istiodValues;
  const found = valueAt(values, ["meshConfig", "defaultConfig", "gatewayTopology"]);
  return isJsonObject(found) ? found : {};
}
