import { redact, visible } from "../../core/show.ts";

const longest = 400;

/** What helm says of a failure, on one line, without its warnings and without credentials. */
export function helmWords(stderr: string, exitCode: number): string {
  const lines = stderr.split(/\r?\n/);
  // What is not about the failure comes first: permissions of a file, links that it follows.
  const start = lines.findIndex((line) => /^Error: /.test(line));
  const words = lines
    .slice(Math.max(start, 0))
    .join(" ")
    .replace(/^Error: /, "")
    .replace(/\s*Use --debug flag to render out invalid YAML\s*/, "")
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => visible(redact(word)))
    .join(" ");
  if (words === "") return `nothing, with exit code ${exitCode}`;
  return `"${words.length > longest ? `${words.slice(0, longest)}…` : words}"`;
}
