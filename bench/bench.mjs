// npm run bench: whole processes, in turn within one run. Compare the ratios, the milliseconds move with the machine.
// Usage: node bench/bench.mjs [one|fleet|all, default all] [rounds, default 15], or growth [sizes, default 10,100,1000]
// `one`: one cluster against other tools on the same objects. `fleet`: what each further cluster takes. `growth`: growth.mjs, which
// `fleet` ends with.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { benchGrowth } from "./growth.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const [part = "all", how] = process.argv.slice(2);
const rounds = how ?? "15";
const node = process.execPath;
const meshfront = join(root, "bin/meshfront.cjs");
const work = mkdtempSync(join(tmpdir(), "meshfront-bench-"));

/**
 * `before` runs untimed. `extra`: variables beside those of a clean environment.
 * @typedef {{ title: string, command: readonly string[], cwd?: string, before?: () => void, extra?: object }} Contestant
 */

try {
  console.log(`Node ${process.version}; medians in milliseconds`);
  if (part === "one" || part === "all") {
    benchOne({});
    // Where it is set, Node parses those certificates in each start, needed or not.
    const { NODE_EXTRA_CA_CERTS } = process.env;
    if (NODE_EXTRA_CA_CERTS !== undefined) benchOne({ NODE_EXTRA_CA_CERTS });
  }
  if (part === "fleet" || part === "all") for (const size of [10, 200]) benchFleet(size);
  const sizes = part === "growth" ? how : undefined;
  if (part !== "one") benchGrowth((sizes ?? "10,100,1000").split(",").map(Number));
} finally {
  rmSync(work, { recursive: true });
}

/** @param {Readonly<Record<string, string>>} extra */
function benchOne(extra) {
  const project = makeProject(1);
  const manifests = join(project, "dist/demo");
  const helm = tryFindHelm();
  const run = (/** @type {readonly string[]} */ ...args) => ({
    command: [node, meshfront, ...args, "-q"],
    cwd: project,
    extra,
  });
  /** @type {Contestant[]} */
  const contestants = [
    { title: "kubectl kustomize", command: ["kubectl", "kustomize", makeKustomization(manifests)] },
    { title: "node -e 0", command: [node, "-e", "0"], extra },
    { ...run("check"), title: "check, first", before: forgetCleanRuns },
    { ...run("check"), title: "check, repeated" },
    { ...run("synth"), title: "synth, first", before: forgetCleanRuns },
    { ...run("synth"), title: "synth, repeated" },
    { ...run("synth"), title: "synth, all files new", before: () => removeOutput(project) },
  ];
  if (helm === undefined) console.log("helm is neither on the PATH nor in .cache/e2e: not compared");
  else contestants.push({ title: "helm template", command: [helm, "template", makeHelmChart(manifests)] });
  const names = Object.keys(extra);
  console.log(`\nOne cluster${names.length > 0 ? `, with ${names} set` : ", clean environment"}`);
  print(contestants, measure(contestants, Number(rounds)), "kustomize");
  // Apart, because what runs for seconds slows down the next start.
  const cdk8s = join(root, "node_modules/cdk8s-cli/bin/cdk8s");
  const [kustomize = { title: "", command: [] }] = contestants;
  const slow = [kustomize, { title: "cdk8s synth", command: [node, cdk8s, "synth"], cwd: project, extra }];
  print(slow.slice(1), measure(slow, 3), "kustomize");
}

/** @param {number} size */
function benchFleet(size) {
  const [one, many] = [makeProject(1), makeProject(size)];
  const both = (/** @type {string} */ title, /** @type {string} */ command) =>
    [one, many].map((cwd) => ({ title, command: [node, meshfront, command, "-q"], cwd }));
  const [first, ...others] = both("check, first", "check");
  /** @type {Contestant[]} */
  const contestants = [
    { title: "", command: [], ...first, before: forgetCleanRuns }, // those of the whole round
    ...others,
    ...both("check, nothing changed", "check"),
    ...both("synth, first, nothing to write", "synth"),
    ...both("synth, all files new", "synth").map((each) => ({
      ...each,
      before: () => removeOutput(each.cwd),
    })),
  ];
  const times = measure(contestants, Math.ceil(Number(rounds) / 5)).map(median);
  console.log(`\nEach further of ${size} clusters`);
  for (let index = 0; index < contestants.length; index += 2) {
    const further = ((times[index + 1] ?? 0) - (times[index] ?? 0)) / (size - 1);
    console.log(`${(contestants[index]?.title ?? "").padEnd(32)} ${further.toFixed(2).padStart(8)}`);
  }
  console.log(
    `${"bare writing of the same files".padEnd(32)} ${bareWriting(many, size).toFixed(2).padStart(8)}`,
  );
}

/**
 * The floor: files that are in memory already, written by the shortest program there is. For one cluster.
 *
 * @param {string} project
 * @param {number} size
 */
function bareWriting(project, size) {
  const files = ["dist", "argocd"].flatMap((folder) =>
    filesBelow(join(project, folder)).map((file) => join(folder, file)),
  );
  const texts = files.map((file) => ({
    file: join(work, "bare", file),
    text: readFileSync(join(project, file)),
  }));
  const folders = new Set(texts.map(({ file }) => dirname(file)));
  const times = Array.from({ length: 5 }, () => {
    rmSync(join(work, "bare"), { recursive: true, force: true });
    const started = performance.now();
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    for (const { file, text } of texts) writeFileSync(file, text);
    return (performance.now() - started) / size;
  });
  return median(times);
}

/**
 * Runs all of them in turn: the machine may slow down between two rounds. A list of times for each.
 *
 * @param {readonly Contestant[]} contestants
 * @param {number} rounds
 */
function measure(contestants, rounds) {
  const times = contestants.map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      const milliseconds = time(contestant);
      if (round > 0) times[index]?.push(milliseconds); // the first round warms caches
    }
  }
  return times;
}

/**
 * With the median of the ratios to the first one of the same round.
 *
 * @param {readonly Contestant[]} contestants
 * @param {readonly (readonly number[])[]} times
 * @param {string} unit
 */
function print(contestants, times, unit) {
  const shown = times.slice(times.length - contestants.length);
  for (const [index, { title }] of contestants.entries()) {
    const own = shown[index] ?? [];
    const ratio = median(own.map((value, round) => value / (times[0]?.[round] ?? 1)));
    console.log(`${title.padEnd(24)} ${median(own).toFixed(0).padStart(6)}  ${ratio.toFixed(2)} x ${unit}`);
  }
}

/** @param {Contestant} contestant */
function time({ command, cwd = root, before, extra }) {
  before?.();
  const [program = "", ...args] = command;
  const { PATH, HOME = work } = process.env;
  const env = { PATH, HOME, CDK8S_CHECK_UPGRADE: "false", ...extra };
  const started = performance.now();
  const { status, stderr, error } = spawnSync(program, args, { cwd, env });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`${command.join(" ")} failed: ${error ?? stderr}`);
  return elapsed;
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** The example, and copies of it under other names, with their output. @param {number} size */
function makeProject(size) {
  const folder = mkdtempSync(join(work, "project-"));
  mkdirSync(join(folder, "clusters"));
  const [config, lock] = ["yaml", "lock.json"].map((end) =>
    readFileSync(join(root, `clusters/demo.${end}`), "utf8"),
  );
  for (let index = 0; index < size; index += 1) {
    const name = index === 0 ? "demo" : `demo-${index}`;
    writeFileSync(
      join(folder, `clusters/${name}.yaml`),
      // The lock file belongs to one EKS cluster.
      (config ?? "").replace("name: demo", `name: ${name}\n  eksName: demo`),
    );
    writeFileSync(join(folder, `clusters/${name}.lock.json`), lock ?? "");
  }
  symlinkSync(join(root, "bin"), join(folder, "bin")); // cdk8s.yaml names it
  cpSync(join(root, "cdk8s.yaml"), join(folder, "cdk8s.yaml"));
  time({ title: "", command: [node, meshfront, "synth", "-q"], cwd: folder });
  return folder;
}

/** What a run leaves for the next one, so that it does the whole work. V8's code caches stay. */
function forgetCleanRuns() {
  for (const name of readdirSync(join(root, "build/cache")))
    if (/^clean-runs-\d+$/.test(name)) rmSync(join(root, "build/cache", name), { recursive: true });
}

/** @param {string} project */
function removeOutput(project) {
  for (const folder of ["dist", "argocd"]) rmSync(join(project, folder), { recursive: true, force: true });
}

/** The same objects, concatenated by the tool that many use instead. @param {string} manifests */
function makeKustomization(manifests) {
  const folder = mkdtempSync(join(work, "kustomization-"));
  cpSync(manifests, folder, { recursive: true });
  const resources = filesBelow(folder, ".yaml").map((name) => `- ${name}\n`);
  writeFileSync(join(folder, "kustomization.yaml"), `resources:\n${resources.join("")}`);
  return folder;
}

/** The same objects as templates without a variable. @param {string} manifests */
function makeHelmChart(manifests) {
  const folder = mkdtempSync(join(work, "chart-"));
  writeFileSync(join(folder, "Chart.yaml"), "apiVersion: v2\nname: demo\nversion: 1.0.0\n");
  mkdirSync(join(folder, "templates"));
  for (const name of filesBelow(manifests, ".yaml")) {
    const text = readFileSync(join(manifests, name), "utf8").replaceAll("{{", '{{ "{{" }}');
    writeFileSync(join(folder, "templates", name.replaceAll("/", "-")), text);
  }
  return folder;
}

function tryFindHelm() {
  const beds = join(root, ".cache/e2e"); // the end-to-end tests compile one
  const own = existsSync(beds) ? readdirSync(beds).map((bed) => join(beds, bed, "bin/helm")) : [];
  return ["helm", ...own].find((program) => spawnSync(program, ["version"]).status === 0);
}

/** @param {string} folder */
function filesBelow(folder, end = "") {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
