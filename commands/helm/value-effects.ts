// Which of the values that people wrote change what a chart installs: rendered with them, and without each.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import { type Helm, isRefusal, type Refusal, type Release } from "./helm.ts";
import { failedOnChart, noObjects } from "./helm-failure.ts";
import {
  type Difference,
  differenceOf,
  documentsOf,
  injectionReads,
  withoutPilot,
} from "./rendered-objects.ts";

/** A release of which the values are asked for. */
export interface AskedRelease extends Omit<Release, "values"> {
  /** How messages name the chart, with its version. */
  readonly title: string;
  /** What people wrote. */
  readonly own: JsonObject;
  /** The complete values, had they written this. */
  readonly valuesWith: (own: JsonObject) => JsonObject;
}

/**
 * `yes`: without it, other objects. `default`: the chart reads it, but would render the same without it. `injection`:
 * read when a proxy is injected. `no`: it changes nothing. `unknown`: see `reason`.
 */
export type Effect = "yes" | "default" | "injection" | "no" | "unknown";

export interface ValueEffect {
  /** Below the values of the chart. */
  readonly path: readonly string[];
  readonly effect: Effect;
  /** Why it is unknown. */
  readonly reason?: string;
}

/** The chart does not render with the values. */
export interface RefusedValues extends Refusal {
  /** Values without any one of which it renders; empty where several have to go at once. */
  readonly blamed: readonly (readonly string[])[];
}

/** Renders twice with all values, and once or twice more for each. Rejects with a HelmFailure. */
export async function askValueEffects(
  helm: Helm,
  release: AskedRelease,
): Promise<readonly ValueEffect[] | RefusedValues> {
  const paths = leavesOf(release.own);
  if (paths.length === 0) return [];
  const rendered = await render(helm, release, release.own);
  if (isRefusal(rendered)) return blame(helm, release, rendered.refusal, paths);
  const again = await render(helm, release, release.own);
  if (isRefusal(again) || differenceOf(rendered.documents, again.documents) !== "none") {
    const reason = "the chart renders other objects each time";
    return paths.map((path) => ({ path, effect: "unknown", reason }));
  }
  const question: Question = {
    helm,
    release,
    documents: rendered.documents,
    reads: injectionReads(rendered.documents),
  };
  return Promise.all(paths.map(async (path) => ({ path, ...(await effectOf(question, path)) })));
}

interface Question {
  readonly helm: Helm;
  readonly release: AskedRelease;
  /** Rendered with all values. */
  readonly documents: readonly string[];
  readonly reads: readonly (readonly string[])[];
}

type Judged = Omit<ValueEffect, "path">;

async function effectOf(question: Question, path: readonly string[]): Promise<Judged> {
  const { helm, release, documents, reads } = question;
  const without = await render(helm, release, withoutValue(release.own, path));
  if (isRefusal(without)) return { effect: "yes" };
  const difference = differenceOf(documents, without.documents);
  if (difference === "none") return compareWithAnother(question, path);
  return judge(difference, path, reads, "yes");
}

/** Nothing changes without the value: nothing reads it, or it is what the chart has anyway. Another value tells. */
async function compareWithAnother(question: Question, path: readonly string[]): Promise<Judged> {
  const { helm, release, documents, reads } = question;
  const other = await render(helm, release, withOther(release.own, path), true);
  if (!isRefusal(other)) return judge(differenceOf(documents, other.documents), path, reads, "default");
  if (/schema|unknown flag/.test(other.refusal))
    return { effect: "unknown", reason: "it may be the chart's default: another value was refused" };
  return { effect: "default" }; // a template failed on the other value
}

function judge(
  difference: Difference,
  path: readonly string[],
  reads: Question["reads"],
  ifObjects: "yes" | "default",
): Judged {
  if (difference === "objects") return { effect: ifObjects };
  if (difference !== "injector") return { effect: "no" };
  const isNamed = reads.some(
    (read) => isPrefix(read, withoutPilot(path)) || isPrefix(withoutPilot(path), read),
  );
  return isNamed
    ? { effect: "injection" }
    : { effect: "unknown", reason: "it reaches only the injector's values: istiod may read it there" };
}

const isPrefix = (start: readonly string[], path: readonly string[]): boolean =>
  start.every((key, index) => path[index] === key);

async function blame(
  helm: Helm,
  release: AskedRelease,
  refusal: string,
  paths: readonly (readonly string[])[],
): Promise<RefusedValues> {
  const untouched = await render(helm, release, {});
  if (isRefusal(untouched)) throw failedOnChart(release.title, untouched.refusal);
  const blamed = await Promise.all(
    paths.map(async (path) => {
      const answer = await render(helm, release, withoutValue(release.own, path));
      return isRefusal(answer) ? [] : [path];
    }),
  );
  return { refusal, blamed: blamed.flat() };
}

type Rendered = { readonly documents: readonly string[] } | Refusal;

async function render(
  helm: Helm,
  { valuesWith, title, chart, name, namespace }: AskedRelease,
  own: JsonObject,
  isUnchecked = false,
): Promise<Rendered> {
  const answer = await helm.template({ chart, name, namespace, values: valuesWith(own) }, isUnchecked);
  if (isRefusal(answer)) return answer;
  const documents = documentsOf(answer.text);
  if (documents === undefined) throw noObjects(title);
  return { documents };
}

/** Every value at the end of its path. A list counts as one value: it replaces the chart's whole. */
function leavesOf(value: JsonObject, path: readonly string[] = []): (readonly string[])[] {
  return Object.entries(value).flatMap(([key, item]) =>
    isJsonObject(item) && Object.keys(item).length > 0 ? leavesOf(item, [...path, key]) : [[...path, key]],
  );
}

/** As if nobody had written it: maps that become empty go too. */
function withoutValue(values: JsonObject, [key = "", ...below]: readonly string[]): JsonObject {
  const { [key]: item, ...others } = values;
  if (below.length === 0 || !isJsonObject(item)) return others;
  const rest = withoutValue(item, below);
  return Object.keys(rest).length === 0 ? others : { ...values, [key]: rest };
}

function withOther(values: JsonObject, [key = "", ...below]: readonly string[]): JsonObject {
  const item = values[key] ?? null;
  const changed = isJsonObject(item) && below.length > 0 ? withOther(item, below) : otherThan(item);
  return { ...values, [key]: changed };
}

/** Of the same type. */
export function otherThan(value: JsonValue): JsonValue {
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (isJsonArray(value)) return value.length === 0 ? ["meshfront"] : [];
  if (isJsonObject(value)) return { meshfront: "meshfront" };
  return value === null || value === "" ? "meshfront" : `${value}-meshfront`;
}
