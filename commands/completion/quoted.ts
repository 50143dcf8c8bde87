/** Text in single quotes, where a shell would read more than text in it. */
export function quoted(text: string, shell: "bash" | "zsh" | "fish"): string {
  if (/^[\w./-]+$/.test(text)) return text;
  return shell === "fish" ? `'${text.replace(/['\\]/g, "\\$&")}'` : `'${text.replaceAll("'", "'\\''")}'`;
}
