import { describe, expect, it } from "vitest";
import { tryFindConflict } from "../../core/conflict-marker.ts";

describe("the markers of a merge conflict", () => {
  it.each([
    ["a: 1\n<<<<<<< HEAD\nb: 2\n", 2],
    ["a: 1\nb: 2\n=======\n", 3],
    [">>>>>>> other\r\na: 1\r\n", 1],
  ])("%j has one in line %i", (text, line) => {
    expect(tryFindConflict(text)).toBe(line);
  });

  it.each(["text: |\n  <<<<<<< HEAD\n", "a: '<<<<<<<'\n", "<<<<<<<<\n", "========\n", ""])(
    "%j has none",
    (text) => {
      expect(tryFindConflict(text)).toBeUndefined();
    },
  );
});
