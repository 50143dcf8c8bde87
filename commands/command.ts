// What a command is: it reads, calls the stages and says what it did. Printing and exiting is main.ts's.
import type { JsonObject } from "../core/json.ts";
import type { Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import type { ExitCode } from "./exit-codes.ts";

export interface CommandOption {
  readonly type: "boolean" | "string";
  readonly short?: string;
  /** The values that a string option takes, where they are few. */
  readonly choices?: readonly string[];
  /** Name of the value in the help text, for string options. */
  readonly value?: string;
  readonly summary: string;
}

export interface CommandInput {
  /** What the project is read with. */
  readonly disk: ReadFileSystem;
  /** The project's folder, absolute. */
  readonly root: string;
  /** Cluster names or other words after the command. */
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Says on stderr what is going on; quiet runs drop it. */
  readonly progress: (text: string) => void;
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
  /** Words after the command, for example `[cluster…]`; undefined where it takes none. */
  readonly words?: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  readonly details: string;
  readonly examples: readonly { readonly command: string; readonly comment: string }[];
  readonly load: () => Promise<Command>;
}
