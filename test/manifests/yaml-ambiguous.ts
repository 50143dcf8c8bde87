// The strings for which the bytes of the `yaml` package are NOT the measure, because some reader does not get them
// back. Each row says who misreads the package's text; yaml-ambiguous.test.ts proves it. All else is byte for byte.
import { jsYaml, kubectl, type Reader, yaml11, yaml12 } from "./yaml-readers.ts";

export interface Ambiguity {
  readonly what: string;
  /** Which strings; `position` limits it where only keys or only values are concerned. */
  readonly matches: (text: string) => boolean;
  readonly position: "key" | "value" | "both";
  readonly examples: readonly string[];
  /** Readers that do not get the examples back from the package's text; kubectl as of 1.32. */
  readonly misreadBy: readonly Reader[];
}

const withoutUnderscores = (text: string): string => text.replaceAll("_", "");

export const ambiguities: readonly Ambiguity[] = [
  {
    what: "an octal number of YAML 1.2",
    matches: (text) => /^0o[0-7]+$/.test(text),
    position: "both",
    examples: ["0o17"],
    misreadBy: [yaml12, jsYaml, kubectl],
  },
  {
    what: "a number in Go's spelling: any prefix in capitals, octal with a sign, underscores anywhere",
    matches: (text) =>
      /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)$/.test(
        withoutUnderscores(text),
      ) && /^0[XOB]|^[-+]0[XoOB]|_/.test(text),
    position: "both",
    examples: ["0XFF", "0B1", "0O17", "-0o7", "-_1", "1e_5", "0_x1f", "+_.5"],
    misreadBy: [kubectl],
  },
  {
    what: "a sign behind the prefix of a binary number, which go-yaml lets pass",
    matches: (text) => /^0b[-+][01]+$/.test(withoutUnderscores(text)),
    position: "both",
    examples: ["0b-0", "0b+1", "0_b-1"],
    misreadBy: [kubectl],
  },
  {
    what: "a sign behind the prefix of an octal number: go-yaml 3 (kustomize) lets it pass, kubectl has version 2",
    matches: (text) => /^0o[-+][0-7]+$/.test(withoutUnderscores(text)),
    position: "both",
    examples: ["0o-7", "0o+7"],
    misreadBy: [],
  },
  {
    what: "the merge key",
    matches: (text) => text === "<<",
    position: "key",
    examples: ["<<"],
    misreadBy: [yaml11, kubectl],
  },
  {
    what: "the merge key as a value, quoted like the key",
    matches: (text) => text === "<<",
    position: "value",
    examples: ["<<"],
    misreadBy: [],
  },
  {
    what: "the value type of YAML 1.1: PyYAML fails on it, the readers at hand do not",
    matches: (text) => text === "=",
    position: "both",
    examples: ["="],
    misreadBy: [],
  },
  {
    what: "DEL and the C1 controls, raw in double quotes: go-yaml refuses them",
    matches: (text) => /[\x7f-\x84\x86-\x9f]/.test(text),
    position: "both",
    examples: ["a\x7fb", "\x80", "\x9f"],
    misreadBy: [kubectl],
  },
  {
    what: "line breaks of YAML 1.1, raw: go-yaml folds or breaks there",
    matches: (text) => /[\x85\u2028\u2029]/.test(text),
    position: "both",
    examples: ["a\x85b", "a\u2028b", "a\u2029b"],
    misreadBy: [kubectl],
  },
  {
    what: "characters that YAML counts as unprintable, raw",
    matches: (text) => /[\ufffe\uffff]/.test(text),
    position: "both",
    examples: ["a\ufffe", "a\uffffb"],
    misreadBy: [jsYaml, kubectl],
  },
  {
    what: "the byte order mark, raw: YAML 1.2 (5.2) allows it in quotes only, and first in a file it vanishes",
    matches: (text) => text.includes("\ufeff"),
    position: "both",
    examples: ["\ufeffa", "a\n\ufeffb"],
    misreadBy: [],
  },
  {
    what: "a tab first in a literal block: go-yaml takes it for indentation",
    matches: (text) => text.includes("\n") && /^\n*\t/.test(text),
    position: "value",
    examples: ["\ta\nb", "\n\ta", "\t\n"],
    misreadBy: [kubectl],
  },
  {
    what: "nothing but spaces and line breaks: the package's literal block loses the spaces",
    matches: (text) => /^[\t\n ]+$/.test(text) && /[\t ]/.test(text) && text.includes("\n"),
    position: "value",
    examples: [" \n", "  \n\n"],
    misreadBy: [yaml11, yaml12, jsYaml, kubectl],
  },
  {
    what: "a line of one space in double quotes of several lines: the package writes a backslash",
    matches: (text) => /\n \n/.test(text) && JSON.stringify(text).length >= 40,
    position: "value",
    examples: [`${"a".repeat(40)}\r\n \n.`],
    misreadBy: [yaml11, yaml12, jsYaml, kubectl],
  },
];

export function isAmbiguous(text: string, position: "key" | "value"): boolean {
  return ambiguities.some((row) => row.position !== rest(position) && row.matches(text));
}

const rest = (position: "key" | "value"): "key" | "value" => (position === "key" ? "value" : "key");
