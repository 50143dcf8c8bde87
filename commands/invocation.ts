// argv -> which command, with which words and options, or what is wrong with them.
import { parseArgs } from "node:util";
import type { Problem } from "../core/problem.ts";
import { didYouMean } from "../core/suggest.ts";
import type { CommandEntry, OptionValues } from "./command.ts";
import { optionUsage } from "./help.ts";
import { formatOf, type ReportFormat } from "./report/format.ts";
import { commands, commonOptions } from "./table.ts";

export type Invocation =
  | { readonly kind: "help"; readonly name?: string; readonly entry?: CommandEntry }
  | { readonly kind: "usage"; readonly problems: readonly Problem[]; readonly format: ReportFormat }
  | {
      readonly kind: "run";
      readonly name: string;
      readonly entry: CommandEntry;
      readonly words: readonly string[];
      readonly options: OptionValues;
    };

export function parseInvocation(argv: readonly string[]): Invocation {
  const at = commandIndex(argv);
  const [first, args] = [argv[at], argv.toSpliced(at, 1)];
  const isHelp = argv.length === 0 || parse(args, commonOptions).values.help === true;
  if (first === undefined && isHelp) return { kind: "help" };
  if (first === "help") return helpFor(argv[at + 1]);
  if (first === "--version" || first === "-v") return parseInvocation(["version", ...args]);
  const entry = first !== undefined && Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (first === undefined || entry === undefined)
    return usage(unknownCommand(first ?? "none"), { json: argv.includes("--json") });
  return parseOptions(first, entry, args);
}

/** The place of the first argument that is no option of every command and no value of one. */
export function commandIndex(argv: readonly string[]): number {
  const { tokens } = parse(argv, commonOptions);
  const isCommon = (token: (typeof tokens)[number]) =>
    token.kind === "option" && Object.hasOwn(commonOptions, token.name);
  return tokens.find((token) => !isCommon(token))?.index ?? argv.length;
}

function helpFor(name: string | undefined): Invocation {
  const entry = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === undefined) return { kind: "help" };
  return entry === undefined ? usage(unknownCommand(name), {}) : { kind: "help", name, entry };
}

function parseOptions(name: string, entry: CommandEntry, args: readonly string[]): Invocation {
  const known = { ...entry.options, ...commonOptions };
  const { values, positionals, tokens } = parse(args, known);
  if (values.help === true) return { kind: "help", name, entry };
  const problems = tokens.flatMap((token) =>
    token.kind === "option" ? optionProblems(name, known, token) : [],
  );
  if (entry.words === undefined && positionals.length > 0) {
    problems.push(
      usageProblem(
        `${name} takes no words, found ${positionals.join(" ")}`,
        `Run \`meshfront ${name} --help\`.`,
      ),
    );
  }
  if (values.json === true && "format" in known && (values.format ?? "json") !== "json") {
    problems.push(
      usageProblem(`--json is --format json, found --format ${values.format} too`, "Leave one out."),
    );
  }
  if (problems.length > 0) return usage(problems, values);
  return {
    kind: "run",
    name,
    entry,
    words: positionals,
    options: { ...values, ...namesIn(tokens, known) } as OptionValues, // no other option is multiple
  };
}

/** What was named, by option; in a bare option an empty name. */
const namesIn = (
  tokens: ReturnType<typeof parse>["tokens"],
  known: CommandEntry["options"],
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.keys(known).flatMap((key) => {
      const given = tokens.flatMap((token) => (token.kind === "option" && token.name === key ? [token] : []));
      return known[key]?.takesNames === true && given.length > 0
        ? [[key, given.map(({ value }) => value ?? "")]]
        : [];
    }),
  );

function parse(args: readonly string[], known: CommandEntry["options"]) {
  const options = Object.fromEntries(
    Object.entries(known).map(([key, { type, short }]) => [
      key,
      short === undefined ? { type } : { type, short },
    ]),
  );
  // Not strict, so that every mistake can be told at once and with a suggestion.
  return parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

function optionProblems(
  command: string,
  known: CommandEntry["options"],
  { name, rawName, value }: OptionToken,
): Problem[] {
  const option = Object.hasOwn(known, name) ? known[name] : undefined;
  if (option === undefined) {
    const nearest = didYouMean(name, Object.keys(known))?.replace("mean ", "mean --");
    return [
      usageProblem(`${command} has no option ${rawName}`, nearest ?? `Run \`meshfront ${command} --help\`.`),
    ];
  }
  if (option.type === "boolean" && value !== undefined && option.takesNames !== true)
    return [usageProblem(`${rawName} takes no value, found ${value}`, `Write ${rawName} alone.`)];
  if (option.type === "string" && (value === undefined || value === "")) {
    return [usageProblem(`${rawName} needs a value`, `Write ${optionUsage(name, option)}.`)];
  }
  if (option.choices !== undefined && !option.choices.includes(value ?? "")) {
    const suggestion = didYouMean(value ?? "", option.choices) ?? `Write ${optionUsage(name, option)}.`;
    return [
      usageProblem(
        `expected ${rawName} with one of ${option.choices.join(", ")}, found ${value}`,
        suggestion,
      ),
    ];
  }
  return [];
}

const unknownCommand = (name: string): Problem[] => [
  usageProblem(
    `expected a command, found ${name}`,
    name.startsWith("-")
      ? `Write the command first: only ${Object.keys(commonOptions)
          .map((option) => `--${option}`)
          .join(", ")} may stand before it.`
      : (didYouMean(name, Object.keys(commands)) ?? `Commands: ${Object.keys(commands).join(", ")}.`),
  ),
];

const usage = (problems: readonly Problem[], options: Readonly<Record<string, unknown>>): Invocation => ({
  kind: "usage",
  problems,
  format: formatOf(options),
});

const usageProblem = (message: string, suggestion: string): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message,
  suggestion,
});
