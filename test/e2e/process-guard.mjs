// Outlives a test run that was killed: when its standard input ends, it ends the processes named there.
// Lines: `+PID` started, `-PID` ended by itself (its number may belong to another program by now).
import { createInterface } from "node:readline";

/** @type {Set<number>} */
const running = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith("+")) running.add(pid);
  else running.delete(pid);
}
for (const pid of running) {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended in this moment.
  }
}
