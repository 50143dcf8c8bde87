// Around a whole run: what nobody expected becomes a message and an exit code.
import { formatProblem } from "../core/problem.ts";
import { exitCodes } from "./exit-codes.ts";
import { missingPeer } from "./missing-peer.ts";
import { print } from "./print.ts";

export async function endingWell(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    const peer = missingPeer(error);
    if (peer !== undefined) {
      print("stderr", `${formatProblem(peer)}\n`);
      return exitCodes.invalid;
    }
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const request = "a bug, please report it with the command you ran and this text";
    print("stderr", `meshfront: ${request}:\n${details}\n`);
    return exitCodes.bug;
  }
}
