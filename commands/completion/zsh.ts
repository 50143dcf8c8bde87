import type { CommandOption } from "../command.ts";
import { quoted } from "./quoted.ts";
import type { CompletedCommand, Vocabulary } from "./vocabulary.ts";

/** What meshfront.zsh reads: two lists, and a function that sets its variables for one command. */
export const zshData = ({ commands, codes }: Vocabulary): string =>
  [
    array(
      "typeset -ga _meshfront_commands=",
      commands.map(({ name, summary }) => `${name}:${summary}`),
    ),
    array("typeset -ga _meshfront_codes=", codes),
    "",
    "_meshfront_describe() {",
    "  case $1 in",
    ...commands.flatMap(branch),
    "    (*) return 1 ;;",
    "  esac",
    "}",
  ].join("\n");

const branch = ({ name, words, options }: CompletedCommand): readonly string[] => [
  `    (${name})`,
  `      kind=${words.kind}`,
  ...(words.kind === "words" ? [`      ${array("choices=", words.choices)}`] : []),
  `      ${array("specs=", options.flatMap(specs))}`,
  "      ;;",
];

/** As _arguments wants them: `(-q --quiet)-q[Print …]`, `--chdir=[Folder …]:DIR:_directories`. */
function specs({ name, short, value, summary }: CommandOption & { readonly name: string }): string[] {
  const names = [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
  const exclusion = names.length > 1 ? `(${names.join(" ")})` : "";
  const text = `[${summary.replace(/[[\]:\\]/g, "\\$&")}]`;
  return names.map(
    (each) => `${exclusion}${each}${value === undefined ? text : `=${text}${valueSpec(value)}`}`,
  );
}

function valueSpec(value: string): string {
  if (value.includes("|")) return `:value:(${value.replaceAll("|", " ")})`;
  return `:${value}:${value === "DIR" ? "_directories" : " "}`;
}

const array = (start: string, items: readonly string[]): string =>
  `${start}(${items.map((item) => quoted(item, "zsh")).join(" ")})`;
