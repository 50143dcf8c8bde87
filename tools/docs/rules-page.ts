// docs/reference/rules.md: every code that meshfront can report, with severity and meaning.
import { configRules, fleetRules } from "../../config/rules/index.ts";
import { areaTitles, explanations } from "../../explanations/index.ts";
import { objectRules } from "../../manifests/rules/index.ts";
import { code, generatedComment, page, table } from "./markdown.ts";

/** Codes outside of the rules that are no errors; the rules know their own severity. */
const warnings: readonly string[] = [
  "facts/certificate-expires",
  "facts/unused-answer",
  "lookup/zone-left-out",
  "output/foreign-file",
  "output/unrecorded-file",
];

export function rulesPage(): string {
  const codes = Object.keys(explanations);
  const areas = [...new Set(codes.map(areaOf))];
  return page(
    generatedComment("the tables of rules and explanations/"),
    "# Rules and other problems",
    intro,
    ...areas.flatMap((area) => [
      `## ${areaTitles[area] ?? area}`,
      table(["code", "severity", "what is wrong"], codes.filter((each) => areaOf(each) === area).map(row)),
    ]),
  );
}

const intro = `All problems of a run are reported at once, with their place and what to do: \`clusters/demo.yaml:12:7 error alb/subnets: …\`.
An error ends the run, as a rule before anything is written. A warning does not change the exit code; but \`check\` demands
an output without any, so a file that does not belong there is a difference to it.`;

const areaOf = (problemCode: string): string => problemCode.split("/")[0] ?? "";

const row = (problemCode: string): string[] => [
  code(problemCode),
  severityOf(problemCode),
  explanations[problemCode]?.meaning ?? "",
];

function severityOf(problemCode: string): string {
  const rule = [...configRules, ...fleetRules, ...objectRules].find(
    (candidate) => candidate.code === problemCode,
  );
  return rule?.severity ?? (warnings.includes(problemCode) ? "warning" : "error");
}
