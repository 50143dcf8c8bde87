// Which clusters a run is about: names and patterns of names, labels, and one share of them all. Pure.
import type { Config } from "../config/config.ts";
import { nameOfFile } from "../config/name-of-file.ts";
import { show } from "../core/format-value.ts";
import { listed } from "../core/listed.ts";
import type { Problem } from "../core/problem.ts";
import { sha256 } from "../core/sha256.ts";
import { didYouMean } from "../core/suggest.ts";
import type { OptionValues } from "./command.ts";

export interface ClusterSelection {
  readonly chosen: ReadonlySet<string>;
  /** Nobody chose: the run is about the project, clusters that are gone included. */
  readonly isWhole: boolean;
  readonly problems: readonly Problem[];
}

export interface SelectionRequest {
  readonly words: readonly string[];
  readonly options: OptionValues;
  /** Names of those whose inputs changed, where --affected-by asks for them. */
  readonly affected?: ReadonlySet<string> | undefined;
}

/** A cluster whose file cannot be understood has no labels to ask for: it is in, so that its problems are told. */
export function selectClusters(
  { words, options, affected }: SelectionRequest,
  allNames: readonly string[],
  configs: readonly Config[],
): ClusterSelection {
  const { selector, shard } = options;
  const isWhole =
    words.length === 0 && selector === undefined && shard === undefined && affected === undefined;
  if (isWhole) return { chosen: new Set(allNames), isWhole, problems: [] };
  const named =
    words.length === 0 ? allNames : allNames.filter((name) => words.some((word) => fits(word, name)));
  const unknown = words.filter((word) => !allNames.some((name) => fits(word, name)));
  const terms = parseSelector(selector);
  const share = parseShard(shard);
  const problems = [
    ...unknown.map((word) => unknownCluster(word, allNames)),
    ...("code" in terms ? [terms] : []),
    ...("code" in share ? [share] : []),
  ];
  if ("code" in terms || "code" in share) return { chosen: new Set(), isWhole, problems };
  const labels = new Map(configs.map((config) => [nameOfFile(config.file), labelsOf(config)]));
  const labelled = named.filter((name) => terms.every((holds) => holds(labels.get(name))));
  if (labelled.length === 0 && named.length > 0)
    problems.push(noneWith(String(selector), [...labels.values()]));
  const chosen = labelled.filter((name) => share.has(name) && (affected?.has(name) ?? true));
  return { chosen: new Set(chosen), isWhole, problems };
}

/** `*` is any run of characters, `?` any one. */
function fits(word: string, name: string): boolean {
  if (!/[*?]/.test(word)) return word === name;
  const pattern = word.replace(/[^*?]+/g, (text) => text.replace(/[^\w-]/g, "\\$&"));
  return new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(name);
}

type Labels = Readonly<Record<string, string>>;
/** Undefined: a cluster of which nothing is known. */
type Term = (labels: Labels | undefined) => boolean;

const labelsOf = ({ cluster: { name, region, account, stage, labels } }: Config): Labels => ({
  name,
  region,
  ...(stage !== undefined && { stage }),
  ...(account !== undefined && { account }),
  ...labels,
});

/** As kubectl reads them: `a=b`, `a==b`, `a!=b`, `a`, `!a`, all of which have to hold. */
function parseSelector(selector: OptionValues[string]): readonly Term[] | Problem {
  if (typeof selector !== "string") return [];
  const terms = selector.split(",").map((text) => tryParseTerm(text.trim()));
  const bad = terms.indexOf(undefined);
  return bad < 0
    ? terms.flatMap((term) => term ?? [])
    : {
        code: "usage/selector",
        severity: "error",
        message: `expected labels such as env=prod or tier!=dev, separated by commas, found ${show(selector.split(",")[bad])}`,
        suggestion: "Write key=value, key!=value, key or !key.",
      };
}

function tryParseTerm(text: string): Term | undefined {
  const compared = /^([\w./-]+)\s*(==?|!=)\s*([\w.-]*)$/.exec(text);
  if (compared !== null) {
    const [, key = "", operator, value] = compared;
    return operator === "!="
      ? (labels) => labels === undefined || labels[key] !== value
      : (labels) => labels === undefined || labels[key] === value;
  }
  const [, not, key = ""] = /^(!?)\s*([\w./-]+)$/.exec(text) ?? [];
  if (key === "") return undefined;
  return (labels) => labels === undefined || Object.hasOwn(labels, key) === (not === "");
}

/** By the name alone: whichever clusters come and go, the others stay where they are. */
function parseShard(shard: OptionValues[string]): { readonly has: (name: string) => boolean } | Problem {
  if (typeof shard !== "string") return { has: () => true };
  const [, index = "", count = ""] = /^(\d{1,4})\/(\d{1,4})$/.exec(shard) ?? [];
  const [share, shares] = [Number(index), Number(count)];
  if (!(share >= 1 && share <= shares))
    return {
      code: "usage/shard",
      severity: "error",
      message: `expected a share such as 3/16, the first number from 1 to the second, found ${show(shard)}`,
      suggestion: "Give each job of the matrix its number, from 1, and how many jobs there are.",
    };
  return { has: (name) => Number.parseInt(sha256(name).slice(0, 8), 16) % shares === share - 1 };
}

const unknownCluster = (word: string, known: readonly string[]): Problem => ({
  code: "usage/unknown-cluster",
  severity: "error",
  message: /[*?]/.test(word)
    ? `expected a pattern that fits the name of a cluster, found ${word}`
    : `expected the name of a cluster, found ${word}: there is no clusters/${word}.yaml`,
  suggestion: didYouMean(word, known) ?? `Known: ${listed(known)}.`,
});

function noneWith(selector: string, labels: readonly Labels[]): Problem {
  const known = [
    ...new Set(labels.flatMap((each) => Object.entries(each).map(([key, value]) => `${key}=${value}`))),
  ];
  return {
    code: "usage/selector",
    severity: "error",
    message: `expected clusters with ${selector}, found none`,
    suggestion:
      didYouMean(selector, known) ??
      `There are ${listed(known.filter((label) => !label.startsWith("name=")))}.`,
  };
}
