// Data in the bundle as code that costs nothing until it is asked for.
import { readFile } from "node:fs/promises";

/**
 * The field of which one run needs a few entries.
 *
 * @type {readonly (readonly [RegExp, string])[]}
 */
const fields = [
  [/[\\/]imports[\\/]schemas\.json$/, "types"],
  [/[\\/]config[\\/]istio-values\.json$/, "versions"],
];

/** @type {import("esbuild").Plugin} */
export const lazyData = {
  name: "lazy-data",
  setup(build) {
    for (const [filter, field] of fields) {
      build.onLoad({ filter }, async ({ path }) => {
        const { [field]: lazy, ...rest } = JSON.parse(await readFile(path, "utf8"));
        return {
          contents: `module.exports = { ...${JSON.stringify(rest)}, ${JSON.stringify(field)}: ${lazyObject(lazy)} };`,
          loader: "js",
        };
      });
    }
  },
};

/**
 * An object whose fields are made when they are first read: of text, which costs V8 nothing until then. No field is text.
 *
 * @param {Readonly<Record<string, unknown>>} fields
 */
const lazyObject = (fields) => {
  const texts = Object.entries(fields).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(JSON.stringify(value))}`,
  );
  // Without a prototype V8 makes a table of it at once, not one shape after the other.
  return `new Proxy({ __proto__: null, ${texts.join(", ")} }, {
    get(fields, name) {
      const field = fields[name];
      return typeof field === "string" ? (fields[name] = JSON.parse(field)) : field;
    },
  })`;
};
