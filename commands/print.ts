// The two streams that people read.

export function print(name: "stdout" | "stderr", text: string): void {
  const stream = process[name];
  if (stream.listenerCount("error") === 0) stream.on("error", ignoreClosedPipe);
  stream.write(text);
}

/** `meshfront … | head` closes the pipe early: no reason for a stack trace. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
