// One chart -> what it does with each of its values: rendered with the defaults, and with each value changed, alone and
// under the conditions of known.ts.
import { differenceOf } from "../../commands/helm/rendered-objects.ts";
import type { IstioChart } from "../../config/applications.ts";
import { type Row, splitPath } from "../../config/live-values/live-paths.ts";
import {
  deepMerge,
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  valueAt,
} from "../../core/json.ts";
import type { ChartFiles } from "./chart-files.ts";
import { flattenSchema } from "./gateway-schema.ts";
import { conditionsOf, readByIstiodItself, samplesOf, selectors } from "./known.ts";
import type { Rows } from "./live-data.ts";
import { spell } from "./paths.ts";
import { isContainer, trialValues } from "./trial-values.ts";

type Key = readonly string[];

/** The objects of the chart with these values, undefined where it refuses them. */
export type Render = (values: JsonObject) => Promise<readonly string[] | undefined>;

interface Chart {
  readonly name: IstioChart;
  readonly files: ChartFiles;
  readonly types: Readonly<Record<string, JsonValue>>;
  readonly render: Render;
  /** Rendered with the chart's defaults, and with each condition. */
  readonly byDefault: readonly string[];
  readonly under: Readonly<Record<string, readonly string[] | undefined>>;
}

/** @param known paths that were measured before: what became of them is to be seen too */
export async function measureChart(
  name: IstioChart,
  files: ChartFiles,
  known: readonly string[],
  render: Render,
): Promise<Rows> {
  const byDefault = await render({});
  if (byDefault === undefined) throw new Error(`the ${name} chart does not render with its defaults`);
  const types = files.schema === undefined ? {} : flattenSchema(files.schema).types;
  const { when, unless } = conditionsOf(name);
  const under = Object.fromEntries(
    await Promise.all(
      Object.entries({ ...when, ...unless }).map(
        async ([spelling, values]) => [spelling, await render(values)] as const,
      ),
    ),
  );
  const chart: Chart = { name, files, types, render, byDefault, under };
  const paths = candidates(chart, known);
  const rows = await Promise.all(
    paths.map(async (path) => {
      // An empty map is a value of its own, though single keys in it are known.
      const isEmpty = JSON.stringify(valueAt(files.defaults, path)) === "{}";
      const isInner = !isEmpty && paths.some((other) => other.length > path.length && isWithin(other, path));
      return [spell(path), await (isInner ? measureMap(chart, path) : measureValue(chart, path))] as const;
    }),
  );
  const removed = await Promise.all(
    files.inNotes.map(async (path) =>
      (await acceptedTrials(chart, path)).length === 0 ? [spell(path)] : [],
    ),
  );
  return new Map([
    ...rows.flatMap(([path, row]) => (row === undefined ? [] : [[path, row] as const])),
    ...removed.flat().map((path) => [path, { live: "rejected" }] as const),
  ]);
}

/** Every value that the defaults, the schema, a template or an earlier measurement names, and the maps above. */
function candidates({ name, files, types }: Chart, known: readonly string[]): readonly Key[] {
  const inSchema = Object.keys(types).filter((path) => /^\w+$/.test(path));
  const named = [...keysOf(files.defaults, []), ...files.reads, ...[...inSchema, ...known].map(splitPath)];
  const withMaps = named.flatMap((path) => path.map((_, index) => path.slice(0, index + 1)));
  const byName = new Map(withMaps.filter((path) => !isAlias(name, path)).map((path) => [spell(path), path]));
  return [...byName.values()];
}

/** Other spellings of the root (istiod: `pilot`), and keys that are not for users. */
const isAlias = (chart: IstioChart, [first = ""]: Key): boolean =>
  first.startsWith("_") || first === "defaults" || (chart === "istiod" && first === "pilot");

const keysOf = (value: JsonObject, path: Key): readonly Key[] =>
  Object.entries(value).flatMap(([key, item]) => [
    [...path, key],
    ...(isJsonObject(item) ? keysOf(item, [...path, key]) : []),
  ]);

const isWithin = (path: Key, start: Key): boolean => start.every((key, index) => path[index] === key);

/** A map with keys that are known one by one. `pass`: any other key in it has an effect too. */
async function measureMap(chart: Chart, path: Key): Promise<Row | undefined> {
  const { files, name } = chart;
  const isInjected = files.injectionReads.some((read) => spell(read) === spell(path));
  const isWholeRead = files.reads.some((read) => isWithin(path, read));
  const under = [{}, ...(isWholeRead ? Object.values(conditionsOf(name).when) : [])];
  const copied = await Promise.all(under.map((values) => isCopiedWhole(chart, path, values)));
  if (isInjected || copied.includes(true)) return { live: "map", pass: true };
  return valueAt(files.defaults, path) === undefined ? undefined : { live: "map" };
}

async function measureValue(chart: Chart, path: Key): Promise<Row | undefined> {
  const isListed =
    valueAt(chart.files.defaults, path) !== undefined || chart.types[spell(path)] !== undefined;
  if (!isListed && !isRead(chart, path)) return undefined;
  const trials = await acceptedTrials(chart, path);
  if (trials.length === 0) return { live: "rejected" };
  const shown = trials.find(({ documents }) => differenceOf(chart.byDefault, documents) === "objects");
  const isInjected = isReadByInjection(chart, path);
  const injection = isInjected && { injection: true };
  if (shown !== undefined) {
    const unless = await lostUnder(chart, path, shown.value);
    const pass = await isCopiedWhole(chart, path, {});
    return { live: "yes", ...(pass && { pass }), ...injection, ...(unless.length > 0 && { unless }) };
  }
  if (isInjected) {
    const isMap = isContainer(valueAt(chart.files.defaults, path));
    return { live: "injection", ...(isMap && { pass: true }) };
  }
  const when = isRead(chart, path) ? await wonUnder(chart, path, trials) : [];
  const [first] = when;
  if (first !== undefined) {
    const pass = await isCopiedWhole(chart, path, conditionsOf(chart.name).when[first] ?? {});
    return { live: "conditional", ...(pass && { pass }), when };
  }
  if (await isSelector(chart, path)) return { live: "check" };
  return isListed ? { live: "no" } : undefined;
}

interface Trial {
  readonly value: JsonValue;
  readonly documents: readonly string[];
}

/** Tried until one shows an effect; where the type is known, until one is accepted. */
async function acceptedTrials(chart: Chart, path: Key): Promise<readonly Trial[]> {
  const name = spell(path);
  const byDefault = valueAt(chart.files.defaults, path);
  const values =
    samplesOf(chart.name, name) ?? selectorNames(chart, path) ?? trialValues(byDefault, chart.types[name]);
  const isTyped = byDefault !== undefined && byDefault !== null && selectorNames(chart, path) === undefined;
  const trials: Trial[] = [];
  for (const value of values) {
    const documents = await chart.render(at(path, value));
    if (documents === undefined) continue;
    trials.push({ value, documents });
    if (isTyped || differenceOf(chart.byDefault, documents) === "objects") break;
  }
  return trials;
}

const selectorNames = ({ files }: Chart, path: Key): readonly string[] | undefined => {
  const selector = (Object.keys(selectors) as (keyof typeof selectors)[]).find((key) => key === path.at(-1)); // forgets
  const isPlace = path.length === 1 || (path.length === 2 && path[0] === "global");
  return selector === undefined || !isPlace ? undefined : files.names[selector];
};

/** Its known names are accepted, and no other one. */
const isSelector = async (chart: Chart, path: Key): Promise<boolean> =>
  selectorNames(chart, path) !== undefined && (await chart.render(at(path, "meshfront"))) === undefined;

function isReadByInjection({ name, files }: Chart, path: Key): boolean {
  const isNamed = files.injectionReads.some((read) => isWithin(path, read));
  return name === "istiod" && (isNamed || readByIstiodItself.includes(spell(path)));
}

/** A map or list of which every key or item has an effect: that is so where two that the chart cannot know differ. */
async function isCopiedWhole(chart: Chart, path: Key, under: JsonObject): Promise<boolean> {
  const byDefault = valueAt(chart.files.defaults, path);
  const type = isJsonObject(byDefault)
    ? "object"
    : isJsonArray(byDefault)
      ? "array"
      : chart.types[spell(path)];
  if (byDefault !== undefined && byDefault !== null && !isContainer(byDefault)) return false;
  const shapes = type === "array" ? [(text: string) => [text], (name: string) => [{ name }]] : [asMap];
  for (const shape of shapes) {
    const [one, other] = await Promise.all(
      ["meshfront", "other"].map((text) => chart.render(deepMerge(under, at(path, shape(text))))),
    );
    if (one === undefined || other === undefined) continue;
    const isCopied = differenceOf(one, other) === "objects";
    // Of unknown type, it may be a text: then a template prints `map[meshfront:meshfront]`.
    return isCopied && (type !== undefined || one.some((document) => isPrintedMap.test(document)));
  }
  return false;
}

const asMap = (text: string): JsonValue => ({ meshfront: text });
const isPrintedMap = /meshfront: meshfront|"meshfront": ?"meshfront"/;

/** Whether any text of the chart names it, or a whole that it is in: without that no condition can help. */
const isRead = ({ files }: Chart, path: Key): boolean =>
  files.reads.some((read) => isWithin(path, read) || isWithin(read, path));

/** The conditions under which a value loses the effect that it has. */
const lostUnder = (chart: Chart, path: Key, value: JsonValue): Promise<readonly string[]> =>
  conditionsWhere(chart, conditionsOf(chart.name).unless, path, async (values, documents) => {
    const changed = await chart.render(deepMerge(values, at(path, value)));
    return changed !== undefined && differenceOf(documents, changed) !== "objects";
  });

const wonUnder = (chart: Chart, path: Key, trials: readonly Trial[]): Promise<readonly string[]> =>
  conditionsWhere(chart, conditionsOf(chart.name).when, path, async (values, documents) => {
    for (const { value } of trials) {
      const changed = await chart.render(deepMerge(values, at(path, value)));
      if (changed !== undefined && differenceOf(documents, changed) === "objects") return true;
    }
    return false;
  });

async function conditionsWhere(
  { under }: Chart,
  set: Readonly<Record<string, JsonObject>>,
  path: Key,
  isTrue: (values: JsonObject, documents: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(set).map(async ([spelling, values]) => {
      const documents = under[spelling];
      // A condition on the value itself says nothing of it.
      const isAboutIt = keysOf(values, []).some((key) => isWithin(key, path)) || isSetOn(values, path);
      return documents !== undefined && !isAboutIt && (await isTrue(values, documents)) ? [spelling] : [];
    }),
  );
  return found.flat();
}

/** A condition that sets a whole, of which the value is a part. */
const isSetOn = (values: JsonObject, path: Key): boolean =>
  path.some((_, index) => {
    const value = valueAt(values, path.slice(0, index + 1));
    return value !== undefined && !isJsonObject(value);
  });

const at = (path: Key, value: JsonValue): JsonObject => {
  const [key = "", ...below] = path;
  return { [key]: below.length === 0 ? value : at(below, value) };
};
