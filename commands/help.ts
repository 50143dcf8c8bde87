import type { CommandEntry, CommandOption } from "./command.ts";
import { commands, commonOptions } from "./table.ts";

/** `meshfront --help`. */
export function overview(): string {
  const rows = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  return [
    "meshfront compiles one typed file per EKS cluster into everything Argo CD needs to run an Istio ingress",
    "behind AWS load balancers.",
    "",
    "Usage: meshfront <command> [options]",
    "",
    "Commands:",
    ...table(rows),
    "",
    "Options of every command, before or after it:",
    ...table(optionRows(commonOptions)),
    "",
    "Examples:",
    ...examples(Object.values(commands).flatMap((entry) => entry.examples.slice(0, 1))),
    "",
    "Run `meshfront <command> --help` for one command.",
    "Exit codes: 0 clean, 1 invalid input, 2 output differs, 3 removal or replacement refused, 4 facts missing or stale,",
    "5 something outside failed, 6 timeout, 70 a bug.",
    "",
  ].join("\n");
}

/** `meshfront <command> --help`. */
export function commandHelp(name: string, entry: CommandEntry): string {
  const words = entry.words === undefined ? "" : ` ${entry.words}`;
  return [
    `${entry.summary}.`,
    "",
    `Usage: meshfront ${name}${words} [options]`,
    "",
    entry.details,
    "",
    "Options:",
    ...table(optionRows({ ...entry.options, ...commonOptions })),
    "",
    "Examples:",
    ...examples(entry.examples),
    "",
  ].join("\n");
}

const optionRows = (options: Readonly<Record<string, CommandOption>>): (readonly [string, string])[] =>
  Object.entries(options).map(([name, option]) => [
    `${option.short === undefined ? "    " : `-${option.short}, `}${optionUsage(name, option)}`,
    option.summary,
  ]);

/** `--chdir DIR`, `--format text|json`, `--allow-removal[=NAME]`. */
export const optionUsage = (name: string, { value, choices, takesNames }: CommandOption): string =>
  takesNames === true
    ? `--${name}[=${value}]`
    : [`--${name}`, choices?.join("|") ?? value].filter((part) => part !== undefined).join(" ");

const examples = (list: CommandEntry["examples"]): string[] =>
  table(list.map(({ command, comment }) => [command, `# ${comment}`] as const));

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
