import { count } from "../core/count.ts";
import type { JsonObject } from "../core/json.ts";
import type { Problem } from "../core/problem.ts";
import { didYouMean } from "../core/suggest.ts";
import type * as Texts from "../explanations/index.ts";
import { exceptionOf, severityOf } from "../explanations/severity.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { tryExplainKey } from "./explain-key.ts";
import { areaText, explanationText, keyText } from "./explain-text.ts";
import { tryReadPage } from "./read-page.ts";
import { type Terminal, terminalOf } from "./terminal.ts";

/** Says what problem codes and keys mean, and prints the documents that messages name. Reads nothing of the project. */
export const explain: Command = {
  run: async ({ disk, words: typed }) => {
    const pages = typed.flatMap((word) => tryReadPage(disk, word) ?? []);
    const keys = typed.flatMap((word) => tryExplainKey(word) ?? []);
    const words = typed.filter(
      (word) => tryReadPage(disk, word) === undefined && tryExplainKey(word) === undefined,
    );
    // In a bundle of its own: the text would make every other command slower (tools/bundles.mjs).
    const texts = await import("../explanations/index.ts");
    const areas = Object.keys(texts.areaTitles);
    const wanted = (typed.length === 0 ? areas : words).map((word) => ({
      word,
      codes: codesFor(word, texts),
    }));
    const problems = wanted
      .filter(({ codes }) => codes.length === 0)
      .map(({ word }) => unknownCode(word, texts));
    const codes = [...new Set(wanted.flatMap((each) => each.codes))];
    const terminal = terminalOf(process.stdout);
    return {
      exitCode: problems.length > 0 ? exitCodes.invalid : exitCodes.clean,
      problems,
      summary: [
        ...(keys.length === 0 || codes.length > 0 ? [count(codes.length, "code")] : []),
        ...(keys.length > 0 ? [count(keys.length, "key")] : []),
        ...(pages.length > 0 ? [count(pages.length, "page")] : []),
      ].join(", "),
      output: [
        ...wanted.filter((each) => each.codes.length > 0).map(({ word }) => textOf(word, texts, terminal)),
        ...keys.map((key) => keyText(key, terminal)),
        ...pages.map(({ text }) => text),
      ].join("\n"),
      json: {
        explanations: codes.map((code) => explained(code, texts)),
        keys,
        pages: pages.map(({ path, text }) => ({ path, text })),
      },
    };
  },
};

const withoutSlash = (word: string): string => word.replace(/\/$/, "");

/** The code itself, those of an area, or none. */
function codesFor(word: string, { explanations, codesOf }: typeof Texts): readonly string[] {
  return Object.hasOwn(explanations, word) ? [word] : codesOf(withoutSlash(word));
}

function textOf(
  word: string,
  { areaTitles, codesOf, explanations }: typeof Texts,
  terminal: Terminal,
): string {
  const explanation = Object.hasOwn(explanations, word) ? explanations[word] : undefined;
  if (explanation !== undefined) return explanationText(word, explanation, terminal);
  const area = withoutSlash(word);
  const rows = codesOf(area).map((code) => [code, explanations[code]?.meaning ?? ""] as const);
  return areaText(areaTitles[area] ?? area, rows, terminal);
}

/** As commands/results/explain.ts describes it. */
function explained(code: string, { explanations }: typeof Texts): JsonObject {
  const { meaning = "", example, ...rest } = explanations[code] ?? {};
  const severityException = exceptionOf(code);
  return {
    code,
    severity: severityOf(code),
    ...(severityException !== undefined && { severityException }),
    meaning,
    ...rest,
    ...(example !== undefined && { example: { ...example } }),
  };
}

function unknownCode(word: string, { areaTitles, codesOf, explanations, areaOf }: typeof Texts): Problem {
  const codes = Object.keys(explanations);
  const sameName = codes.filter((code) => code.endsWith(`/${word}`));
  const area = areaOf(word);
  return {
    code: "usage/unknown-code",
    severity: "error",
    message: `expected the code of a problem, its area or a key of the cluster file, found ${word}`,
    suggestion:
      sameName.length > 0
        ? `Did you mean ${sameName.join(" or ")}?`
        : (didYouMean(word, [...codes, ...Object.keys(areaTitles)]) ??
          `Run \`meshfront explain${codesOf(area).length > 0 ? ` ${area}` : ""}\` for a list.`),
  };
}
