// docs/reference/commands.md: the table of commands and the exit codes.
import type { CommandEntry, CommandOption } from "../../commands/command.ts";
import { type ExitCode, exitCodes, precedence } from "../../commands/exit-codes.ts";
import { optionUsage } from "../../commands/help.ts";
import { commands, commonOptions } from "../../commands/table.ts";
import { code, generatedComment, page, table } from "./markdown.ts";

/** Commands whose examples the tests cannot run: they leave the machine. */
const untriedCommands: readonly string[] = ["lookup", "doctor", "migrate"];

/** A new exit code does not compile until it is explained here. */
const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  clean: "Done, no error (warnings do not count).",
  invalid:
    "A person has to change something: the command line, the configuration (also where a rule says no), an inventory in a merge conflict, a file that is in the way.",
  different: "The committed output is not what `synth` would leave: run it, read the diff, commit.",
  removalRefused:
    "Something that carries traffic would be removed or replaced, and `--allow-removal` or `--allow-replacement` was not given for it.",
  facts: "Facts from AWS are missing, stale or malformed: `meshfront lookup` gets them.",
  outside: "Something outside failed: AWS, the disk, Git or a cluster.",
  timeout: "Something outside did not answer in time.",
  bug: "A bug in meshfront. The text on stderr is what a report needs.",
};

export function commandsPage(): string {
  return page(
    generatedComment("commands/table.ts and commands/exit-codes.ts"),
    "# Commands",
    intro,
    ...Object.entries(commands).flatMap(([name, entry]) => commandSection(name, entry)),
    "## Options of every command",
    optionTable(commonOptions),
    "## Exit codes",
    table(["code", "meaning"], exitCodeRows()),
    precedenceWords,
    "## For programs",
    json,
  );
}

const intro = `\`npx meshfront <command> [cluster…] [options]\`, in the folder that holds \`clusters/\` or with \`--chdir\`. Without the name
of a cluster a command is about all of them. Results go to stdout, problems and progress to stderr; which of many clusters a run is at, a terminal alone is told. There is colour on
a terminal only, and none where \`NO_COLOR\` is set.`;

const precedenceWords = `Where several apply, a run ends with the first of ${precedence.join(", ")}: what only a person can mend comes first, then
what may be gone at the next try, then what a command of meshfront mends. All problems are told in any case, but
where the configuration is invalid (1) or facts are missing (4) nothing is built, so nothing is compared either.`;

const json = `With \`--json\` stdout holds one document: [json.md](json.md). The codes of problems stand in [rules.md](rules.md). For
\`check --format github\` and \`--format sarif\` see [check in CI](../how-to/check-in-ci.md).`;

function commandSection(name: string, entry: CommandEntry): readonly string[] {
  const words = entry.words === undefined ? "" : ` ${entry.words}`;
  const hasOptions = Object.keys(entry.options).length > 0;
  return [
    `## ${name}`,
    `\`meshfront ${name}${words}${hasOptions ? " [options]" : ""}\`: ${entry.summary}.`,
    entry.details,
    ...(hasOptions ? [optionTable(entry.options)] : []),
    exampleBlock(entry.examples, untriedCommands.includes(name)),
  ];
}

function exampleBlock(examples: CommandEntry["examples"], isOnline: boolean): string {
  const width = Math.max(...examples.map(({ command }) => command.length));
  const lines = examples.map(({ command, comment }) => `npx ${command.padEnd(width)} # ${comment}`);
  return [...(isOnline ? [] : ["<!-- run -->"]), "```sh", ...lines, "```"].join("\n");
}

const optionTable = (options: Readonly<Record<string, CommandOption>>): string =>
  table(
    ["option", "meaning"],
    Object.entries(options).map(([name, option]) => [
      code(`${option.short === undefined ? "" : `-${option.short}, `}${optionUsage(name, option)}`),
      option.summary,
    ]),
  );

const exitCodeRows = (): string[][] =>
  (Object.entries(exitCodes) as [keyof typeof exitCodes, ExitCode][]) // Object.entries forgets the keys' type
    .map(([name, number]) => [String(number), exitCodeMeanings[name]]);
