// What is bundled, and how: build.mjs builds it, a test reads what went into each.
import { fileURLToPath } from "node:url";
import { leanPackages } from "./lean-packages.mjs";

/** @type {import("esbuild").BuildOptions} */
const shared = {
  absWorkingDir: fileURLToPath(new URL("../", import.meta.url)),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // ES modules where packages have them: they are tree-shaken, their CommonJS twins are not.
  mainFields: ["module", "main"],
  // import() of a bundle becomes require(): bin/meshfront.cjs runs the main one as a script, which knows no import().
  supported: { "dynamic-import": false },
  minify: true,
  legalComments: "none",
  // A bundle stands one folder below the package, like every source file: relative URLs hold in both.
  define: { "import.meta.url": "bundleUrl" },
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
  logLevel: "warning",
};

/**
 * Everything but the AWS SDK and the text of `explain`.
 * @type {import("esbuild").BuildOptions}
 */
export const mainBundle = {
  ...shared,
  entryPoints: ["main.ts"],
  outfile: "build/meshfront.cjs",
  // The same code as ES modules, so that what is not used is left out.
  alias: { yaml: "./node_modules/yaml/browser/index.js" },
  plugins: [
    leanPackages,
    {
      name: "other-bundles-are-loaded-at-run-time",
      setup: ({ onResolve }) => {
        onResolve({ filter: /facts\/providers\/index\.ts$/ }, () => ({ path: "./aws.cjs", external: true }));
        onResolve({ filter: /explanations\/index\.ts$/ }, () => ({
          path: "./explanations.cjs",
          external: true,
        }));
      },
    },
  ],
};

/**
 * What only `lookup` loads: 2 MB that would slow down every other command.
 * @type {import("esbuild").BuildOptions}
 */
export const awsBundle = { ...shared, entryPoints: ["facts/providers/index.ts"], outfile: "build/aws.cjs" };

/**
 * What only `explain` and `completion` load: text that every other command would read and hash in vain.
 * @type {import("esbuild").BuildOptions}
 */
export const explanationsBundle = {
  ...shared,
  entryPoints: ["explanations/index.ts"],
  outfile: "build/explanations.cjs",
};

export const bundles = [mainBundle, awsBundle, explanationsBundle];
