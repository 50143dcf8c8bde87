// The zod schemas of what people and `lookup` write -> shapes that config/acceptor.ts walks. In the main bundle they
// stand in place of the modules below, which are a bundle of their own, for what the shapes do not accept.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Each module that exports a parser, by the name of the parser, and where its schema is. */
const parsers = [
  {
    module: "config/cluster-file.ts",
    parser: "clusterFileParser",
    schema: "clusterFile",
    from: "config/schema.ts",
  },
  {
    module: "facts/lock-file.ts",
    parser: "lockFileParser",
    schema: "lockFile",
    from: "facts/lock-schema.ts",
  },
];

/** The source of that bundle. */
export const parsersSource = parsers
  .map(({ module, parser }) => `export { ${parser} } from "./${module}";`)
  .join("\n");

const root = fileURLToPath(new URL("../", import.meta.url));

/** @type {import("esbuild").Plugin} */
export const acceptors = {
  name: "acceptors",
  async setup({ onLoad, onResolve }) {
    const { refinements, ...schemas } = await loadSchemas();
    for (const { module, parser, schema } of parsers) {
      const filter = new RegExp(`[\\\\/]${module.replace("/", "[\\\\/]").replace(".", "\\.")}$`);
      onLoad({ filter }, () => ({
        contents: `
          import { acceptFirst } from ${JSON.stringify(`${root}config/acceptor.ts`)};
          const shape = JSON.parse(${JSON.stringify(JSON.stringify(shapeOf(schemas[schema], refinements)))});
          export const ${parser} = acceptFirst(shape, () => require("./parsers.cjs").${parser});`,
        loader: "js",
      }));
    }
    onResolve({ filter: /^\.\/parsers\.cjs$/ }, ({ path }) => ({ path, external: true }));
  },
};

/**
 * The schemas and the functions they refer to, of one instance of each module. Node 20 reads no TypeScript.
 *
 * @returns {Promise<Record<string, any>>}
 */
export async function loadSchemas() {
  const exported = parsers.map(({ schema, from }) => `export { ${schema} } from "./${from}";`);
  const { outputFiles } = await build({
    stdin: {
      contents: [...exported, 'export { refinements } from "./config/refinements.ts";'].join("\n"),
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "warning",
  });
  return import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString("base64")}`
  );
}

/**
 * A zod schema as a shape. What config/acceptor.ts has no words for becomes `undecided`: then zod judges at run time.
 * Throws for a refinement that is not in config/refinements.ts.
 *
 * @param {any} schema
 * @param {Readonly<Record<string, unknown>>} refinements
 * @returns {import("../config/acceptor.ts").Shape}
 */
export function shapeOf(schema, refinements) {
  const { def } = schema._zod;
  const inner = (/** @type {any} */ part) => shapeOf(part, refinements);
  const checks = checksOf(def);
  const rules = checks.filter(({ check }) => check === "custom").map(({ fn }) => nameIn(refinements, fn));
  const known = ["custom", ...(knownChecks[def.type] ?? [])];
  if (checks.some(({ check }) => !known.includes(check))) return { is: "undecided" };
  if (rules.length > 0 && def.type !== "object" && def.type !== "record") return { is: "undecided" };
  switch (def.type) {
    case "string":
      return textShape(checks);
    case "number":
      return wholeShape(checks);
    case "enum":
      return { is: "one", of: Object.values(def.entries) };
    case "literal":
      return { is: "one", of: def.values };
    case "array":
      return { is: "list", of: inner(def.element), minLength: minLengthOf(checks) };
    case "record":
      return { is: "map", keys: inner(def.keyType), of: inner(def.valueType), rules };
    case "object": {
      if (def.catchall?._zod.def.type !== "never") return { is: "undecided" }; // others let unknown keys pass
      const fields = Object.entries(def.shape).map(([name, field]) => [name, inner(field)]);
      return { is: "object", fields: Object.fromEntries(fields), rules };
    }
    case "union":
      return { is: "either", of: def.options.map(inner) };
    case "optional":
      return { is: "optional", of: inner(def.innerType) };
    case "default":
    case "prefault":
      return { is: def.type, of: inner(def.innerType), value: def.defaultValue };
    case "unknown":
      return { is: "anything" };
    default:
      return { is: "undecided" };
  }
}

/** @type {Readonly<Record<string, readonly string[]>>} */
const knownChecks = {
  string: ["string_format", "min_length"],
  number: ["number_format", "greater_than", "less_than"],
  array: ["min_length"],
};

/**
 * Those of the type itself, as of z.int(), and those given to check(), without descriptions.
 *
 * @param {any} def
 * @returns {readonly any[]}
 */
const checksOf = (def) => [
  ...(def.check === undefined ? [] : [def]),
  ...(def.checks ?? [])
    .map((/** @type {any} */ check) => check._zod.def)
    .filter((/** @type {any} */ check) => check !== def && check.check !== "meta"),
];

/** Formats that are their pattern and nothing more. */
const patternFormats = ["regex", "cidrv4"];

/**
 * @param {readonly any[]} checks
 * @returns {import("../config/acceptor.ts").Shape}
 */
function textShape(checks) {
  const formats = checks.filter(({ check }) => check === "string_format");
  const minLength = minLengthOf(checks);
  // zod counts code points, which differ from length from two on.
  const isExact =
    minLength <= 1 &&
    formats.every(({ format, pattern }) => patternFormats.includes(format) && pattern?.flags === "");
  return isExact
    ? { is: "text", forms: formats.map(({ pattern }) => pattern.source), minLength }
    : { is: "undecided" };
}

/**
 * @param {readonly any[]} checks
 * @returns {import("../config/acceptor.ts").Shape}
 */
function wholeShape(checks) {
  const isExact = checks.every(({ check, format, inclusive }) =>
    check === "number_format" ? format === "safeint" : inclusive,
  );
  if (!isExact || !checks.some(({ check }) => check === "number_format")) return { is: "undecided" };
  const limits = (/** @type {string} */ name) =>
    checks.filter(({ check }) => check === name).map(({ value }) => value);
  return {
    is: "whole",
    minimum: Math.max(Number.MIN_SAFE_INTEGER, ...limits("greater_than")),
    maximum: Math.min(Number.MAX_SAFE_INTEGER, ...limits("less_than")),
  };
}

/** @param {readonly any[]} checks */
const minLengthOf = (checks) =>
  Math.max(0, ...checks.filter(({ check }) => check === "min_length").map(({ minimum }) => minimum));

/**
 * @param {Readonly<Record<string, unknown>>} refinements
 * @param {unknown} refinement
 * @returns {any}
 */
function nameIn(refinements, refinement) {
  const [name] = Object.entries(refinements).find(([, known]) => known === refinement) ?? [];
  if (name === undefined) throw new Error(`a refinement that is not in config/refinements.ts: ${refinement}`);
  return name;
}
