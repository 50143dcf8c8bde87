// main.ts -> build/meshfront.cjs and build/aws.cjs, which bin/meshfront.cjs runs under plain node. Run by `npm ci` (prepare).
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { awsBundle, mainBundle } from "./bundles.mjs";

const root = new URL("../", import.meta.url);

rmSync(new URL("build", root), { recursive: true, force: true });
await Promise.all([mainBundle, awsBundle].map((bundle) => build(bundle)));

// One run of what people run most compiles the functions that it needs, and leaves them in the code cache.
execFileSync(process.execPath, ["bin/meshfront.cjs", "synth", "--dry-run", "--quiet"], {
  cwd: fileURLToPath(root),
  stdio: "ignore",
});
