import { visible } from "./format-value.ts";

/** A value inside a sentence: on one line, and safe wherever backticks mark code. */
export function code(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "nothing" : JSON.stringify(value);
  const line = visible(text).replaceAll("`", "'");
  return `\`${line.length > 200 ? `${line.slice(0, 197)}…` : line || " "}\``;
}

export const codes = (values: readonly unknown[]): string => values.map(code).join(", ");
