// How the cost of a program grows with its input: ratios within one run, because absolute times depend on the machine.

/** What is measured, for an input of one size. */
export type MakeRun = (size: number) => () => unknown;

/** Whole runs take their time where other processes take theirs. */
export const patience = 120_000;

/**
 * Undefined where the cost grows about as the size does; else by how much it grew. Sizes are tried in ascending order and
 * the first that costs too much is the last, so that an exponential program ends too.
 */
export async function tooMuchGrowth(sizes: readonly number[], makeRun: MakeRun): Promise<string | undefined> {
  const [first = 1, ...larger] = sizes;
  const least = makeRun(first);
  let base = await cost(least);
  for (const size of larger) {
    const run = makeRun(size);
    const ratio = size / first;
    const isTooMuch = (growth: number) => growth > limitOf(ratio);
    if (!isTooMuch((await cost(run)) / base)) continue;
    // Another process may have disturbed either of the two: only the best of several runs counts.
    base = Math.min(base, await cost(least), await cost(least));
    const growth = Math.min(await cost(run), await cost(run)) / base;
    if (isTooMuch(growth))
      return `${ratio.toFixed(1)} times the size costs ${growth.toFixed(1)} times as much (from ${first} to ${size})`;
  }
  return undefined;
}

/** Between linear and quadratic, nearer to linear: 8 times the size may cost 27 times as much, not 64 times. */
const limitOf = (ratio: number): number => 2 * ratio ** 1.25;

const fewestMilliseconds = 10;

/** CPU time of one run in milliseconds. What is over soon runs several times: the clock is coarse. */
async function cost(run: () => unknown): Promise<number> {
  for (let times = 1; ; times *= 4) {
    const before = process.cpuUsage();
    for (let count = 0; count < times; count += 1) await run();
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (user + system) / 1_000;
    if (milliseconds >= fewestMilliseconds) return milliseconds / times;
  }
}
