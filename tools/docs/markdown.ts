// What the generated pages of docs/reference/ share.

/** First line of a generated page. */
export const generatedComment = (source: string): string =>
  `<!-- Generated from ${source} by \`npm run docs\`. Do not edit. -->`;

export const code = (text: string): string => `\`${text}\``;

/** A table; a bar inside a cell would end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Blocks with an empty line between them, and a final newline. */
export const page = (...blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;
