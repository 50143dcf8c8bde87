// What is bundled, and how: build.mjs builds it, a test reads what went into each.
import { fileURLToPath } from "node:url";
import { acceptors, parsersSource } from "./acceptors.mjs";
import { inlinePrograms } from "./inline-programs.mjs";
import { lazyData } from "./lazy-data.mjs";
import { leanPackages } from "./lean-packages.mjs";

const bundleUrl =
  'const bundle = { get url() { return require("node:url").pathToFileURL(__filename).href; } };';

/** @type {import("esbuild").BuildOptions} */
const shared = {
  absWorkingDir: fileURLToPath(new URL("../", import.meta.url)),
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // ES modules where packages have them: they are tree-shaken, their CommonJS twins are not.
  mainFields: ["module", "main"],
  alias: { yaml: "./node_modules/yaml/browser/index.js" },
  // import() of a bundle becomes require(): bin/meshfront.cjs runs it as a script, which knows no import().
  supported: { "dynamic-import": false },
  minify: true,
  legalComments: "none",
  // A bundle stands one folder below the package, like every source file: relative URLs hold in both.
  define: { "import.meta.url": "bundle.url" },
  // As the function that bin/meshfront.cjs calls: wrapping half a megabyte at run time would copy it.
  banner: { js: `(function (exports, require, module, __filename, __dirname) { ${bundleUrl}` },
  footer: { js: "})" },
  logLevel: "warning",
};

const explanationsAtRunTime = loadedAtRunTime("explanations", /explanations\/index\.ts$/);

/** What every bundle needs that renders clusters. */
const rendering = [acceptors, inlinePrograms, leanPackages, lazyData];

/**
 * Everything but what only some runs need.
 * @type {import("esbuild").BuildOptions}
 */
export const mainBundle = {
  ...shared,
  entryPoints: ["start.ts"],
  outfile: "build/meshfront.cjs",
  plugins: [
    ...rendering,
    explanationsAtRunTime,
    loadedAtRunTime("values", /config\/live-values\/index\.ts$/),
    loadedAtRunTime("clean-runs", /commands\/clean-runs\.ts$/),
    loadedAtRunTime("diff", /manifests\/diff\/index\.ts$/),
    ...["explain", "lookup", "schema"].map((command) =>
      loadedAtRunTime(command, new RegExp(`^\\./${command}\\.ts$`), /commands[\\/]table\.ts$/),
    ),
  ],
};

/**
 * @param {string} name
 * @param {RegExp} filter what is imported
 * @param {RegExp} [importer] and where
 * @returns {import("esbuild").Plugin}
 */
function loadedAtRunTime(name, filter, importer = /./) {
  return {
    name: `${name}-bundle-is-loaded-at-run-time`,
    setup: ({ onResolve }) =>
      onResolve({ filter }, (args) =>
        importer.test(args.importer) ? { path: `./${name}.cjs`, external: true } : undefined,
      ),
  };
}

/**
 * What `check` and `synth` load first: where nothing has changed since they last ran, it is all that they load.
 * @type {import("esbuild").BuildOptions}
 */
export const cleanRunsBundle = {
  ...shared,
  entryPoints: ["commands/clean-runs.ts"],
  outfile: "build/clean-runs.cjs",
};

/**
 * What only `lookup` loads.
 * @type {import("esbuild").BuildOptions}
 */
export const lookupBundle = {
  ...shared,
  entryPoints: ["commands/lookup.ts"],
  outfile: "build/lookup.cjs",
  plugins: [...rendering, loadedAtRunTime("aws", /facts\/providers\/index\.ts$/)],
};

/**
 * And, where it asks AWS, the SDK: 0.9 MB.
 * @type {import("esbuild").BuildOptions}
 */
export const awsBundle = { ...shared, entryPoints: ["facts/providers/index.ts"], outfile: "build/aws.cjs" };

/**
 * What only `explain` loads: every rule there is, for its severity.
 * @type {import("esbuild").BuildOptions}
 */
export const explainBundle = {
  ...shared,
  entryPoints: ["commands/explain.ts"],
  outfile: "build/explain.cjs",
  plugins: [explanationsAtRunTime],
};

/**
 * What only `explain`, `completion` and reports for CI load: text that every other command would read and hash in vain.
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

/**
 * What only `diff` loads: how objects are compared, and what a change of them leads to.
 * @type {import("esbuild").BuildOptions}
 */
export const diffBundle = { ...shared, entryPoints: ["manifests/diff/index.ts"], outfile: "build/diff.cjs" };

/**
 * What is loaded to explain what is wrong with a cluster file or a lock file: zod and the schemas.
 * @type {import("esbuild").BuildOptions}
 */
export const parsersBundle = {
  ...shared,
  stdin: { contents: parsersSource, resolveDir: shared.absWorkingDir ?? "." },
  outfile: "build/parsers.cjs",
};

/**
 * What only `schema` loads: zod and the schemas too, and those of what `--json` prints.
 * @type {import("esbuild").BuildOptions}
 */
export const schemaBundle = { ...shared, entryPoints: ["commands/schema.ts"], outfile: "build/schema.cjs" };

export const bundles = [
  mainBundle,
  cleanRunsBundle,
  lookupBundle,
  awsBundle,
  explainBundle,
  explanationsBundle,
  valuesBundle,
  diffBundle,
  parsersBundle,
  schemaBundle,
];
