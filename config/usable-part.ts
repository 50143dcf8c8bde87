// Stage 1: what remains of a cluster file that the schema refused, so that the rules can report in the same run.
import { deepMerge, isJsonObject, type JsonObject, type JsonValue, type Path, valueAt } from "./json.ts";
import { type ConfigWithDefaults, clusterFile } from "./schema.ts";

export interface UsablePart {
  readonly input: ConfigWithDefaults;
  /** Where something was put in for what is necessary; findings there are about nothing that a person wrote. */
  readonly placeholders: readonly Path[];
  /** Rules that would compare with a placeholder. */
  readonly mutedRules: readonly string[];
}

/** Keys of a door without which, or with another value of which, rules would judge the other doors wrongly. */
const decisiveKeys: readonly (string | number | undefined)[] = [
  undefined,
  "hosts",
  "certificate",
  "scheme",
  "inboundCidrs",
  "annotations",
];

const placeholderDoor = "placeholder";

/** `.invalid` is outside of every domain (RFC 6761). */
const placeholders = (clusterName: string): JsonObject => ({
  cluster: { name: clusterName, region: "xx-placeholder-1" },
  repository: { url: "https://placeholder.invalid/repository.git" },
});

/** A private copy: many values may go, one by one. */
type Draft = { [key: string]: JsonValue };

/** The file without the values at `invalid`; undefined if that is no configuration either. */
export function usablePart(
  data: JsonObject,
  invalid: readonly Path[],
  clusterName: string,
): UsablePart | undefined {
  const kept: Draft = structuredClone(data);
  for (const path of invalid) remove(kept, path);
  removeDoors(kept, invalid);
  const parsed = clusterFile.safeParse(deepMerge(placeholders(clusterName), kept));
  if (!parsed.success) return undefined;
  return {
    input: parsed.data,
    placeholders: [...necessaryPaths.filter((path) => !has(kept, path)), ["ingresses", placeholderDoor]],
    mutedRules: has(kept, ["cluster", "region"]) ? [] : ["alb/certificate-region"],
  };
}

const has = (data: JsonObject, path: Path): boolean => valueAt(data, path) !== undefined;

const necessaryPaths: readonly Path[] = [
  ["cluster", "name"],
  ["cluster", "region"],
  ["repository", "url"],
];

/** Removes the value at `path`; of a list the whole, because places in it would move. */
function remove(draft: Draft, path: Path): void {
  const firstIndex = path.findIndex((segment) => typeof segment === "number");
  const keys = firstIndex < 0 ? path : path.slice(0, firstIndex);
  const parent = valueAt(draft, keys.slice(0, -1));
  if (isJsonObject(parent)) delete (parent as Draft)[String(keys.at(-1))]; // a part of the private copy
}

/** Doors that cannot be judged; then no route is kept, because it may lead to one of them. */
function removeDoors(draft: Draft, invalid: readonly Path[]): void {
  const undecided = invalid.filter(
    ([root, , inside]) => root === "ingresses" && decisiveKeys.includes(inside),
  );
  for (const path of undecided) remove(draft, path.slice(0, 2));
  const isEmpty = !isJsonObject(draft.ingresses) || Object.keys(draft.ingresses).length === 0;
  if (undecided.length > 0 || isEmpty) delete draft.routes;
  if (isEmpty) {
    const domain = "placeholder.invalid";
    draft.ingresses = { [placeholderDoor]: { hosts: [domain], certificate: { domain } } };
  }
}
