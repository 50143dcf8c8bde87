const names: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as XML and HTML have it, in elements and in attributes with quotes. Controls, which XML has no way to write, are shown as U+FFFD. */
export const escapeXml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => names[character] ?? "")
    .replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu, "\uFFFD");
