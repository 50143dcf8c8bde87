// llms.txt, for programs that read: the form of https://llmstxt.org, read 2026-12-01 (a title, a summary, lists of links
// with a line each).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { root } from "./emitted.ts";
import { readPages } from "./pages.ts";

const text = readFileSync(join(root, "llms.txt"), "utf8");
const [head = "", ...sections] = text.split(/^## /m);

const link = /^- \[([^\]]+)\]\(([^)]+)\): (\S.*)$/;
const lines = sections.flatMap((section) => section.split("\n").slice(1)).filter((line) => line !== "");
const links = lines.map((line) => {
  const [, title = "", path = "", meaning = ""] = link.exec(line) ?? [];
  return { line, title, path, meaning };
});

describe("llms.txt", () => {
  it("begins with a title and a summary, and holds links with a line each", () => {
    expect(head).toMatch(/^# meshfront\n\n> \S.*\n\n/);
    expect(links.filter(({ path }) => path === "").map(({ line }) => line)).toEqual([]);
  });

  it("links only to what there is, and to each once", () => {
    const paths = links.map(({ path }) => path);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });

  it("names every file of docs/, but for pictures, which pages show", () => {
    const entries = readdirSync(join(root, "docs"), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && !entry.parentPath.endsWith("/pictures"))
      .map(({ parentPath, name }) => join(parentPath, name).slice(root.length));
    expect(files.filter((file) => !links.some(({ path }) => path === file))).toEqual([]);
    expect(files.length).toBeGreaterThan(40);
  });

  it("calls each page as the page calls itself", () => {
    const titles = new Map(readPages().map((page) => [page.file, /^# (.*)$/m.exec(page.text)?.[1]]));
    const other = links.filter(({ path, title }) => titles.has(path) && titles.get(path) !== title);
    expect(other.map(({ path }) => path)).toEqual([]);
  });

  it("comes with the package, as all that it links to does", () => {
    const isPacked = (path: string) =>
      path === "README.md" || packageJson.files.some((each) => path === each || path.startsWith(`${each}/`));
    expect(["llms.txt", ...links.map(({ path }) => path)].filter((path) => !isPacked(path))).toEqual([]);
  });
});
