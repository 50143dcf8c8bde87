// docs/reference/commands.md: the table of commands and the exit codes.
import type { CommandEntry, CommandOption } from "../../commands/command.ts";
import { type ExitCode, exitCodes } from "../../commands/exit-codes.ts";
import { commands, commonOptions } from "../../commands/table.ts";
import { code, generatedComment, page, table } from "./markdown.ts";

/** Commands whose examples the tests cannot run: they leave the machine. */
const onlineCommands: readonly string[] = ["lookup", "doctor"];

/** A new exit code does not compile until it is explained here. */
const exitCodeMeanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  clean: "Done, nothing to complain about (warnings do not count).",
  invalid: "The configuration is invalid, a rule says no, or the command line cannot be understood.",
  different: "The committed output is not what `synth` would write.",
  removalRefused: "Something that carries traffic would be removed, and `--allow-removal` was not given.",
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
    "## Problems as JSON",
    json,
  );
}

const intro = `\`npx meshfront <command> [cluster…] [options]\`, in the folder that holds \`clusters/\` or with \`--chdir\`. Without the name
of a cluster a command is about all of them. Results go to stdout, problems and progress to stderr. There is colour on
a terminal only, and none where \`NO_COLOR\` is set.`;

const json = `With \`--json\` stdout holds one document with the keys \`command\`, \`exitCode\`, \`summary\`, \`durationMs\`, \`problems\` and
those of the command. A problem has \`code\`, \`severity\` (\`error\` or \`warning\`) and \`message\`, and where they are known
\`file\`, \`line\`, \`column\` (from 1), \`path\` (of the key) and \`suggestion\`. The codes stand in [rules.md](rules.md).`;

function commandSection(name: string, entry: CommandEntry): readonly string[] {
  const words = entry.words === undefined ? "" : ` ${entry.words}`;
  const hasOptions = Object.keys(entry.options).length > 0;
  return [
    `## ${name}`,
    `\`meshfront ${name}${words}${hasOptions ? " [options]" : ""}\`: ${entry.summary}.`,
    entry.details,
    ...(hasOptions ? [optionTable(entry.options)] : []),
    exampleBlock(entry.examples, onlineCommands.includes(name)),
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
    Object.entries(options).map(([name, { short, value, summary }]) => [
      code(`${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`),
      summary,
    ]),
  );

const exitCodeRows = (): string[][] =>
  (Object.entries(exitCodes) as [keyof typeof exitCodes, ExitCode][]) // Object.entries forgets the keys' type
    .map(([name, number]) => [String(number), exitCodeMeanings[name]]);
