import { quoted } from "./quoted.ts";
import type { CompletedCommand, Vocabulary } from "./vocabulary.ts";

/** What meshfront.bash reads: two lists, and a function that sets its variables for one command. */
export const bashData = ({ commands, codes }: Vocabulary): string =>
  [
    array(
      "_meshfront_commands",
      commands.map(({ name }) => name),
    ),
    array("_meshfront_codes", codes),
    "",
    "_meshfront_describe() {",
    "  case $1 in",
    ...commands.flatMap(branch),
    "    *) return 1 ;;",
    "  esac",
    "}",
  ].join("\n");

function branch({ name, words, options }: CompletedCommand): readonly string[] {
  const flags = options.map((option) => `--${option.name}`);
  const values = options.flatMap(({ name: option, value }) =>
    value === undefined ? [] : [`--${option}`, value],
  );
  return [
    `    ${name})`,
    `      kind=${words.kind}`,
    ...(words.kind === "words" ? [`      ${array("words", words.choices)}`] : []),
    `      ${array("flags", flags)}`,
    `      ${array("values", values)}`,
    "      ;;",
  ];
}

const array = (name: string, items: readonly string[]): string =>
  `${name}=(${items.map((item) => quoted(item, "bash")).join(" ")})`;
