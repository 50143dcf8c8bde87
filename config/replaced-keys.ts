// Stage 1: keys of older drafts of the cluster file, and what to write in their place, with the values written out.

import { formatPath, visible } from "../core/format-value.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, type Path } from "../core/json.ts";

interface ReplacedKey {
  readonly message: string;
  readonly suggestion: string;
}

/** Where a gateway stood, and how its keys are called now. */
const movedToGateways: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "istio.gateway": { releaseName: "release" },
  gateway: {},
};

/** Undefined for a key that never was one. */
export function tryFindReplaced(path: Path, value: JsonValue | undefined): ReplacedKey | undefined {
  const name = formatPath(path);
  const renamed = Object.hasOwn(movedToGateways, name) ? movedToGateways[name] : undefined;
  if (renamed === undefined) return undefined;
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  const gateway: JsonObject = Object.fromEntries(entries.map(([key, item]) => [renamed[key] ?? key, item]));
  return {
    message: `unknown key ${name}: gateways has taken its place`,
    suggestion: `Write ${visible(`gateways: ${asYaml({ ingress: gateway })}`)}.`,
  };
}

/** On one line. */
function asYaml(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(asYaml).join(", ")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${asKey(key)}: ${asYaml(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

const asKey = (key: string): string => (/^[A-Za-z][A-Za-z0-9]*$/.test(key) ? key : JSON.stringify(key));
