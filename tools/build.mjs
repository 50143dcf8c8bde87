// start.ts -> the bundles in build/, which bin/meshfront.cjs runs under plain node. Run by `npm ci` (prepare).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundles } from "./bundles.mjs";

const root = new URL("../", import.meta.url);

const results = await Promise.all(bundles.map((bundle) => build({ ...bundle, write: false })));
mkdirSync(new URL("build", root), { recursive: true });
const files = results.flatMap(({ outputFiles }) => outputFiles ?? []);
const hash = createHash("sha256");
for (const { contents } of files) hash.update(contents);
const program = hash.digest("hex");
// bin/meshfront.cjs finds what earlier runs of exactly this program left by the first line. All bundles come to their
// names together, in one step each: a command that runs meanwhile gets the old program or the new one, or refuses a mix.
for (const { path, contents } of files)
  writeFileSync(`${path}.${process.pid}`, Buffer.concat([Buffer.from(`//${program}\n`), contents]));
for (const { path } of files) renameSync(`${path}.${process.pid}`, path);
// Commands that run meanwhile write there.
rmSync(new URL("build/cache", root), { recursive: true, force: true, maxRetries: 5 });

// One run of what people run most compiles the functions that it needs, and leaves them in the code cache. What it says
// about the clusters is no matter of the build.
for (const args of [["check"], ["synth", "--dry-run"]]) {
  spawnSync(process.execPath, ["bin/meshfront.cjs", ...args, "--quiet"], {
    cwd: fileURLToPath(root),
    stdio: "ignore",
  });
}
