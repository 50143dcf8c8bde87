// npm run bench: whole processes, in turn within one run; compare the ratios, not the milliseconds.
// Usage: node bench/bench.mjs [rounds, default 15; the ratios of two runs differ by up to 0.08 with 41, by 0.05 with 101]
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const rounds = Number(process.argv[2] ?? 15);
const node = process.execPath;
const meshfront = join(root, "bin/meshfront.cjs");
const cdk8s = join(root, "node_modules/cdk8s-cli/bin/cdk8s");

const project = makeProject();
const fleetSize = 200;
const fleet = makeFleet(fleetSize);
try {
  runAll();
} finally {
  rmSync(project, { recursive: true });
  rmSync(fleet, { recursive: true });
}

/**
 * A command of the comparison. `before` runs untimed; `bare`: without what makes Node itself start later.
 * @typedef {{ title: string, command: readonly string[], cwd?: string, before?: () => void, bare?: boolean }} Contestant
 */

function runAll() {
  const floor = { title: "node -e 0", command: [node, "-e", "0"] };
  const synth = { title: "synth, nothing changed", command: [node, meshfront, "synth", "-q"], cwd: project };
  const check = { title: "check, nothing changed", command: [node, meshfront, "check", "-q"], cwd: project };
  const firstSynth = { ...synth, title: "synth, first time today", before: forgetCleanRuns };
  const firstCheck = { ...check, title: "check, first time today", before: forgetCleanRuns };
  const version = {
    title: "version (loading only)",
    command: [node, meshfront, "version", "-q"],
    cwd: project,
  };
  const [, first, one] = compare(rounds, [
    floor,
    firstSynth,
    synth,
    { ...synth, title: "synth, all files new", before: emptyOutput },
    firstCheck,
    check,
    version,
  ]);
  // Where it is set, Node 20 parses those certificates in each start, needed or not: it raises the floor.
  if (process.env.NODE_EXTRA_CA_CERTS !== undefined) {
    const bare = [floor, firstCheck, check].map((contestant) => ({ ...contestant, bare: true }));
    console.log("Without NODE_EXTRA_CA_CERTS");
    compare(rounds, bare);
  }
  // Apart, because what runs for seconds slows down the next start.
  const kubectl = spawnSync("kubectl", ["version", "--client"]).status === 0;
  const [, firstOfFleet, ofFleet] = compare(Math.ceil(rounds / 5), [
    floor,
    { ...firstSynth, title: `${fleetSize} clusters, first time today`, cwd: fleet },
    { ...synth, title: `${fleetSize} clusters, nothing changed`, cwd: fleet },
    { title: "cdk8s synth around it", command: [node, cdk8s, "synth"] },
    ...(kubectl ? [{ title: "kubectl kustomize", command: ["kubectl", "kustomize", kustomization()] }] : []),
  ]);
  const perCluster = (many = 0, single = 0) => ((many - single) / (fleetSize - 1)).toFixed(2).padStart(6);
  console.log(`each further cluster, first time     ${perCluster(firstOfFleet, first)} ms`);
  console.log(`each further cluster, again          ${perCluster(ofFleet, one)} ms`);
}

/**
 * Runs all of them in turn, and prints for each the median, and the median of its ratios to the first one of the same
 * round: the machine may slow down between two rounds. The medians, in milliseconds.
 *
 * @param {number} rounds
 * @param {readonly Contestant[]} contestants
 */
function compare(rounds, contestants) {
  const times = contestants.map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      const milliseconds = time(contestant);
      if (round > 0) times[index]?.push(milliseconds); // the first round warms caches
    }
  }
  console.log(`Node ${process.version}, ${rounds} rounds, medians`);
  const floor = times[0] ?? [];
  for (const [index, { title }] of contestants.entries()) {
    const own = times[index] ?? [];
    const ratio = median(own.map((value, round) => value / (floor[round] ?? 1)));
    console.log(`${title.padEnd(36)} ${median(own).toFixed(0).padStart(6)} ms  x${ratio.toFixed(2)}`);
  }
  return times.map(median);
}

/** @param {Contestant} contestant */
function time({ command, cwd, before, bare }) {
  before?.();
  const [program = "", ...args] = command;
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    cwd: cwd ?? root,
    env: { ...process.env, CDK8S_CHECK_UPGRADE: "false", ...(bare && { NODE_EXTRA_CA_CERTS: "" }) },
  });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`${command.join(" ")} failed: ${stderr}`);
  return elapsed;
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), "meshfront-bench-"));
  for (const part of ["clusters", "dist", "argocd"])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, "bin"), join(folder, "bin"));
  cpSync(join(root, "cdk8s.yaml"), join(folder, "cdk8s.yaml"));
  return folder;
}

/** What a run leaves for the next one, so that it does the whole work. V8's code caches stay. */
function forgetCleanRuns() {
  const cache = join(root, "build/cache");
  for (const name of readdirSync(cache))
    if (name.startsWith("clean-runs-")) rmSync(join(cache, name), { recursive: true });
}

function emptyOutput() {
  for (const part of ["dist", "argocd"]) rmSync(join(project, part), { recursive: true, force: true });
}

/** The same objects, concatenated by the tool that many use instead. */
function kustomization() {
  const folder = join(project, "kustomization");
  cpSync(join(root, "dist/demo"), folder, { recursive: true });
  const resources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".yaml"),
  );
  writeFileSync(
    join(folder, "kustomization.yaml"),
    `resources:\n${resources.map((name) => `- ${name}\n`).join("")}`,
  );
  return folder;
}

/** @param {number} size */
function makeFleet(size) {
  const folder = mkdtempSync(join(tmpdir(), "meshfront-fleet-"));
  cpSync(join(root, "clusters"), join(folder, "clusters"), { recursive: true });
  const [config, lock] = ["demo.yaml", "demo.lock.json"].map((name) =>
    readFileSync(join(folder, "clusters", name), "utf8"),
  );
  for (let index = 1; index < size; index += 1) {
    const name = `demo-${index}`;
    writeFileSync(
      join(folder, "clusters", `${name}.yaml`),
      (config ?? "").replace("name: demo", `name: ${name}`),
    );
    writeFileSync(join(folder, "clusters", `${name}.lock.json`), lock ?? "");
  }
  spawnSync(node, [meshfront, "synth", "-q", "--chdir", folder]);
  return folder;
}
