import { expect, it } from "vitest";
import { listed } from "../../core/listed.ts";

it("lists names as a sentence does, and of many the first seven", () => {
  const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
  expect(listed(names.slice(0, 1))).toBe("a");
  expect(listed(names.slice(0, 2))).toBe("a and b");
  expect(listed(names.slice(0, 3))).toBe("a, b and c");
  expect(listed(names.slice(0, 8))).toBe("a, b, c, d, e, f, g and h");
  expect(listed(names)).toBe("a, b, c, d, e, f, g and 2 more");
});
