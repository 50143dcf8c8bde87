// Reads the documents as their readers do: pages, sections, the first column of a table.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./emitted.ts";

export interface Page {
  /** Relative to the project root. */
  readonly file: string;
  readonly text: string;
}

export const readPage = (file: string): Page => ({ file, text: readFileSync(join(root, file), "utf8") });

/** All documents: those at the root, and docs/. */
export const readPages = (): readonly Page[] =>
  [
    ...readdirSync(root).filter((name) => name.endsWith(".md")),
    ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ].map(readPage);

/** The text below a heading of the second level, up to the next one. */
export function findSection({ file, text }: Page, title: string): string {
  const section = text.split(/^## /m).find((part) => part.split("\n")[0] === title);
  if (section === undefined) throw new Error(`${file} has no section "## ${title}"`);
  return section;
}

/** The code spans in the first column of every table of a section. */
export const firstColumn = (section: string): readonly string[] =>
  section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .flatMap((line) => [...(line.split(/(?<!\\)\|/)[1] ?? "").matchAll(/`([^`]+)`/g)])
    .map(([, code]) => code ?? "");
