import { describe, expect, it } from "vitest";
import { formatPath, redact, show } from "../../core/format-value.ts";

describe("a value in a message", () => {
  it.each([
    [undefined, "nothing"],
    [null, "null (an empty value)"],
    ["", '""'],
    ["a\nb\t\u001b[31m", '"a\\nb\\t\\u001b[31m"'],
    ["app\u200b.example.com", '"app\\u200b.example.com"'],
    ["a\u2028b\u{e0001}\u009b", '"a\\u2028b\\u{e0001}\\u009b"'],
    [1.5, "1.5"],
    [false, "false"],
    [[], "an empty list"],
    [[1, 2], "a list of 2"],
    [{}, "an empty map"],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, "a map (a, b, c, d)"],
  ])("%j is shown as %s", (value, shown) => {
    expect(show(value)).toBe(shown);
  });

  it("is at most 80 characters long", () => {
    const long = "x".repeat(100_000);
    for (const value of [long, { [long]: 1 }, Number.MAX_VALUE]) {
      expect(show(value).length).toBeLessThanOrEqual(80);
    }
    expect(formatPath(["a", long]).length).toBeLessThanOrEqual(80);
  });
});

describe("credentials in a message", () => {
  it.each([
    ["https://robot:hunter2@example.com/x.git", "https://***@example.com/x.git"],
    ["https://robot:hunt@er2@example.com/x.git", "https://***@example.com/x.git"],
    ["https://robot:hunt/er2@example.com/x.git", "https://***@example.com/x.git"],
    ["ssh://git:hunt er2@example.com", "ssh://***@example.com"],
    ["robot:hunter2@example.com:x.git", "***@example.com:x.git"],
    ["https:/robot:hunter2@example.com", "***@example.com"],
    ["https://\nrobot:hunter2@example.com", "https://***@example.com"],
    ["https://example.com/x?access_token=hunter2", "https://example.com/x?***"],
    ["git+ssh://hunter2@example.com", "git+ssh://***@example.com"],
    ["example.com/node@sha256:0123", "example.com/node@sha256:0123"],
    ["what?", "what?"],
  ])("%j becomes %j", (text, redacted) => {
    expect(redact(text)).toBe(redacted);
  });

  it("are hidden in keys too", () => {
    const url = "https://robot:hunter2@example.com";
    expect(formatPath(["repository", url, 3])).toBe("repository.https://***@example.com[3]");
    expect(show({ [url]: 1 })).toBe("a map (https://***@example.com)");
  });
});

it("keys are shown on one line too", () => {
  expect(formatPath(["a\nb", "c\u200bd"])).toBe("a\\u000ab.c\\u200bd");
  expect(show({ "a\nb": 1 })).toBe("a map (a\\u000ab)");
});

it("a path is written with dots and brackets", () => {
  expect(formatPath(["ingresses", "services", "hosts", 0])).toBe("ingresses.services.hosts[0]");
  expect(formatPath([])).toBe("the file");
});
