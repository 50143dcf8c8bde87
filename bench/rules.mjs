// What it takes to judge one cluster, warm and in one process: `node bench/rules.mjs`. Beside it what the objects take to
// be built and rendered: compare the two, the milliseconds move with the machine.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bench-rules-"));
const contents = `
  export { buildCluster } from "./charts/cluster.ts";
  export { loadClusters } from "./config/load.ts";
  export { configRules } from "./config/rules/index.ts";
  export { parseLock } from "./facts/lock.ts";
  export { resolve } from "./facts/resolve.ts";
  export { applyObjectRules, validateSchema, objectScope } from "./manifests/judge-objects.ts";
  export { render } from "./manifests/render.ts";
`;
try {
  const outfile = join(folder, "stages.mjs");
  await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "node",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    outfile,
  });
  run(await import(pathToFileURL(outfile).href));
} finally {
  rmSync(folder, { recursive: true });
}

/** @param {any} stages exports of the stages, bundled just now */
function run({ buildCluster, loadClusters, configRules, parseLock, resolve, ...manifests }) {
  const { applyObjectRules, validateSchema, objectScope, render } = manifests;
  const read = (/** @type {string} */ path) => readFileSync(join(root, path));
  const [cluster] = loadClusters([
    { file: "clusters/demo.yaml", bytes: read("clusters/demo.yaml") },
  ]).clusters;
  const lockName = "clusters/demo.lock.json";
  const { facts } = resolve({ ...cluster, lock: parseLock(lockName, read(lockName), ""), lockName });
  const hook = read("hook/healthcheck-port.mjs").toString();
  const make = () => render(buildCluster(cluster.config, facts, { healthChecks: {}, hook }), () => "x");
  const files = make();
  const configs = [cluster.config];
  const parts = {
    "building and rendering the objects": make,
    "rules on the configuration": () =>
      configRules.map((/** @type {any} */ rule) => rule.check(cluster.config)),
    "schemas of the objects": () => objectScope(files, configs).objects.map(validateSchema),
    "rules on the objects": () => applyObjectRules(objectScope(files, configs), files),
  };
  for (const [title, part] of Object.entries(parts))
    console.log(`${title.padEnd(36)} ${median(part, 400).toFixed(3).padStart(7)} ms`);
}

/**
 * @param {() => unknown} part
 * @param {number} rounds
 */
function median(part, rounds) {
  for (let round = 0; round < rounds; round += 1) part(); // until the code is optimised
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now();
    part();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
