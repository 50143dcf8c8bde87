import { setTimeout as sleep } from "node:timers/promises";

/**
 * Asks until there is an answer other than undefined or false.
 *
 * @param expected completes "expected …" in the message of the failure
 * @param describe what is there instead, asked only for that message
 */
export async function waitUntil<T>(
  expected: string,
  timeoutSeconds: number,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  describe: () => unknown = () => "nothing of the kind",
): Promise<T> {
  const end = performance.now() + 1_000 * timeoutSeconds;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) {
      const found = await describe();
      const text = typeof found === "string" ? found : JSON.stringify(found, null, 1);
      throw new Error(`expected within ${timeoutSeconds} s: ${expected}\nfound: ${text}`);
    }
    await sleep(100);
  }
}
