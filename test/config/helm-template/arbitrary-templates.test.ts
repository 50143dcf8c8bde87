// Whatever stands in a template: it is understood or said not to be, and what it says of a value is never a guess.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseChart } from "../../../config/helm-template/analyse-chart.ts";
import { parseTemplate } from "../../../config/helm-template/parse-template.ts";
import { TemplateSyntaxError } from "../../../config/helm-template/tokens.ts";
import { chartOf } from "./read-chart-folder.ts";

const piece = fc.constantFrom(
  ...[
    "{{",
    "}}",
    "{{-",
    "-}}",
    " ",
    "\n",
    "(",
    ")",
    "|",
    ":=",
    "=",
    ",",
    ".",
    "$",
    "$x",
    '"',
    "`",
    "'",
    "/*",
    "*/",
  ],
  ...["if", "else", "end", "range", "with", "define", "template", "block", "include", "tpl", "dict", "index"],
  ...[".Values", ".Values.a", ".a", '"a"', "1", "-", "{{ end }}", "{{ if .Values.a }}", "{{ .Values.b }}"],
  ...["set", "merge", "default", "toYaml", "text", "ä", "\u0000", "\\"],
);
const soup = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));

/** Templates that are well formed by construction. */
const { block } = fc.letrec<{ expression: string; block: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(".", "$", ".Values", ".Values.a", "$.Values.b", ".a", '"a"', "1", ".Values.a.b", "$x"),
    fc
      .tuple(
        fc.constantFrom(
          "include",
          "tpl",
          "dict",
          "index",
          "merge",
          "set",
          "get",
          "dig",
          "default",
          "list",
          "printf",
          "and",
        ),
        fc.array(tie("expression"), { maxLength: 3 }),
      )
      .map(([name, args]) => `(${[name, ...args].join(" ")})`),
  ),
  block: fc.oneof(
    { depthSize: "small" },
    tie("expression").map((expression) => `{{ ${expression} }}`),
    tie("expression").map((expression) => `{{ $x := ${expression} }}`),
    fc
      .tuple(fc.constantFrom("if", "with", "range"), tie("expression"), tie("block"), tie("block"))
      .map(
        ([word, expression, body, otherwise]) =>
          `{{ ${word} ${expression} }}${body}{{ else }}${otherwise}{{ end }}`,
      ),
    fc.tuple(tie("block"), tie("block")).map((blocks) => blocks.join("\n")),
    tie("block").map((body) => `{{ define "a" }}${body}{{ end }}{{ include "a" . }}`),
  ),
}));

describe("any text", () => {
  it("is parsed or refused with a line, never anything else", () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string()), (text) => {
        try {
          parseTemplate(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateSyntaxError);
          expect(error).toMatchObject({ line: expect.any(Number) });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("makes nothing dead that a sound template beside it reads, and everything undecided if it is not understood", () => {
    fc.assert(
      fc.property(soup, (text) => {
        const { judge, notUnderstood } = analyseChart(
          chartOf({ "a.yaml": text, "b.yaml": "{{ .Values.sound }}" }),
        );
        expect(judge(["sound"])).toEqual({ kind: "read" });
        if (notUnderstood.length > 0) expect(judge(["never", "named"]).kind).not.toBe("never");
      }),
      { numRuns: 300 },
    );
  });

  it("that is well formed is understood, and followed to an end", { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(block, (text) => {
        const { judge, notUnderstood } = analyseChart(chartOf({ "a.yaml": text }));
        expect(notUnderstood).toEqual([]);
        judge(["a"]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("what Go refuses", () => {
  it.each([
    "{{ if .Values.a }}",
    "{{ end }}",
    "{{ .Values.a",
    '{{ "open }}',
    "{{ (.Values.a }}",
    "{{ }}",
    "{{ .a | }}",
    "{{ if }}{{ end }}",
    "{{/* open",
    "{{ else }}",
    "{{ define x }}{{ end }}",
    "{{ template .x }}",
    '{{ .a"b" }}',
    "{{ $x := }}",
    "{{ a & b }}",
    `${"{{ if .a }}".repeat(5000)}`,
    `{{ ${"(".repeat(5000)} }}`,
  ])("is refused: %.20s", (text) => {
    expect(() => parseTemplate(text)).toThrow(TemplateSyntaxError);
  });

  it("is told with its line", () => {
    expect(() => parseTemplate("a\n{{ .b }}\n{{ range }}")).toThrow(expect.objectContaining({ line: 3 }));
  });
});
