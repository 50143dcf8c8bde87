// npm run bench -- growth [sizes, default 10,100,1000]: fleets of different clusters, each scenario one whole process: time for
// each cluster, and the most memory it had. Beside it the floor: reading and writing the same files by the shortest program.
// docs/performance.md has a run of it.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const meshfront = join(root, "bin/meshfront.cjs");
const work = mkdtempSync(join(tmpdir(), "meshfront-growth-"));
const memoryFile = join(work, "memory");

/** In the measured process: what it had at most, in kB. */
const probe = join(work, "probe.cjs");
writeFileSync(
  probe,
  `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(memoryFile)}, String(process.resourceUsage().maxRSS)));`,
);

/** @param {readonly number[]} sizes */
export function benchGrowth(sizes) {
  try {
    console.log("\nGrowth; milliseconds for each cluster, in brackets the most memory in MB");
    console.log(
      ["clusters", ...titles]
        .map((title, index) => (index === 0 ? title.padEnd(9) : title.padStart(20)))
        .join(""),
    );
    for (const size of sizes) {
      const cells = measureFleet(size).map((cell) => cell.padStart(20));
      console.log(`${String(size).padEnd(9)}${cells.join("")}`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const titles = [
  "all new",
  "nothing changed",
  "whole check",
  "one changed",
  "a default changed",
  "floor: read",
  "floor: write",
];

/** @param {number} size */
function measureFleet(size) {
  const folder = join(work, `fleet-${size}`);
  mkdirSync(join(folder, "clusters"), { recursive: true });
  writeFileSync(join(folder, "clusters/defaults.yaml"), defaults("45"));
  for (let index = 0; index < size; index += 1)
    writeFileSync(join(folder, `clusters/${nameOf(index)}.yaml`), clusterFile(index));
  const each = (/** @type {ReturnType<typeof run>} */ { milliseconds, megabytes }) =>
    `${(milliseconds / size).toFixed(2)} (${megabytes})`;
  const allNew = run(folder, "synth");
  const repeated = [run(folder, "check"), run(folder, "check")][1] ?? allNew;
  // Another environment has no record of clean runs: everything is rendered and compared.
  forgetCleanRuns();
  const whole = run(folder, "check");
  writeFileSync(
    join(folder, `clusters/${nameOf(0)}.yaml`),
    `${clusterFile(0)}hook: { timeoutSeconds: 30 }\n`,
  );
  const one = run(folder, "synth");
  writeFileSync(join(folder, "clusters/defaults.yaml"), defaults("40"));
  const byDefault = run(folder, "synth");
  const { read, write } = floor(folder);
  rmSync(folder, { recursive: true });
  return [
    ...[allNew, repeated, whole, one, byDefault].map(each),
    ...[read, write].map((time) => (time / size).toFixed(2)),
  ];
}

/** @param {string} folder @param {string} command */
function run(folder, command) {
  const { PATH } = process.env;
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--require", probe, meshfront, command, "-q"], {
    cwd: folder,
    env: { PATH, HOME: work },
    maxBuffer: 1024 * 1024 * 1024,
  });
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${command}: exit code ${status}: ${String(stderr).slice(0, 2000)}`);
  return { milliseconds, megabytes: Math.round(Number(readFileSync(memoryFile, "utf8")) / 1024) };
}

function forgetCleanRuns() {
  const cache = join(root, "build/cache");
  for (const name of readdirSync(cache))
    if (/^clean-runs-\d+$/.test(name)) rmSync(join(cache, name), { recursive: true });
}

/** The same files, read and written by the shortest program there is. @param {string} folder */
function floor(folder) {
  const files = ["clusters", "dist", "argocd"].flatMap((top) =>
    readdirSync(join(folder, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const started = performance.now();
  const texts = files.map((file) => ({ file: join(work, "floor", file), text: readFileSync(file) }));
  const read = performance.now() - started;
  const output = texts.filter(({ file }) => !file.includes("/clusters/"));
  for (const directory of new Set(output.map(({ file }) => dirname(file))))
    mkdirSync(directory, { recursive: true });
  const before = performance.now();
  for (const { file, text } of output) writeFileSync(file, text);
  const write = performance.now() - before;
  rmSync(join(work, "floor"), { recursive: true });
  return { read, write };
}

const nameOf = (/** @type {number} */ index) => `c${String(index).padStart(5, "0")}`;

const defaults = (
  /** @type {string} */ timeout,
) => `repository: { url: "https://github.com/example/platform.git" }
hook: { timeoutSeconds: ${timeout} }
`;

/** Each another: hosts, ranges, and how many doors of which kind. @param {number} index */
function clusterFile(index) {
  const name = nameOf(index);
  const door = (/** @type {string} */ key, /** @type {string} */ more) => `  ${key}:
    hosts: [${key}-${index}.example.com]
    certificate: { arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890" }
    subnets: { ids: [subnet-0a1b2c3d4e5f60711, subnet-0b2c3d4e5f6071822] }
${more}`;
  return `cluster:
  name: ${name}
  region: eu-west-1
  argocdName: ${name}
  labels: { ring: "${index % 7}" }
routes:
  - { name: app, hosts: [web-${index}.example.com], ingress: web, service: { name: app-${index % 13}, namespace: apps, port: ${8000 + (index % 100)} } }
ingresses:
${door("web", "")}${index % 2 === 0 ? door("tools", `    inboundCidrs: [10.${index % 250}.0.0/16]\n`) : ""}${index % 3 === 0 ? door("pods", "    targetType: ip\n") : ""}`;
}
