// The draft of a cluster file against the rules: what they refuse of annotations, attributes, tags and values is taken out
// and named with the rule's own words; what else they refuse refuses the migration.
import type { Config } from "../config/config.ts";
import { loadPlain } from "../config/load-plain.ts";
import { formatPath } from "../core/format-value.ts";
import {
  deepMerge,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
  valueAt,
} from "../core/json.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { Findings } from "./finding.ts";

export interface Settled {
  readonly input: JsonObject;
  readonly config: Config | undefined;
  /** Warnings of the rules about what is left. */
  readonly warnings: readonly Problem[];
}

/** Each round takes out at least one value, and few files have more than a handful that are refused. */
const rounds = 50;

export function settle(draft: JsonObject, findings: Findings): Settled {
  const settled = settleWhole(deepMerge(standIns, draft), findings);
  return { ...settled, input: withoutStandIns(settled.input, draft) };
}

/** What the input may not tell and a person writes: the rest is judged as if it stood there. */
const standIns: JsonObject = {
  cluster: { region: "us-east-1" },
  repository: { url: "https://git.example/unknown.git" },
};

function withoutStandIns(input: JsonObject, draft: JsonObject): JsonObject {
  const cluster = objectAt(draft, ["cluster"]);
  const { repository: _, cluster: __, ...rest } = input;
  const own = objectAt(draft, ["repository"]);
  return { cluster, ...(Object.keys(own).length > 0 && { repository: own }), ...rest };
}

function settleWhole(draft: JsonObject, findings: Findings): Settled {
  let input = draft;
  for (let round = 0; round < rounds; round += 1) {
    const { config, problems } = loadPlain(input);
    const errors = problems.filter(isError);
    if (errors.length === 0) return { input, config, warnings: problems };
    const removable = removablePaths(input);
    const refused = errors.filter((error) => !removable.has(error.path ?? ""));
    if (refused.length > 0) {
      for (const error of refused) sayRefused(error, findings);
      return { input, config: undefined, warnings: [] };
    }
    for (const error of errors) {
      sayTakenOut(error, findings);
      const path = removable.get(error.path ?? "");
      if (path !== undefined) input = removeAt(input, path);
    }
  }
  return { input, config: undefined, warnings: [] };
}

const sayRefused = ({ code, message, suggestion }: Problem, findings: Findings): void =>
  findings.refuse(
    "not-expressible",
    "",
    `What is live cannot stand in a cluster file: ${message} (${code}).${suggestion === undefined ? "" : ` ${suggestion}`}`,
  );

const sayTakenOut = ({ code, message, path }: Problem, findings: Findings): void =>
  findings.leftOut(
    "refused-value",
    path ?? "",
    `Not carried over: ${message.replace(/^[^ ]+: /, "")} (${code}).`,
  );

const mapsOfDoors = ["annotations", "attributes", "targetGroupAttributes", "tags", "labels"];

/** Everything that may be taken out without changing what the door or the gateway is, by its path as problems write it. */
function removablePaths(input: JsonObject): ReadonlyMap<string, Path> {
  const found = new Map<string, Path>();
  const add = (path: Path) => found.set(formatPath(path), path);
  for (const key of Object.keys(objectAt(input, ["ingresses"])))
    for (const map of mapsOfDoors)
      for (const name of Object.keys(objectAt(input, ["ingresses", key, map])))
        add(["ingresses", key, map, name]);
  for (const key of Object.keys(objectAt(input, ["gateways"])))
    addBelow(input, ["gateways", key, "values"], add);
  for (const chart of ["base", "istiod"]) addBelow(input, ["istio", chart, "values"], add);
  return found;
}

function addBelow(input: JsonObject, path: Path, add: (path: Path) => void): void {
  const value = valueAt(input, path);
  if (!isJsonObject(value)) return;
  for (const key of Object.keys(value)) {
    add([...path, key]);
    addBelow(input, [...path, key], add);
  }
}

const objectAt = (input: JsonObject, path: Path): JsonObject => {
  const value = valueAt(input, path);
  return isJsonObject(value) ? value : {};
};

/** A copy without the value at `path`, in the same order, and without maps that are empty then. */
function removeAt(value: JsonObject, [head = "", ...rest]: Path): JsonObject {
  const entries = Object.entries(value).flatMap(([key, inner]): [string, JsonValue][] => {
    if (key !== String(head)) return [[key, inner]];
    if (rest.length === 0 || !isJsonObject(inner)) return [];
    const left = removeAt(inner, rest);
    return Object.keys(left).length === 0 ? [] : [[key, left]];
  });
  return Object.fromEntries(entries);
}
