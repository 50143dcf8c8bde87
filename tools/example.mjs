// What `npm run example` shows to somebody who just came: the demo compiled into a fresh folder, in which order Argo CD
// applies it, and what a change would do. `npm run example -- FOLDER` names the folder.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What a pull request might change in clusters/demo.yaml. @type {[below: string, line: string][]} */
const change = [
  ["  services:", "    scheme: internal"],
  ["  services:", "    subnets: { ids: [subnet-0d4e5f60718293041, subnet-0e5f607182930415a] }"],
  ["  addons:", "    webAcl: none"],
];

/** @param {string | undefined} named */
function freshFolder(named) {
  if (named === undefined) return mkdtempSync(join(tmpdir(), "meshfront-example-"));
  const folder = resolve(named);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    console.error(`${named} is not empty: name a folder that is not there yet`);
    process.exit(1);
  }
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Not console.log: the programs below write to the same place. */
const print = (text = "") => writeSync(1, `${text}\n`);

/** @param {string} title */
const heading = (title) => print(`\n== ${title} ==\n`);

/** @param {string} folder @param {...string} words */
function meshfront(folder, ...words) {
  print(`$ meshfront ${words.join(" ")}`);
  const { status } = spawnSync(
    process.execPath,
    [join(root, "bin/meshfront.cjs"), ...words, "--chdir", folder],
    {
      stdio: "inherit",
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}

/** The files of the output by their folder. @param {string} folder */
function tree(folder) {
  /** @type {Map<string, string[]>} */
  const byFolder = new Map();
  for (const top of ["argocd", "dist"])
    for (const path of readdirSync(join(folder, top), { recursive: true, encoding: "utf8" }).sort())
      if (/\.(yaml|json)$/.test(path)) {
        const inside = `${dirname(join(top, path))}/`;
        byFolder.set(inside, [...(byFolder.get(inside) ?? []), basename(path)]);
      }
  return byFolder;
}

/** The Applications in the order of their waves: `{ name, wave, what }`. @param {string} folder */
function rollOut(folder) {
  const applications = join(folder, "dist/demo/applications");
  return readdirSync(applications)
    .map((file) => parseAllDocuments(readFileSync(join(applications, file), "utf8"))[0]?.toJS())
    .map(({ kind, metadata, spec }) => ({
      name: `${kind} ${metadata.name}`,
      wave: Number(metadata.annotations["argocd.argoproj.io/sync-wave"]),
      what: whatItInstalls(folder, spec),
    }))
    .sort((a, b) => a.wave - b.wave);
}

/** @param {string} folder @param {{ source?: { chart?: string, targetRevision: string, path: string } }} spec */
function whatItInstalls(folder, { source }) {
  if (source === undefined) return "what the Applications may create, nothing more";
  if (source.chart !== undefined) return `Istio's Helm chart ${source.chart} ${source.targetRevision}`;
  return kindsIn(join(folder, source.path)).join(", ");
}

/** `["Gateway", "4 VirtualService"]`. @param {string} folder @returns {string[]} */
function kindsIn(folder) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const file of readdirSync(folder))
    for (const document of parseAllDocuments(readFileSync(join(folder, file), "utf8"))) {
      const { kind } = document.toJS();
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  return [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} ${kind}`));
}

/** @param {string} file */
function applyChange(file) {
  const lines = readFileSync(file, "utf8").split("\n");
  for (const [below, line] of change) {
    lines.splice(lines.indexOf(below) + 1, 0, line);
    print(`${below}\n+${line.slice(1)}`);
  }
  writeFileSync(file, lines.join("\n"));
}

const folder = freshFolder(process.argv[2]);
for (const path of ["clusters/demo.yaml", "clusters/demo.lock.json", "schema"])
  cpSync(join(root, path), join(folder, path), { recursive: true });

heading("1. One file per cluster, and what AWS answered: pinned, so that no credentials are needed");
print(readFileSync(join(folder, "clusters/demo.yaml"), "utf8").trimEnd());

heading("2. Everything that Argo CD needs");
meshfront(folder, "synth");
print();
for (const [inside, files] of tree(folder)) print(`${inside.padEnd(30)} ${files.join(", ")}`);

heading("3. In which order Argo CD applies it: each wave waits until the one before is healthy");
for (const { wave, name, what } of rollOut(folder))
  print(`${String(wave).padStart(4)}  ${name.padEnd(38)} ${what}`);

heading("4. A change, and what it would do");
applyChange(join(folder, "clusters/demo.yaml"));
print();
meshfront(folder, "diff");

print(`\nAll of it stands in ${folder}; the first line of each file says what it was made from.`);
