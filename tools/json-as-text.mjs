// Data in the bundle as text that JSON.parse reads when it is asked for: V8 reads that faster than the same as code, and
// its code cache holds a string instead of a description of each object.
import { readFile } from "node:fs/promises";

/** @type {import("esbuild").Plugin} */
export const jsonAsText = {
  name: "json-as-text",
  setup(build) {
    build.onLoad({ filter: /[\\/](?:imports|config)[\\/].*\.json$/ }, async ({ path }) => {
      const compact = JSON.stringify(JSON.parse(await readFile(path, "utf8")));
      return { contents: `module.exports = JSON.parse(${JSON.stringify(compact)});`, loader: "js" };
    });
  },
};
