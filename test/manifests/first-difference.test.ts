import { expect, test } from "vitest";
import { tryFindFirstDifference } from "../../manifests/first-difference.ts";

test.each([
  ["a line that was changed", "a\nb\nc\n", "a\nx\nc\n", { line: 2, expected: '"b"', found: '"x"' }],
  ["a line that was put in", "a\nc\n", "a\nb\nc\n", { line: 2, expected: '"c"', found: '"b"' }],
  ["a line at the end", "a\n", "a\nb\n", { line: 2, expected: "the end of the file", found: '"b"' }],
  [
    "a line that is missing at the end",
    "a\nb\n",
    "a\n",
    { line: 1, expected: '"b"', found: "the end of the file" },
  ],
  ["an empty file", "a\n", "", { line: 1, expected: '"a"', found: "the end of the file" }],
  ["a line that was changed, and CRLF", "a\nb\n", "a\r\nx\r\n", { line: 2, expected: '"b"', found: '"x"' }],
])("%s is where a file first differs", (_, expected, found, difference) => {
  expect(tryFindFirstDifference(expected, found)).toEqual(difference);
});

test("line endings, and a final newline, are no line that differs", () => {
  expect(tryFindFirstDifference("a\nb\n", "a\r\nb\r\n")).toBeUndefined();
  expect(tryFindFirstDifference("a\nb\n", "a\nb")).toBeUndefined();
});

test("a long line is shown by its beginning, and credentials in it are not shown", () => {
  const found = `url: https://user:secret@example.com/${"x".repeat(200)}`;
  const difference = tryFindFirstDifference("a\n", `${found}\n`);
  expect(difference?.found).toHaveLength(78);
  expect(difference?.found).not.toContain("secret");
});
