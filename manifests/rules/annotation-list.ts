import type { RenderedObject } from "./object-rule.ts";

/** The entries of an annotation that holds a list: `a, b`. Empty where there is none. */
export function listInAnnotation(object: RenderedObject, key: string): readonly string[] {
  const value = object.annotations[key];
  return typeof value === "string" ? value.split(",").map((entry) => entry.trim()) : [];
}
