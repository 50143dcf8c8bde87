// What a command is: it reads, calls the stages and says what it did. Printing and exiting is main.ts's.
import type { JsonObject } from "../core/json.ts";
import type { Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import type { ChartsByWave } from "../manifests/own/read-own-charts.ts";
import type { Step } from "./counter.ts";
import type { ExitCode } from "./exit-codes.ts";

export interface CommandOption {
  readonly type: "boolean" | "string";
  readonly short?: string;
  /** A boolean option that may name what it is for, each time it is given: `--allow-removal=NAME`. */
  readonly takesNames?: true;
  /** The values that a string option takes, where they are few. */
  readonly choices?: readonly string[];
  /** Name of the value in the help text, for string options. */
  readonly value?: string;
  readonly summary: string;
}

/** Of an option that takes names all of them, an empty one where it stands alone. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export interface CommandInput {
  /** What the project is read with. */
  readonly disk: ReadFileSystem;
  /** The project's folder, absolute. */
  readonly root: string;
  /** Cluster names or other words after the command. */
  readonly words: readonly string[];
  readonly options: OptionValues;
  /** Of the person's own program, where one calls us. */
  readonly charts?: ChartsByWave | undefined;
  /** Says on stderr what is going on; quiet runs drop it. */
  readonly progress: (text: string) => void;
  /** Says on a terminal which of many things a run is at. */
  readonly step?: Step;
}

export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly problems: readonly Problem[];
  /** One line: what was done. */
  readonly summary: string;
  /** The result proper, for stdout; nothing else goes there. */
  readonly output?: string;
  /** The same run would do nothing but say the same again, for as long as `disk` tells the same and today is today. */
  readonly isRepeatable?: boolean;
  /** Keys of the `--json` document beside command, exitCode, summary and problems. */
  readonly json?: JsonObject;
}

export interface Command {
  readonly run: (input: CommandInput) => CommandResult | Promise<CommandResult>;
}

/** A row of the table of commands: what the help needs, and the module to load when it runs. */
export interface CommandEntry {
  readonly summary: string;
  /** It begins a project where the person stands, and looks for none upwards. */
  readonly beginsProject?: true;
  /** It builds objects, those of charts of the person's own among them. */
  readonly takesCharts?: true;
  /** Words after the command, for example `[cluster…]`; undefined where it takes none. */
  readonly words?: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly details: string;
  readonly examples: readonly { readonly command: string; readonly comment: string }[];
  readonly load: () => Promise<Command>;
}
