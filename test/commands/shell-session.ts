// A shell on a pseudo-terminal, as a person has it: the tests type, press Tab and Enter, and see which words came out.
import { spawn, spawnSync } from "node:child_process";

export const hasProgram = (name: string, ...args: readonly string[]): boolean =>
  spawnSync(name, [...args], { stdio: "ignore" }).status === 0;

/** Of util-linux; that of other systems takes other arguments. */
export const hasTerminal = hasProgram("script", "-qec", "true", "/dev/null");

export interface Session {
  /** The interactive shell. */
  readonly command: string;
  /** One line that loads the completion; `meshfront` is a function that prints its words as `RESULT<one><two>`. */
  readonly setUp: string;
  readonly folder: string;
}

/** Types each line, presses Tab and Enter, and gives back the words that `meshfront` got. */
export async function wordsAfterTab(session: Session, lines: readonly string[]): Promise<string[]> {
  const child = spawn("script", ["-qec", session.command, "/dev/null"], {
    cwd: session.folder,
    env: { PATH: process.env.PATH, TERM: "dumb", HOME: session.folder, HISTFILE: "/dev/null" },
  });
  const closed = new Promise((resolve) => child.once("close", resolve));
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  const results = () => [...output.matchAll(/RESULT(<.*>)\r?$/gm)].map(([, words = ""]) => words);
  const waitFor = async (count: number, what: string): Promise<void> => {
    for (let tries = 0; results().length < count; tries += 1) {
      if (tries > 500) throw new Error(`no answer to ${what}, found: ${JSON.stringify(output)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  try {
    child.stdin.write(`${session.setUp}; meshfront ready\n`);
    await waitFor(1, session.setUp);
    for (const [index, line] of lines.entries()) {
      child.stdin.write(`meshfront ${line}\t\n`);
      await waitFor(index + 2, line);
    }
    return results().slice(1);
  } finally {
    child.stdin.end("exit\n");
    await closed;
  }
}
