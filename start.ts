// The entry: a process begins and ends here. Everything else is main.ts, which the tests call without a process.
import { exitCodes } from "./commands/exit-codes.ts";
import { print } from "./commands/print.ts";
import { main } from "./main.ts";

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
    // What did not answer in time may still hold the process: a socket, a retry, somebody's credential_process.
    if (exitCode === exitCodes.timeout)
      process.stdout.write("", () => process.stderr.write("", () => process.exit()));
  },
  (error: unknown) => {
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    print(
      "stderr",
      `meshfront: a bug, please report it with the command you ran and this text:\n${details}\n`,
    );
    process.exitCode = exitCodes.bug;
  },
);
