// What is bundled, and how: build.mjs builds it, a test reads what went into each.
import { fileURLToPath } from "node:url";
import { lazyData } from "./lazy-data.mjs";
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
 * Everything but what only some runs need.
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
    lazyData,
    loadedAtRunTime("aws", /facts\/providers\/index\.ts$/),
    loadedAtRunTime("explanations", /explanations\/index\.ts$/),
    loadedAtRunTime("values", /config\/live-values\/index\.ts$/),
  ],
};

/**
 * @param {string} name
 * @param {RegExp} filter
 * @returns {import("esbuild").Plugin}
 */
function loadedAtRunTime(name, filter) {
  return {
    name: `${name}-bundle-is-loaded-at-run-time`,
    setup: ({ onResolve }) => onResolve({ filter }, () => ({ path: `./${name}.cjs`, external: true })),
  };
}

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

/**
 * What only `check` loads, and only where people wrote values for Istio's charts: what those charts read.
 * @type {import("esbuild").BuildOptions}
 */
export const valuesBundle = {
  ...shared,
  entryPoints: ["config/live-values/index.ts"],
  outfile: "build/values.cjs",
};

export const bundles = [mainBundle, awsBundle, explanationsBundle, valuesBundle];
