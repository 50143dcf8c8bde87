/** EC2 takes at most 200 values in a filter (EC2 API reference, Filter). */
const largestChunk = 200;

/** Asks for many values in as few questions as the API allows, one after the other. */
export async function inChunks<Value, Item>(
  values: readonly Value[],
  ask: (chunk: readonly Value[]) => Promise<readonly Item[]>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let start = 0; start < values.length; start += largestChunk) {
    all.push(...(await ask(values.slice(start, start + largestChunk))));
  }
  return all;
}
