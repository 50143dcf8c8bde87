// Stage 1, for editors: names that may stand where any name may, so that an editor can complete them, and what it says of
// each: the value that its grammar expects, or when a chart reads it.
import {
  annotationFamilies,
  externalDnsNames,
  externalDnsPrefixNow,
  extraAnnotations,
} from "./alb-annotation-table.ts";
import { knownAttributes } from "./alb-attributes.ts";
import type { Grammar } from "./alb-grammars.ts";
import type { IstioChart } from "./applications.ts";
import { defaultIstioVersion } from "./istio-versions.ts";
import { conditionOf } from "./live-values/conditions.ts";
import { livePaths, type Row } from "./live-values/live-paths.ts";

/**
 * JSON Schema of keys: what is below each of them, where that is known. `markdownDescription` is for editors alone: these
 * are no keys of the cluster file, whose `description` documents and types repeat.
 */
interface Names {
  [name: string]: {
    readonly type?: "string";
    readonly markdownDescription?: string;
    readonly properties?: Names;
  };
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A schema with the names beside it; other names stay what they are. `path`: `*` for a key of the person's own. */
export function withKnownNames(node: Node, path: readonly string[] = []): Node {
  const { properties, additionalProperties } = node;
  const below = isNode(properties) ? { properties: eachBelow(properties, path) } : {};
  const free = isNode(additionalProperties)
    ? { additionalProperties: withKnownNames(additionalProperties, [...path, "*"]) }
    : {};
  const names = known[path.join(".")]?.();
  return { ...node, ...below, ...free, ...(names !== undefined && { properties: names }) };
}

const eachBelow = (properties: Node, path: readonly string[]): Node =>
  Object.fromEntries(
    Object.entries(properties).map(([name, child]) => [
      name,
      isNode(child) ? withKnownNames(child, [...path, name]) : child,
    ]),
  );

const known: Readonly<Record<string, () => Names>> = {
  "ingresses.*.annotations": annotations,
  "ingresses.*.attributes": () => withGrammars(knownAttributes.loadBalancer),
  "ingresses.*.targetGroupAttributes": () => withGrammars(knownAttributes.targetGroup),
  "istio.base.values": () => valuesOf("base"),
  "istio.istiod.values": () => valuesOf("istiod"),
  "gateways.*.values": () => valuesOf("gateway"),
};

function annotations(): Names {
  const grammars = Object.entries(extraAnnotations).map(([name, { grammar }]) => [name, grammar] as const);
  const ofListeners = ["listener-attributes.HTTP-80", "listener-attributes.HTTPS-443"].map((name) => {
    const { grammar } = annotationFamilies.find(({ regex }) => regex.test(name)) ?? {};
    return [name, grammar] as const;
  });
  const ofExternalDns = externalDnsNames.map((name) => [
    `${externalDnsPrefixNow}${name}`,
    { type: "string", markdownDescription: "Read by external-dns 0.22 and newer." } as const,
  ]);
  return {
    ...withGrammars(Object.fromEntries([...grammars, ...ofListeners])),
    ...Object.fromEntries(ofExternalDns),
  };
}

/** No value is empty, so that of an empty one a grammar says what it expects. */
const withGrammars = (grammars: Readonly<Record<string, Grammar | undefined>>): Names =>
  Object.fromEntries(
    Object.entries(grammars).map(([name, grammar]) => {
      const expected = grammar?.("")?.replace(/,$/, ""); // a comma where messages go on
      return [name, { type: "string", ...(expected !== undefined && inMarkdown(`Value: ${expected}.`)) }];
    }),
  );

/** Readers of Markdown take <name> for HTML. */
const inMarkdown = (text: string) => ({ markdownDescription: text.replaceAll("<", "\\<") });

/** What the templates of the default version read. A value is never refused for its name here: `check` warns of that. */
function valuesOf(chart: IstioChart): Names {
  const { readPaths, find } = livePaths(chart, defaultIstioVersion);
  const root: Names = {};
  for (const path of readPaths) {
    let names = root;
    for (const [index, name] of path.entries()) {
      const isLast = index === path.length - 1;
      const { properties, ...said } = names[name] ?? {};
      const below = properties ?? {};
      names[name] = {
        ...(isLast ? whenRead(find(path)) : said),
        ...((!isLast || properties !== undefined) && { properties: below }),
      };
      names = below;
    }
  }
  return root;
}

/** Nothing of what is read in any case. */
function whenRead({ live, injection, when = [], unless = [] }: Partial<Row> = {}) {
  const texts = (spellings: readonly string[]) =>
    [...new Set(spellings.map((each) => conditionOf(each).text))].join(", or with ");
  if (when.length > 0) return inMarkdown(`Read only with ${texts(when)}.`);
  if (live === "injection")
    return inMarkdown("Read for each proxy that is injected, and by no object of the chart.");
  if (unless.length === 0) return {};
  const stillRead = injection === true ? ", but for each proxy that is injected" : "";
  return inMarkdown(`Not read with ${texts(unless)}${stillRead}.`);
}
