// Long work says on a terminal how far it is and what it is at, in one line that it writes over. A pipe gets nothing of it.
import type { WriteStream } from "node:tty";
import { print } from "./print.ts";
import { terminalOf } from "./terminal.ts";

/** Told of each thing as work on it begins: the first has the number 1. */
export type Step = (number: number, all: number, what: string) => void;

export interface Counter {
  readonly step: Step;
  /** Takes the line away, for what is to stay. */
  readonly clear: () => void;
}

/** What is over sooner needs no line. */
const patienceMilliseconds = 500;

const eraseLine = "\r\u001b[2K";

export function counterOn(stream: WriteStream, now: () => number = () => performance.now()): Counter {
  const started = now();
  let isShown = false;
  const clear = (): void => {
    if (isShown) print("stderr", eraseLine);
    isShown = false;
  };
  const step: Step = (number, all, what) => {
    if (stream.isTTY !== true || all < 2 || now() - started < patienceMilliseconds) return;
    const line = `${number} of ${all}, ${what}`;
    print("stderr", `${eraseLine}${line.slice(0, terminalOf(stream).width - 1)}`);
    isShown = true;
  };
  return { step, clear };
}
