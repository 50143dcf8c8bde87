// One small valid cluster file, and short ways to load variations of it.
import { type LoadResult, loadClusters } from "../../config/load.ts";
import { valueRules } from "../../config/rules/index.ts";
import { formatProblem } from "../../core/problem.ts";

export const minimalCluster = `cluster:
  name: demo
  region: ap-northeast-2
repository:
  url: https://github.com/example/platform.git
ingresses:
  services:
    hosts: [app.example.com]
    certificate: { domain: app.example.com }
`;

export type Content = string | Uint8Array;

export const bytesOf = (content: Content): Uint8Array =>
  typeof content === "string" ? new TextEncoder().encode(content) : content;

/** Loads one file as it is: clusters/demo.yaml, with defaults.yaml below it if there is one. */
export const load = (content: Content, defaults?: Content): LoadResult =>
  loadFleet({ demo: content }, defaults);

/** Loads several files, by the name of the cluster. */
export const loadFleet = (contents: Readonly<Record<string, Content>>, defaults?: Content): LoadResult =>
  loadClusters(
    Object.entries(contents).map(([name, content]) => ({
      file: `clusters/${name}.yaml`,
      bytes: bytesOf(content),
    })),
    defaults === undefined ? undefined : { file: "clusters/defaults.yaml", bytes: bytesOf(defaults) },
  );

/** What a person sees, as one text. */
export const printed = ({ problems }: LoadResult): string => problems.map(formatProblem).join("\n");

/** The same without warnings of values that have no effect: those have tests of their own. */
export const printedOfRules = ({ clusters, problems }: LoadResult): string =>
  printed({ clusters, problems: problems.filter(({ code }) => !codesOfValues.includes(code)) });

const codesOfValues = valueRules.map(({ code }) => code);

/** A template literal without its first line break and its indentation. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}

/** Loads a fragment over the minimal file: that one is defaults.yaml, so positions are those of the fragment. */
export const loadFragment = (fragment: string): LoadResult => load(dedent(fragment), minimalCluster);
