// The draft of a cluster file against the rules: what they refuse of annotations, attributes, tags and values is taken out
// and named with the rule's own words; what else they refuse refuses the migration.
import type { Config } from "../config/config.ts";
import { type Beside, loadPlain } from "../config/load-plain.ts";
import { formatPath } from "../core/format-value.ts";
import {
  deepMerge,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Path,
  valueAt,
} from "../core/json.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { Findings } from "./finding.ts";
import type { Draft } from "./recognise/index.ts";
import { titleOf } from "./recognise/objects.ts";

export interface Settled {
  readonly input: JsonObject;
  readonly config: Config | undefined;
  /** Warnings of the rules about what is left. */
  readonly warnings: readonly Problem[];
  /** Keys of doors that cannot stand beside the others. */
  readonly leftOutDoors: readonly string[];
}

/** `beside`: the project that the file will be part of, whose defaults lie below it and whose other clusters it must not collide with. */
export function settle(draft: Draft, beside: Beside): Settled {
  const settled = settleWhole(draft, beside);
  return { ...settled, input: withoutStandIns(settled.input, draft.input) };
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

function settleWhole({ input: drafted, doors, findings }: Draft, beside: Beside): Settled {
  let input = deepMerge(standIns, drafted);
  const leftOutDoors: string[] = [];
  // Each round takes a door or a value out of it, or is the last.
  for (;;) {
    const { config, problems } = loadPlain(input, beside);
    const errors = problems.filter(isError);
    if (errors.length === 0) return { input, config, warnings: problems, leftOutDoors };
    const [first] = errors.flatMap((error) => crowdedDoor(error, input) ?? []);
    if (first !== undefined) {
      const door = doors.find(({ key }) => key === first.key);
      findings.leftOut("door", door === undefined ? first.key : titleOf(door.view.object), first.message);
      leftOutDoors.push(first.key);
      input = withoutDoor(input, first.key);
      continue;
    }
    const removable = removablePaths(input);
    const refused = errors.filter((error) => !removable.has(error.path ?? ""));
    if (refused.length > 0) {
      for (const error of refused) sayRefused(error, findings);
      return { input, config: undefined, warnings: [], leftOutDoors };
    }
    for (const error of errors) {
      sayTakenOut(error, findings);
      const path = removable.get(error.path ?? "");
      if (path !== undefined) input = removeAt(input, path);
    }
  }
}

/** A door whose hosts another door to the same gateway has too: what the one closes the other opens, so one of them is left out. */
function crowdedDoor({ path = "", message, suggestion, code }: Problem, input: JsonObject) {
  const doors = objectAt(input, ["ingresses"]);
  const named = Object.keys(doors).find((each) =>
    path.startsWith(`${formatPath(["ingresses", each, "hosts"])}[`),
  );
  if (named === undefined || Object.keys(doors).length < 2) return undefined;
  const key = code === "alb/host-twice" ? lastLike(named, doors) : named;
  const text = `It is left out and stays as it is: ${message.replace(`${path}: `, "")} (${code}). ${suggestion ?? ""}`;
  return { key, message: text.trim() };
}

/** Of doors that share a host with this one the last in the input; the first is kept. */
function lastLike(key: string, doors: JsonObject): string {
  const hostsOf = (door: JsonValue | undefined) =>
    isJsonObject(door) && isJsonArray(door.hosts) ? door.hosts : [];
  const own = hostsOf(doors[key]);
  const like = Object.keys(doors).filter((each) => hostsOf(doors[each]).some((host) => own.includes(host)));
  return like.at(-1) ?? key;
}

function withoutDoor(input: JsonObject, key: string): JsonObject {
  const rest = removeAt(input, ["ingresses", key]);
  const routes = isJsonArray(rest.routes)
    ? rest.routes.filter((route) => !isJsonObject(route) || route.ingress !== key)
    : [];
  return routes.length === 0 ? removeAt(rest, ["routes"]) : { ...rest, routes };
}

export const sayRefused = ({ code, message, suggestion, file = "" }: Problem, findings: Findings): void =>
  findings.refuse(
    "not-expressible",
    file,
    `${file === "" ? "What is live cannot stand in a cluster file" : "The rules refuse this file"}: ${message} (${code}).${suggestion === undefined ? "" : ` ${suggestion}`}`,
  );

function sayTakenOut(problem: Problem, findings: Findings): void {
  const { code, message, path = "" } = problem;
  const text = message.replace(/^[^ ]+: /, "");
  if (/\.annotations\W+"?(?:auth-|jwt-|mutual-)/.test(path))
    findings.fault(
      "dead-log-in",
      path,
      `The settings of the log-in cannot work: ${text} (${code}). They are not carried over, so **this door is open in the file**, as it is open or broken today. Write a log-in that works before the first sync.`,
      "changes exposure",
    );
  else findings.leftOut("refused-value", path, `Not carried over: ${text} (${code}).`);
}

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
