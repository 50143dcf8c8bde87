// Time of the emitter against the `yaml` package on thirteen ordinary objects, in one process: `node bench/yaml.mjs`.
// Compare the ratio, not the milliseconds: they move with the machine.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildSync } from "esbuild";
import { stringify } from "yaml";

const folder = mkdtempSync(join(tmpdir(), "bench-yaml-"));
const root = fileURLToPath(new URL("..", import.meta.url));
try {
  const outfile = join(folder, "emitter.mjs");
  const contents = 'export * from "./manifests/yaml.ts"; export * from "./test/manifests/yaml-objects.ts";';
  buildSync({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: "esm",
    platform: "node",
    outfile,
  });
  /** @type {typeof import("../manifests/yaml.ts") & typeof import("../test/manifests/yaml-objects.ts")} */
  const { emitDocuments, ordinaryObjects } = await import(pathToFileURL(outfile).href);
  const ours = () => emitDocuments(ordinaryObjects);
  const theirs = () =>
    ordinaryObjects.map((object) => stringify(object, { version: "1.1", lineWidth: 0 })).join("---\n");
  const [fast, slow] = [medianMilliseconds(ours, 400), medianMilliseconds(theirs, 40)];
  console.log(
    `emitDocuments ${fast.toFixed(3)} ms, yaml ${slow.toFixed(3)} ms: ${(slow / fast).toFixed(1)} times`,
  );
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {() => string} run @param {number} rounds */
function medianMilliseconds(run, rounds) {
  for (let round = 0; round < rounds; round++) run();
  const times = Array.from({ length: 9 }, () => {
    const start = performance.now();
    for (let round = 0; round < rounds; round++) Buffer.byteLength(run()); // makes the engine join the pieces
    return (performance.now() - start) / rounds;
  });
  return times.sort((a, b) => a - b)[4] ?? Number.NaN;
}
