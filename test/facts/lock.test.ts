import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../core/json.ts";
import { formatProblem, type Problem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { parseLock, serialiseLock } from "../../facts/lock.ts";
import type { LockFile } from "../../facts/lock-schema.ts";
import { readLock } from "../../facts/read-lock.ts";

const file = "clusters/demo.lock.json";
const fix = "meshfront lookup demo";

const lock: LockFile = {
  formatVersion: 1,
  generatedBy: "meshfront lookup",
  cluster: "demo",
  account: "123456789012",
  region: "eu-west-1",
  answers: {
    vpc: { id: "vpc-0a1b2c3d", chosenBy: "tag" },
    "subnets:public": {
      subnets: [
        { id: "subnet-0a1b2c3d", zone: "eu-west-1a", cidr: "10.0.0.0/24" },
        { id: "subnet-0a1b2c3e", zone: "eu-west-1b", cidr: "10.0.1.0/24" },
      ],
      chosenBy: "one per zone",
    },
    "certificate:app.example.com": {
      arn: "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b",
      names: ["app.example.com"],
      keyAlgorithm: "RSA_2048",
      notAfter: "2027-01-31",
      chosenBy: "only match",
    },
    "webAcl:office": {
      webAclArn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/office/0a1b",
      chosenBy: "name",
    },
  },
};

const parse = (text: string) => parseLock(file, new TextEncoder().encode(text), fix);
const isProblems = (result: LockFile | readonly Problem[]): result is readonly Problem[] =>
  Array.isArray(result);
const printed = (text: string): string => {
  const result = parse(text);
  return isProblems(result) ? result.map(formatProblem).join("\n") : "";
};

/** The good file with something else at one place. */
function changed(path: readonly string[], by: JsonValue | undefined): string {
  const data: JsonValue = JSON.parse(serialiseLock(lock));
  const change = (value: JsonValue, [first, ...rest]: readonly string[]): JsonValue => {
    if (first === undefined) return by ?? null;
    const entries = Object.entries(value as JsonObject).filter(
      ([key]) => key !== first || rest.length > 0 || by !== undefined,
    ); // a map, by the paths below
    const kept = entries.map(([key, item]) => [key, key === first ? change(item, rest) : item] as const);
    return Object.fromEntries(
      kept.some(([key]) => key === first) || by === undefined ? kept : [...kept, [first, by]],
    );
  };
  return JSON.stringify(change(data, path), null, 2);
}

const advice = `\n  The file is written by meshfront and not by hand: restore it from Git, or delete it and run \`${fix}\`.`;

describe("a lock file", () => {
  it("is read as it was written", () => {
    expect(parse(serialiseLock(lock))).toEqual(lock);
  });

  it("has the same bytes for the same facts, sorted, with a line break at the end", () => {
    const text = serialiseLock(lock);
    const backwards = Object.fromEntries(Object.entries(lock.answers).reverse());
    expect(serialiseLock({ ...lock, answers: backwards })).toBe(text);
    expect(Object.keys(JSON.parse(text).answers)).toEqual([
      "certificate:app.example.com",
      "subnets:public",
      "vpc",
      "webAcl:office",
    ]);
    expect(text.endsWith("}\n")).toBe(true);
  });

  it("may have gone through a formatter or a checkout with CRLF", () => {
    const text = serialiseLock(lock);
    for (const other of [JSON.stringify(JSON.parse(text)), text.replaceAll("\n", "\r\n"), `\ufeff${text}`]) {
      expect(parse(other)).toEqual(lock);
    }
  });
});

describe("a lock file that is not what `lookup` writes", () => {
  const malformed = (place: string, message: string): string =>
    `${file}:${place} error facts/malformed: ${message}${advice}`;

  it.each([
    ["empty", ""],
    ["cut off", serialiseLock(lock).slice(0, 200)],
    ["YAML", "account: 1\n"],
    ["with a comma too many", serialiseLock(lock).replace('"tag"', '"tag",')],
  ])("because it is %s is one problem with a place", (_, text) => {
    expect(printed(text)).toMatch(
      /^clusters\/demo\.lock\.json:\d+:\d+ error facts\/malformed: expected JSON, found a mistake in its syntax\n {2}The file is written by meshfront/,
    );
  });

  it.each([
    ["a list", "[]", "1:1", "the file: expected a map, found an empty list"],
    ["null", "null", "1:1", "the file: expected a map, found null (an empty value)"],
    ["text", '"x"', "1:1", 'the file: expected a map, found "x"'],
  ])("because it is %s is told", (_, text, place, message) => {
    expect(printed(text)).toBe(malformed(place, message));
  });

  it.each<[string, readonly string[], JsonValue | undefined, string, string]>([
    ["another format version", ["formatVersion"], 2, "2:3", "formatVersion: expected 1, found 2"],
    [
      "another author",
      ["generatedBy"],
      "me",
      "3:3",
      'generatedBy: expected one of meshfront lookup, meshfront init, meshfront migrate, found "me"',
    ],
    [
      "an account that is a number",
      ["account"],
      123456789012,
      "5:3",
      "account: expected text (put it in quotes), found 123456789012",
    ],
    ["a short account", ["account"], "1234", "5:3", 'account: expected 12 digits in quotes, found "1234"'],
    ["no region", ["region"], undefined, "1:1", "missing region: expected text"],
    ["no answers", ["answers"], undefined, "1:1", "missing answers: expected a map"],
    ["an unknown key", ["acount"], "x", "42:3", "unknown key acount"],
    [
      "a VPC that is none",
      ["answers", "vpc", "id"],
      "x",
      "33:7",
      'answers.vpc.id: expected a VPC id such as vpc-0a1b2c3d, found "x"',
    ],
    [
      "no subnets",
      ["answers", "subnets:public", "subnets"],
      [],
      "18:7",
      "answers.subnets:public.subnets: expected a list that is not empty, found an empty list",
    ],
    [
      "a date that is none",
      ["answers", "certificate:app.example.com", "notAfter"],
      "soon",
      "14:7",
      'answers.certificate:app.example.com.notAfter: expected a date (YYYY-MM-DD), found "soon"',
    ],
    [
      "a key algorithm that is none",
      ["answers", "certificate:app.example.com", "keyAlgorithm"],
      "RSA",
      "13:7",
      'answers.certificate:app.example.com.keyAlgorithm: expected a key algorithm as ACM names it, found "RSA"',
    ],
    [
      "an answer that is no map",
      ["answers", "vpc"],
      "vpc-0a1b2c3d",
      "32:5",
      'answers.vpc: expected a map, found "vpc-0a1b2c3d"',
    ],
    ["an unknown key in an answer", ["answers", "vpc", "name"], "x", "35:7", "unknown key answers.vpc.name"],
  ])("because it has %s is told with the place", (_, path, value, place, message) => {
    expect(printed(changed(path, value))).toBe(malformed(place, message));
  });

  it("because it was merged badly names the line", () => {
    const text = serialiseLock(lock).replace('    "vpc"', '<<<<<<< HEAD\n    "vpc"');
    expect(printed(text)).toBe(
      `${file}:32:1 error facts/merge-conflict: expected JSON, found the markers of a merge conflict\n  Take either side of the file and run \`${fix}\`.`,
    );
  });

  it("because an answer was changed is told at the checksum", () => {
    const text = serialiseLock(lock).replace("vpc-0a1b2c3d", "vpc-0a1b2c3e");
    expect(printed(text)).toMatch(
      /^clusters\/demo\.lock\.json:41:3 error facts\/edited: expected the answers that `lookup` wrote, found others/,
    );
  });

  it("because it is no text is told like any other file", () => {
    const result = parseLock(file, new Uint8Array([0x7b, 0xff]), fix);
    expect(isProblems(result) && formatProblem(result[0] as Problem)).toBe(
      // one problem
      `${file}:1:2 error config/unreadable-file: expected UTF-8 text, found other bytes\n  Save the file as UTF-8.`,
    );
  });
});

describe("reading the lock file of a cluster", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "meshfront-"));
    mkdirSync(join(root, "clusters"));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it("gives what stands there", () => {
    writeFileSync(join(root, file), serialiseLock(lock));
    expect(readLock(nodeReadFileSystem, root, "demo")).toEqual(lock);
  });

  it("gives nothing where there is none", () => {
    expect(readLock(nodeReadFileSystem, root, "demo")).toBeUndefined();
  });

  it("is a problem where it is a folder", () => {
    mkdirSync(join(root, file));
    const result = readLock(nodeReadFileSystem, root, "demo");
    expect(result).toMatchObject([{ code: "facts/unreadable-file", severity: "error", file }]);
    expect(JSON.stringify(result)).not.toContain(root);
  });
});
