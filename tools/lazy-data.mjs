// Data in the bundle as code that costs nothing until it is asked for.
import { readFile } from "node:fs/promises";

/** @type {import("esbuild").Plugin} */
export const lazyData = {
  name: "lazy-data",
  setup(build) {
    build.onLoad({ filter: /[\\/]imports[\\/]schemas\.json$/ }, async ({ path }) => {
      const { types, ...rest } = JSON.parse(await readFile(path, "utf8"));
      return {
        contents: `module.exports = { ...${JSON.stringify(rest)}, types: ${gettersOf(types)} };`,
        loader: "js",
      };
    });
  },
};

/**
 * An object whose fields are made when they are first read.
 *
 * @param {Readonly<Record<string, unknown>>} fields
 */
const gettersOf = (fields) =>
  `{ ${Object.entries(fields)
    .map(([name, value]) => {
      const key = JSON.stringify(name);
      const keep = `Object.defineProperty(this, ${key}, { value: ${JSON.stringify(value)} })[${key}]`;
      return `get ${key}() { return ${keep}; }`;
    })
    .join(", ")} }`;
