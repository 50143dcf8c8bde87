import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./emitted.ts";
import { readPage } from "./pages.ts";

const { text } = readPage("docs/explanation/guarantees.md");

/** `- [file](../../test/e2e/file): title`, with a remark in brackets after some. */
const scenarios = [...text.matchAll(/^- \[[^\]]+\]\(\.\.\/\.\.\/(test\/e2e\/[^)]+)\): (.+)$/gm)].map(
  ([, file = "", line = ""]) => ({ file, title: line.replace(/ \((?:with|without) .*\)$/, "") }),
);

const source = (file: string): string => readFileSync(join(root, file), "utf8");

describe("docs/explanation/guarantees.md", () => {
  test("names only scenarios that exist, by their titles", () => {
    expect(scenarios.length).toBeGreaterThan(20);
    expect(scenarios.filter(({ file, title }) => !source(file).includes(`"${title}"`))).toEqual([]);
  });

  test("names a scenario of every file of end-to-end tests", () => {
    const named = new Set(scenarios.map(({ file }) => file));
    const shared = new Map([["rejected-value.ts", /^rejected-.*\.e2e\.ts$/]]);
    const missing = readdirSync(join(root, "test/e2e"))
      .filter((file) => file.endsWith(".e2e.ts") && !named.has(`test/e2e/${file}`))
      .filter((file) => ![...shared].some(([by, files]) => named.has(`test/e2e/${by}`) && files.test(file)));
    expect(missing).toEqual([]);
  });
});
