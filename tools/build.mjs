// start.ts -> the bundles in build/, which bin/meshfront.cjs runs under plain node. Run by `npm ci` (prepare).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundles } from "./bundles.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));

const { outputFiles = [] } = await build({ ...bundles, write: false });
const hash = createHash("sha256");
for (const { contents } of outputFiles) hash.update(contents);
const firstLine = Buffer.from(`//${hash.digest("hex")}\n`);

mkdirSync(`${root}build`, { recursive: true });
// All bundles come to their names together, in one step each: a command that runs meanwhile gets the old program or the
// new one, or refuses a mix.
for (const { path, contents } of outputFiles)
  writeFileSync(`${path}.${process.pid}`, Buffer.concat([firstLine, contents]));
for (const { path } of outputFiles) renameSync(`${path}.${process.pid}`, path);
const current = outputFiles.map(({ path }) => basename(path));
for (const name of readdirSync(`${root}build`)) {
  const isOfEarlierBuild = name === "cache" || (name.endsWith(".cjs") && !current.includes(name));
  // Commands that run meanwhile write into the cache.
  if (isOfEarlierBuild) rmSync(`${root}build/${name}`, { recursive: true, force: true, maxRetries: 5 });
}

// One run of what people run most leaves in the code cache the functions that it needs. What it says about the clusters
// is no matter of the build.
for (const args of [["check"], ["synth", "--dry-run"]]) {
  spawnSync(process.execPath, ["bin/meshfront.cjs", ...args, "--quiet"], { cwd: root, stdio: "ignore" });
}
