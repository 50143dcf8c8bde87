// The parts of a document that a test can carry out: a comment before a fenced block says what it is.
import type { Page } from "./pages.ts";

export type Step =
  /** A shell script, and how it ends. */
  | { readonly kind: "run"; readonly script: string; readonly exitCode: number }
  /** Each line stands in what the script before printed. */
  | { readonly kind: "prints"; readonly lines: readonly string[] }
  | { readonly kind: "write"; readonly file: string; readonly text: string }
  | { readonly kind: "append"; readonly file: string; readonly text: string }
  | { readonly kind: "insert"; readonly file: string; readonly after: string; readonly text: string };

const kinds = "run|prints|write|append|insert";
const block = new RegExp(`^<!-- (${kinds})\\b(.*?) -->\\n\`\`\`\\w*\\n(.*?)^\`\`\`$`, "gms");

/** The steps of a page, in order. A comment that begins like one of these and is none throws. */
export function stepsOf({ file, text }: Page): readonly Step[] {
  const found = [...text.matchAll(block)];
  const announced = text.match(new RegExp(`^ *<!-- (?:${kinds})\\b`, "gm")) ?? [];
  if (announced.length !== found.length)
    throw new Error(`${file}: a marked block is not followed by its fence`);
  return found.map(([, kind = "", words = "", body = ""]) => step(file, kind, words.trim(), body));
}

function step(page: string, kind: string, words: string, text: string): Step {
  const run = /^(?:, exit code (\d+))?$/.exec(words);
  if (kind === "run" && run) return { kind, script: text, exitCode: Number(run[1] ?? 0) };
  if (kind === "prints" && words === "") return { kind, lines: text.trimEnd().split("\n") };
  const insert = /^into (\S+) after "(.+)"$/.exec(words);
  if (kind === "insert" && insert) return { kind, file: insert[1] ?? "", after: insert[2] ?? "", text };
  const append = /^to (\S+)$/.exec(words);
  if (kind === "append" && append) return { kind, file: append[1] ?? "", text };
  if (kind === "write" && /^\S+$/.test(words)) return { kind, file: words, text };
  throw new Error(`${page}: not understood: <!-- ${kind} ${words} -->`);
}
