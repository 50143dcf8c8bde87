/** How a command's result is told: text for people, or one document for a program. */
export const reportFormats = ["text", "json", "github", "sarif"] as const;

/** Of `diff`, which has reports of its own. */
export const diffFormats = ["text", "markdown", "json"] as const;

/** Of `graph`. */
export const graphFormats = ["text", "mermaid", "svg", "json"] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** Of `--format` and of `--json`, its short form; text where a command has a format of its own. */
export const formatOf = (options: Readonly<Record<string, unknown>>): ReportFormat =>
  options.json === true ? "json" : (reportFormats.find((format) => format === options.format) ?? "text");
