import { describe, expect, test } from "vitest";
import { positionInText } from "../../manifests/object-position.ts";

const text = `# Generated
kind: One
spec:
  hosts:
    - a.example.com
    - b.example.com
---
kind: Two
metadata:
  "on": {}
`;

describe("a field of a rendered object is found in its file:", () => {
  test.each([
    ["a key", 0, ["spec", "hosts"], { line: 4, column: 3 }],
    ["an item of a list", 0, ["spec", "hosts", 1], { line: 6, column: 7 }],
    ["a quoted key of the second document", 1, ["metadata", "on"], { line: 10, column: 3 }],
    ["the object itself", 1, [], { line: 8, column: 1 }],
    ["a key that is absent, by its parent", 0, ["spec", "gateways", 0], { line: 3, column: 1 }],
    ["an item beyond the end, by its list", 0, ["spec", "hosts", 7], { line: 4, column: 3 }],
  ])("%s", (_, documentIndex, path, position) => {
    expect(positionInText(text, documentIndex, path)).toEqual(position);
  });

  test("nothing of a document that is not there", () => {
    expect(positionInText(text, 2, [])).toBeUndefined();
  });
});
