// Explanations as people read them on a terminal.
import type { Explanation } from "../explanations/explanation.ts";
import { describeSeverity, severityOf } from "../explanations/severity.ts";
import type { ExplainedKey } from "./explain-key.ts";
import { paint, type Terminal, wrap } from "./terminal.ts";

/** All that is known of one code, ending in a line break. */
export function explanationText(code: string, explanation: Explanation, terminal: Terminal): string {
  const { meaning, why, fix, versions, example, sources } = explanation;
  const prose = (title: string, text: string | undefined) =>
    text === undefined ? [] : [section(title, wrap(text, terminal.width, "  "), terminal)];
  const block = (title: string, text: string | undefined) =>
    text === undefined ? [] : [section(title, text.trimEnd().split("\n").map(indented), terminal)];
  return [
    `${bold(code, terminal)}  ${severityText(code, terminal)}\n`,
    `${wrap(meaning, terminal.width).join("\n")}\n`,
    ...prose("Versions", versions),
    ...prose("Why", why),
    ...prose("Fix", fix),
    ...block("Fails", example?.fails),
    ...block("Passes", example?.passes),
    ...(sources === undefined
      ? []
      : [
          section(
            "Sources",
            sources.flatMap((source) => wrap(source, terminal.width, "  - ")),
            terminal,
          ),
        ]),
  ].join("\n");
}

/** A key of the cluster file, and the keys below it. */
export function keyText(
  { key, type, meaning, examples, below, ...rest }: ExplainedKey,
  terminal: Terminal,
): string {
  const facts = [`  type     ${type}`, ...(rest.default === undefined ? [] : [`  default  ${rest.default}`])];
  return [
    `${bold(key, terminal)}\n`,
    ...(meaning === "" ? [] : [`${wrap(meaning, terminal.width).join("\n")}\n`]),
    `${facts.join("\n")}\n`,
    ...(examples.length === 0
      ? []
      : [
          section(
            "Example",
            examples.map((each) => `  ${key.split(".").at(-1)}: ${each}`),
            terminal,
          ),
        ]),
    ...(below.length === 0
      ? []
      : [
          areaText(
            "Keys",
            below.map((each) => [each.key, each.meaning] as const),
            terminal,
          ),
        ]),
  ].join("\n");
}

/** One area: its title and a line for each code, with what it means. */
export function areaText(
  title: string,
  rows: readonly (readonly [code: string, meaning: string])[],
  terminal: Terminal,
): string {
  const column = Math.max(...rows.map(([code]) => code.length)) + 4;
  const lines = rows.flatMap(([code, meaning]) => wrap(meaning, terminal.width, `  ${code}`.padEnd(column)));
  return section(title, lines, terminal);
}

const section = (title: string, lines: readonly string[], terminal: Terminal): string =>
  [bold(title, terminal), ...lines, ""].join("\n");

const indented = (line: string): string => (line === "" ? "" : `  ${line}`);

const bold = (text: string, { isColoured }: Terminal): string => (isColoured ? paint(text, "bold") : text);

function severityText(code: string, { isColoured }: Terminal): string {
  const text = describeSeverity(code);
  return isColoured ? paint(text, severityOf(code) === "error" ? "red" : "yellow") : text;
}
