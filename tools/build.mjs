// main.ts -> build/meshfront.cjs, which bin/meshfront.cjs runs under plain node. Run by `npm ci` (prepare).
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);

rmSync(new URL("build", root), { recursive: true, force: true });
await build({
  absWorkingDir: fileURLToPath(root),
  entryPoints: ["main.ts"],
  outfile: "build/meshfront.cjs",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // ES modules where packages have them: they are tree-shaken, their CommonJS twins are not.
  mainFields: ["module", "main"],
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  // The bundle stands one folder below the package, like every source file: relative URLs hold in both.
  define: { "import.meta.url": "bundleUrl" },
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: "warning",
});

// One run of what people run most compiles the functions that it needs, and leaves them in the code cache.
execFileSync(process.execPath, ["bin/meshfront.cjs", "synth", "--dry-run", "--quiet"], {
  cwd: fileURLToPath(root),
  stdio: "ignore",
});
