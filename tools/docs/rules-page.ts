// docs/reference/rules.md: every code that meshfront can report, with what `meshfront explain` says of it.
import type { Explanation } from "../../explanations/explanation.ts";
import { areaTitles, codesOf, explanations } from "../../explanations/index.ts";
import { describeSeverity } from "../../explanations/severity.ts";
import { code, generatedComment, page, table } from "./markdown.ts";

export function rulesPage(): string {
  return page(
    generatedComment("explanations/ and the tables of rules"),
    "# Rules and other problems",
    intro,
    ...Object.entries(areaTitles).flatMap(([area, title]) => areaSection(title, entriesOf(area))),
  );
}

const intro = `All problems of a run are reported at once, with their place and what to do: \`clusters/demo.yaml:12:7 error alb/subnets: …\`.
An error ends the run, as a rule before anything is written. A warning does not change the exit code. To \`check\` a file
that does not belong in the output is an error, to \`synth\` a warning. \`meshfront explain alb/subnets\` prints what stands
here. Examples are fragments of a cluster file, laid over the one in the [README](../../README.md), unless their first
line names another file; a test runs each of them.`;

type Entry = readonly [code: string, explanation: Explanation];

const entriesOf = (area: string): readonly Entry[] =>
  codesOf(area).flatMap((each): Entry[] => {
    const explanation = explanations[each];
    return explanation === undefined ? [] : [[each, explanation]];
  });

/** What has a reason to tell gets a section of its own; all else is a row. */
function areaSection(title: string, entries: readonly Entry[]): readonly string[] {
  const long = entries.filter(([, { why }]) => why !== undefined);
  const short = entries.filter(([, { why }]) => why === undefined);
  return [
    `## ${title}`,
    ...(long.length === 0 ? [] : [long.map(([each]) => linkTo(each)).join(" · ")]),
    ...(short.length === 0 ? [] : [shortTable(short)]),
    ...long.flatMap(codeSection),
  ];
}

/** As GitHub makes it of the heading `alb/subnets`. */
const anchorOf = (problemCode: string): string => problemCode.replace("/", "");

const linkTo = (problemCode: string): string => `[${code(problemCode)}](#${anchorOf(problemCode)})`;

function shortTable(entries: readonly Entry[]): string {
  const hasFix = entries.some(([, { fix }]) => fix !== undefined);
  return table(
    ["code", "severity", "what is wrong", ...(hasFix ? ["what to do"] : [])],
    entries.map(([each, { meaning, fix = "", sources = [] }]) => [
      `<a id="${anchorOf(each)}"></a>${code(each)}`,
      describeSeverity(each),
      meaning,
      ...(hasFix ? [[fix, ...sources.map((source) => `(${source})`)].join(" ")] : []),
    ]),
  );
}

function codeSection([each, explanation]: Entry): readonly string[] {
  const { meaning, why, fix, versions, example, sources } = explanation;
  return [
    `### ${each}`,
    [`**${describeSeverity(each)}**`, ...(versions === undefined ? [] : [versions])].join(" · "),
    meaning,
    ...(why === undefined ? [] : [`**Why.** ${why}`]),
    ...(fix === undefined ? [] : [`**Fix.** ${fix}`]),
    ...(example === undefined
      ? []
      : ["Fails:", yamlBlock(example.fails), "Passes:", yamlBlock(example.passes)]),
    ...(sources === undefined
      ? []
      : [["Sources:", "", ...sources.map((source) => `- ${source}`)].join("\n")]),
  ];
}

const yamlBlock = (text: string): string => ["```yaml", text.trimEnd(), "```"].join("\n");
