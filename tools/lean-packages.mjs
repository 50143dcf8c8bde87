// What the bundle leaves out of cdk8s and cdk8s-plus-29. Both are CommonJS, which esbuild cannot shake: every command
// would load 140 kinds, and a way to write files that meshfront does not use. Sources and tests use the packages whole;
// the tests of the built program compare its output with theirs.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { presentFieldsOnly } from "./present-fields.mjs";

/** @type {import("esbuild").Plugin} */
export const leanPackages = {
  name: "lean-packages",
  setup(build) {
    build.onLoad({ filter: /cdk8s-plus-29[\\/]lib[\\/]imports[\\/]k8s\.js$/ }, async ({ path }) => ({
      contents: presentFieldsOnly(asEsModule(await readFile(path, "utf8"))),
      loader: "js",
    }));
    build.onLoad({ filter: /[\\/]imports[\\/][\w.]+\.io\.ts$/ }, async ({ path }) => ({
      contents: presentFieldsOnly(await readFile(path, "utf8")),
      loader: "ts",
    }));
    for (const [filter, change] of changes) {
      build.onLoad({ filter }, async ({ path }) => ({
        contents: change(await readFile(path, "utf8")),
        loader: "js",
      }));
    }
    build.onResolve({ filter: /^cdk8s$/ }, () => ({ path: "cdk8s-core", namespace: "lean-packages" }));
    build.onLoad({ filter: /.*/, namespace: "lean-packages" }, () => ({
      contents: cdk8sCore,
      resolveDir: fileURLToPath(new URL("../", import.meta.url)),
    }));
    build.onLoad({ filter: /[\\/]cdk8s[\\/]lib[\\/]yaml\.js$/ }, () => ({ contents: noYaml, loader: "js" }));
  },
};

/** What charts/ and manifests/ take from cdk8s; anything else is an error of the build. */
const cdk8sCore = ["api-object", "app", "chart"]
  .map((module) => `export * from "cdk8s/lib/${module}";\n`)
  .join("");

/** Only App.synth() would call it; the output of meshfront goes through manifests/yaml.ts. */
const noYaml = `exports.Yaml = new Proxy({}, { get() { throw new Error("cdk8s's own YAML is not in this bundle"); } });`;

/**
 * The text of cdk8s-plus-29/lib/imports/k8s.js, as jsii compiles it, as an ES module of which unused kinds can be
 * dropped. Throws if it does not look as expected: an update of the package must not go unnoticed.
 *
 * @param {string} commonJs
 */
export function asEsModule(commonJs) {
  // `exports.Kind = Kind;`, and of an enum `(Kind || (exports.Kind = Kind = {}))`.
  const exported = [...commonJs.matchAll(/(?:^|\()exports\.(\w+) = \1\b/gm)].map(([, name]) => name);
  const text = commonJs
    .replace(/^"use strict";$/m, "")
    .replace(/^var _a, .*$/m, "")
    .replace(/^Object\.defineProperty\(exports, "__esModule".*$/m, "")
    .replace(/^(?:exports\.\w+ = )+(?:void 0|\w+);$/gm, "")
    .replace(/^const JSII_RTTI_SYMBOL_1 = .*$/m, "")
    // What jsii's other languages ask for.
    .replace(/^_\w+ = JSII_RTTI_SYMBOL_1;\n\w+\[_\w+\] = .*$/gm, "")
    .replace(/^const cdk8s_1 = require\("cdk8s"\);$/m, 'import * as cdk8s_1 from "cdk8s";')
    .replace(/\|\| \(exports\.(\w+) = \1 = \{\}\)/g, "|| ($1 = {})")
    .replace(/^class (\w+) extends [\s\S]*?^\}\n[\s\S]*?^\1\.GVK = \{[\s\S]*?^\};$/gm, droppableClass)
    .replace(/^\/\/# sourceMappingURL.*$/m, "");
  const left = /\b(?:exports|require|JSII_RTTI_SYMBOL_1)\b(?=[.(\]])/.exec(text);
  if (left !== null || exported.length < 300) {
    throw new Error(
      `k8s.js of cdk8s-plus-29 is not as expected: ${left?.[0] ?? `${exported.length} exports`}`,
    );
  }
  return `${text}\nexport { ${exported.join(", ")} };\n`;
}

/**
 * What costs time for each object and changes nothing here.
 *
 * @type {readonly (readonly [RegExp, (text: string) => string])[]}
 */
const changes = [
  [/[\\/]cdk8s[\\/]lib[\\/]resolve\.js$/, resolvingPlainDataAtOnce],
  [/[\\/]cdk8s[\\/]lib[\\/]json-patch\.js$/, withoutEmptyPatches],
  [/[\\/]cdk8s[\\/]lib[\\/]api-object\.js$/, resolvingWhileSanitizing],
  [/[\\/]cdk8s[\\/]lib[\\/]_util\.js$/, (text) => sanitizingUnresolved(sortingOnlyUnsorted(text))],
  [/[\\/]yaml[\\/]browser[\\/]dist[\\/]compose[\\/]resolve-flow-scalar\.js$/, unfoldingOnlyFolded],
  [
    /[\\/](?:cdk8s[\\/]lib[\\/](?:app|names)|constructs[\\/]lib[\\/]private[\\/]node-addr)\.js$/,
    withPlainRequire,
  ],
];

/**
 * The text of cdk8s/lib/resolve.js, which asks all resolvers about each value: those of cdk8s, and charts/ adds none,
 * replace instances of classes and what has a method `resolve`. It copies everything, and cdk8s copies the result once
 * more (sanitizeValue). Throws if it does not look as expected.
 *
 * @param {string} commonJs
 */
export function resolvingPlainDataAtOnce(commonJs) {
  const start = "function resolve(key, value, apiObject) {";
  return replaced(
    commonJs,
    start,
    `function resolve(key, value, apiObject) {
      if (typeof value !== "object" || value === null) return value;
      const isPlain = Array.isArray(value) || (value.constructor === Object && typeof value.resolve !== "function");
      if (!isPlain) return resolveInstance(key, value, apiObject);
      let resolved = value;
      for (const name of Object.keys(value)) {
        const item = resolve(key, value[name], apiObject);
        if (item === value[name]) continue;
        if (resolved === value) resolved = Array.isArray(value) ? [...value] : { ...value };
        resolved[name] = item;
      }
      return resolved;
    }
    function resolveInstance(key, value, apiObject) {`,
  );
}

/**
 * The text of cdk8s/lib/json-patch.js: it copies the object also where there is nothing to patch.
 *
 * @param {string} commonJs
 */
export function withoutEmptyPatches(commonJs) {
  const start = "static apply(document, ...ops) {";
  return replaced(commonJs, start, `${start} if (ops.length === 0) return document;`);
}

/**
 * The text of cdk8s/lib/_util.js, which sorts the keys of each object, sorted or not.
 *
 * @param {string} commonJs
 */
export function sortingOnlyUnsorted(commonJs) {
  const text = replaced(commonJs, "Object.keys(obj).sort()", "sorted(Object.keys(obj))");
  return `${text}\nfunction sorted(keys) { for (let index = 1; index < keys.length; index++) if (keys[index - 1] > keys[index]) return keys.sort(); return keys; }\n`;
}

/**
 * The text of cdk8s/lib/api-object.js, which goes through each object twice: to resolve it, then to sanitize it.
 *
 * @param {string} commonJs
 */
export function resolvingWhileSanitizing(commonJs) {
  return replaced(
    commonJs,
    "(0, _util_1.sanitizeValue)((0, resolve_1.resolve)([], data, this), { sortKeys })",
    "(0, _util_1.sanitizeValue)(data, { sortKeys, resolve: (value) => (0, resolve_1.resolve)([], value, this) })",
  );
}

/**
 * The text of cdk8s/lib/_util.js, which then resolves what resolvers may replace. See {@link resolvingPlainDataAtOnce}.
 *
 * @param {string} commonJs
 */
export function sanitizingUnresolved(commonJs) {
  const start = "if (obj.constructor.name !== 'Object') {";
  return replaced(
    commonJs,
    start,
    `if (options.resolve && (obj.constructor !== Object || typeof obj.resolve === "function")) {
        return sanitizeValue(options.resolve(obj), { ...options, resolve: undefined });
    }
    ${start}`,
  );
}

/**
 * The text of compose/resolve-flow-scalar.js of the `yaml` package, which makes two regular expressions for each scalar
 * of one line.
 *
 * @param {string} esModule
 */
export function unfoldingOnlyFolded(esModule) {
  const start = "function unfoldLines(source) {";
  return replaced(esModule, start, `${start} if (!source.includes("\\n")) return source;`);
}

/**
 * A CommonJS module as TypeScript compiles it, without the copy of every export of each of Node's modules.
 *
 * @param {string} commonJs
 */
export function withPlainRequire(commonJs) {
  return replaced(commonJs, "__importStar(require(", "(require(");
}

/**
 * Throws if the text is not in it: an update of a package must not go unnoticed.
 *
 * @param {string} text
 * @param {string} from
 * @param {string} to
 */
function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`a package is not as expected: it lacks ${from}`);
  return text.replaceAll(from, to);
}

/** A class with a static property set from outside has an effect; inside a function that is marked pure it has none. */
const droppableClass = (/** @type {string} */ text, /** @type {string} */ name) =>
  `const ${name} = /* @__PURE__ */ (() => {\n${text}\nreturn ${name};\n})();`;
