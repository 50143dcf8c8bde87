// Stage 1: what istiod's own values say about every proxy of the mesh.
import { deepMerge, isJsonObject, type JsonObject, valueAt } from "../core/json.ts";

/** `pilot.X` is the same value as `X` to istiod's chart, and wins. */
export const effectiveIstiodValues = (istiodValues: JsonObject): JsonObject =>
  isJsonObject(istiodValues.pilot) ? deepMerge(istiodValues, istiodValues.pilot) : istiodValues;

/** `meshConfig.defaultConfig.gatewayTopology` */
export function gatewayTopology(istiodValues: JsonObject): JsonObject {
  const path = ["meshConfig", "defaultConfig", "gatewayTopology"];
  const found = valueAt(effectiveIstiodValues(istiodValues), path);
  return isJsonObject(found) ? found : {};
}
