import { describe, expect, test } from "vitest";
import { parseEditedLock, parseLock, serialiseLock } from "../../facts/lock.ts";
import type { LockFile } from "../../facts/lock-schema.ts";

const lock: LockFile = {
  formatVersion: 1,
  generatedBy: "meshfront lookup",
  account: "123456789012",
  region: "eu-west-1",
  answers: {
    vpc: { id: "vpc-0a1b2c3d", chosenBy: "tag" },
    "webAcl:edge": {
      webAclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/edge/0a",
      chosenBy: "exact name",
    },
  },
};
const text = serialiseLock(lock);
const parse = (content: string) =>
  parseLock("clusters/demo.lock.json", new TextEncoder().encode(content), "meshfront lookup demo");

describe("the checksum of a lock file", () => {
  test("stands in one line at its end, so that two branches which change answers conflict", () => {
    expect(text).toMatch(/\n {2}"checksum": "sha256-[0-9a-f]{64}"\n}\n$/);
    const other = serialiseLock({
      ...lock,
      answers: { ...lock.answers, vpc: { id: "vpc-0a1b2c3e", chosenBy: "tag" } },
    });
    expect(other.slice(-70)).not.toBe(text.slice(-70));
  });

  test("does not depend on the order in which the answers came", () => {
    const reversed = Object.fromEntries(Object.entries(lock.answers).reverse());
    expect(serialiseLock({ ...lock, answers: reversed })).toBe(text);
  });

  test("survives a formatter and other line endings: only values count", () => {
    expect(parse(JSON.stringify(JSON.parse(text)))).toEqual(lock);
    expect(parse(text.replaceAll("\n", "\r\n"))).toEqual(lock);
  });

  test.each([
    ["an answer", ["vpc-0a1b2c3d", "vpc-0a1b2c3e"]],
    ["the criterion", ["exact name", "good name"]],
    ["the account", ['"account": "123456789012"', '"account": "123456789013"']],
    ["the region", ['"region": "eu-west-1"', '"region": "eu-west-2"']],
  ])("tells an edit of %s from what lookup wrote", (_, [from = "", to = ""]) => {
    expect(parse(text.replace(from, to))).toEqual([
      expect.objectContaining({
        code: "facts/edited",
        severity: "error",
        file: "clusters/demo.lock.json",
        line: text.split("\n").length - 2,
        suggestion: expect.stringContaining("Run `meshfront lookup demo`"),
      }),
    ]);
  });

  test("that is missing is told as well", () => {
    expect(parse(text.replace(/,\n {2}"checksum".*/, ""))).toEqual([
      expect.objectContaining({ code: "facts/malformed", message: expect.stringContaining("checksum") }),
    ]);
  });

  test("of an edited file does not keep lookup from reading what is still true", () => {
    const edited = new TextEncoder().encode(text.replace("vpc-0a1b2c3d", "vpc-0a1b2c3e"));
    expect(parseEditedLock("f", edited, "fix")).toMatchObject({
      isEdited: true,
      lock: { answers: { vpc: { id: "vpc-0a1b2c3e" } } },
    });
  });
});

describe("a lock file in which a key would be passed over unseen", () => {
  const addressOf = (content: string, key: string): string => {
    const lines = content.slice(0, content.lastIndexOf(key)).split("\n");
    return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
  };

  test.each([
    ["a key of the file", text.replace('"region"', '"region": "us-east-1",\n  "region"'), '"region"'],
    [
      "an answer",
      text.replace('"vpc": {', '"vpc": { "id": "vpc-0", "chosenBy": "x" },\n    "vpc": {'),
      '"vpc"',
    ],
    ["a key of an answer", text.replace('"id"', '"id": "vpc-00000000",\n      "id"'), '"id"'],
    [
      "another spelling of a key",
      text.replace('"region"', '"regi\\u006fn": "us-east-1",\n  "region"'),
      '"region"',
    ],
  ])("is refused for %s that stands there twice", (_, content, key) => {
    const [problem, ...others] = parse(content) as readonly {
      line: number;
      column: number;
      message: string;
    }[];
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      code: "facts/malformed",
      message: expect.stringContaining(`expected each key once, found ${key} again, first at line `),
    });
    expect(`${problem?.line}:${problem?.column}`).toBe(addressOf(content, key));
  });

  test.each(["__proto__", "constructor"])("is refused for an answer %s", (key) => {
    const content = text.replace(
      '"answers": {',
      `"answers": {\n    "${key}": { "id": "vpc-00000000", "chosenBy": "x" },`,
    );
    expect(parse(content)).toEqual([
      expect.objectContaining({ code: expect.stringMatching(/facts\/(malformed|edited)/) }),
    ]);
  });

  test("is taken where an answer only looks like one", () => {
    const odd: LockFile = { ...lock, answers: { vpc: { id: "vpc-0a1b2c3d", chosenBy: 'a "vpc": {' } } };
    expect(parse(serialiseLock(odd))).toEqual(odd);
  });
});
