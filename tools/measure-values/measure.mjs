// `npm run measure -- 1.31.4`: what Istio's charts read of their values -> config/live-values/live-paths.json and
// config/istio-values.json. Bundles main.ts, so that it runs on every Node.js that meshfront runs on.
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = mkdtempSync(join(tmpdir(), "meshfront-measure-"));
try {
  const outfile = join(folder, "main.cjs");
  await build({
    entryPoints: [fileURLToPath(new URL("main.ts", import.meta.url))],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "warning",
  });
  const { main } = createRequire(import.meta.url)(outfile);
  process.exitCode = await main(process.argv.slice(2), folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
