// The two streams that people read.

let hasPrinted = false;

/** Node makes a stream when it is first asked for, which takes some milliseconds: so only where there is text. */
export function print(name: "stdout" | "stderr", text: string): void {
  hasPrinted = true;
  const stream = process[name];
  if (stream.listenerCount("error") === 0) stream.on("error", ignoreClosedPipe);
  stream.write(text);
}

/** `meshfront … | head` closes the pipe early: no reason for a stack trace. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** Node takes a millisecond to take the heap apart. But what was printed may still be on its way. */
export function exitUnlessPrinting(): void {
  if (!hasPrinted) process.exit();
}
