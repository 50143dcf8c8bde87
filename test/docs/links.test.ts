import { existsSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { root } from "./emitted.ts";
import { type Page, readPages } from "./pages.ts";

const pages = readPages();

interface Link {
  readonly from: string;
  readonly target: string;
}

describe("documents", () => {
  test("link only to files and headings that exist", () => {
    expect(pages.flatMap(links).filter((link) => !exists(link))).toEqual([]);
  });

  test("in docs/ are all reached from docs/README.md", () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      const page = pages.find((candidate) => candidate.file === file);
      for (const { target } of page ? links(page) : []) visit(fileOf(file, target));
    };
    visit("docs/README.md");
    expect(
      pages.map(({ file }) => file).filter((file) => file.startsWith("docs/") && !reached.has(file)),
    ).toEqual([]);
  });
});

/** Links within the project; code is no prose. */
function links({ file, text }: Page): readonly Link[] {
  const prose = text.replace(/^ *```.*?^ *```/gms, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => ({ from: file, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));
}

const fileOf = (from: string, target: string): string => {
  const path = target.replace(/#.*$/, "");
  return path === "" ? from : join(dirname(from), path);
};

function exists({ from, target }: Link): boolean {
  const file = fileOf(from, target);
  const [, anchor] = target.split("#");
  const page = pages.find((candidate) => candidate.file === file);
  return (
    existsSync(join(root, file)) &&
    (anchor === undefined || (page !== undefined && anchors(page).includes(anchor)))
  );
}

/** As GitHub makes them of headings, and those that a page sets itself. */
const anchors = ({ text }: Page): readonly string[] => [
  ...[...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/ /g, "-"),
  ),
  ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id),
];
