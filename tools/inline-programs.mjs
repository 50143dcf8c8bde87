// The programs that go into manifests, as text in the bundle: no run has to find and read them.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** @type {import("esbuild").Plugin} */
export const inlinePrograms = {
  name: "inline-programs",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]commands[\\/]read-programs\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const places = [...source.matchAll(/\bread\("([^"]+)"\)/g)].map(([, place = ""]) => place);
      if (places.length === 0) throw new Error(`${path} is not as expected: it reads nothing`);
      const files = places.map((place) => fileURLToPath(new URL(`../${place}`, import.meta.url)));
      const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
      const contents = places.reduce(
        (text, place, index) => text.replace(`read("${place}")`, () => JSON.stringify(texts[index])),
        source,
      );
      return { contents, loader: "ts", watchFiles: files };
    });
  },
};
