import { quoted } from "./quoted.ts";
import type { CompletedCommand, Vocabulary, Words } from "./vocabulary.ts";

/** One `complete` for each command, its words and its options, with the conditions of meshfront.fish. */
export const fishData = ({ commands, codes }: Vocabulary): string =>
  [
    `set -g __meshfront_codes ${codes.join(" ")}`,
    // No names of files, where nothing else is said.
    complete("--no-files"),
    ...commands.map(({ name, summary }) =>
      complete("--condition __meshfront_first", "--arguments", name, "--description", text(summary)),
    ),
    ...commands.flatMap(commandLines),
  ].join("\n");

function commandLines({ name, words, options }: CompletedCommand): readonly string[] {
  const on = `--condition ${text(`__meshfront_on ${name}`)}`;
  const argument = argumentOf(words);
  return [
    ...(argument === undefined ? [] : [complete(on, "--arguments", text(argument))]),
    ...options.map(({ name: long, short, value, summary }) =>
      complete(
        on,
        `--long-option ${long}`,
        ...(short === undefined ? [] : [`--short-option ${short}`]),
        ...(value === undefined ? [] : ["--exclusive", ...valueArgument(value)]),
        "--description",
        text(value === undefined ? summary : `${value}: ${summary}`),
      ),
    ),
  ];
}

function argumentOf(words: Words): string | undefined {
  if (words.kind === "clusters") return "(__meshfront_clusters)";
  if (words.kind === "codes") return "$__meshfront_codes";
  return words.kind === "words" ? words.choices.join(" ") : undefined;
}

function valueArgument(value: string): readonly string[] {
  if (value.includes("|")) return ["--arguments", text(value.replaceAll("|", " "))];
  return value === "DIR" ? ["--arguments", text("(__meshfront_directories)")] : [];
}

const text = (plain: string): string => quoted(plain, "fish");

const complete = (...words: readonly string[]): string =>
  ["complete --command meshfront", ...words].join(" ");
