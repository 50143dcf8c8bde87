// What the main bundle exports: for the bin a process that begins and ends here, for programs the library.
import { endingWell } from "./commands/ending-well.ts";
import { exitCodes } from "./commands/exit-codes.ts";
import { main } from "./main.ts";

export * from "./library.ts";

/** The whole of a process of the bin. */
export async function start(): Promise<void> {
  const exitCode = await endingWell(() => main(process.argv.slice(2), { handsOver: true }));
  process.exitCode = exitCode;
  // What did not answer in time may still hold the process: a socket, a retry, somebody's credential_process.
  if (exitCode === exitCodes.timeout)
    process.stdout.write("", () => process.stderr.write("", () => process.exit()));
}
