// What is bundled, and how: build.mjs builds it, a test reads what went into each.
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** Modules with a bundle of their own, loaded by import() where a run needs them, and how the bundles are called. */
const apart = {
  "explanations/index.ts": "explanations", // text that every other command would read in vain
  "facts/providers/index.ts": "aws", // the AWS SDK, 0.9 MB, for `lookup`
  "graph/picture/layout.ts": "layout", // dagre, for `graph --format svg` and `report`
  "commands/clean-runs.ts": "clean-runs", // where nothing has changed, nothing else is loaded (ADR 0015)
};

/** Peers of the library: there the person's own copy, for the bin a bundle that bin/meshfront.cjs knows (ADR 0019). */
const peers = /^(?:cdk8s|constructs)$/;

/** @type {import("esbuild").Plugin} */
const loadedAtRunTime = {
  name: "loaded-at-run-time",
  setup({ onResolve }) {
    const names = new Map(Object.entries(apart).map(([file, name]) => [resolve(root, file), name]));
    onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const name = kind === "entry-point" ? undefined : names.get(resolve(resolveDir, path));
      return name === undefined ? undefined : { path: `./${name}.cjs`, external: true };
    });
    onResolve(
      { filter: peers },
      ({ kind, path, importer }) =>
        kind === "entry-point" || importer.includes("node_modules")
          ? undefined
          : { path, external: true, sideEffects: false }, // what `cdk8s import` writes imports more than it uses
    );
  },
};

/** @type {import("esbuild").BuildOptions & { entryPoints: Record<string, string> }} */
export const bundles = {
  absWorkingDir: root,
  entryPoints: {
    meshfront: "start.ts",
    cdk8s: "cdk8s",
    ...Object.fromEntries(Object.entries(apart).map(([file, name]) => [name, file])),
  },
  outdir: "build",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // ES modules where packages have them: they are tree-shaken, their CommonJS twins are not.
  mainFields: ["module", "main"],
  plugins: [loadedAtRunTime],
  // cdk8s brings a copy of its own, of the same version.
  alias: { yaml: "./node_modules/yaml/dist/index.js" },
  // import() of a bundle becomes require(): bin/meshfront.cjs runs it as a script, which knows no import().
  supported: { "dynamic-import": false },
  minify: true,
  legalComments: "none",
  // A bundle stands one folder below the package, like every source file: relative URLs hold in both.
  define: { "import.meta.url": "bundle.url" },
  banner: {
    js: 'const bundle = { get url() { return require("node:url").pathToFileURL(__filename).href; } };',
  },
  logLevel: "warning",
};
