import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatProblem } from "../../core/problem.ts";
import {
  clusterScope,
  contentHash,
  type Inventory,
  ownsPath,
  parseInventory,
  serialiseInventory,
  sharedScope,
} from "../../manifests/inventory.ts";

const scope = clusterScope("demo");
const hash = contentHash("text");
const someInventory: Inventory = new Map([
  ["dist/demo/gateway/gateway.yaml", hash],
  ["dist/demo/applications/istiod.yaml", hash],
]);

const documentWith = (change: Record<string, unknown>): string =>
  JSON.stringify({ formatVersion: 1, generatedBy: "meshfront synth", files: {}, ...change });

function problemOf(text: string): string {
  const parsed = parseInventory(scope, text);
  return parsed.ok ? "no problem" : formatProblem(parsed.problem);
}

test("an inventory is JSON with sorted paths, nothing volatile and a final newline", () => {
  expect(serialiseInventory(someInventory)).toBe(`{
  "formatVersion": 1,
  "generatedBy": "meshfront synth",
  "files": {
    "dist/demo/applications/istiod.yaml": "${hash}",
    "dist/demo/gateway/gateway.yaml": "${hash}"
  }
}
`);
});

test("the order in which files were rendered does not reach the inventory", () => {
  const reversed = new Map([...someInventory].reverse());
  expect(serialiseInventory(reversed)).toBe(serialiseInventory(someInventory));
});

test("a hash is the SHA-256 of the file's UTF-8 bytes", () => {
  expect(contentHash("abc")).toBe("sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(contentHash("ü")).toBe(contentHash(new TextEncoder().encode("ü")));
});

test("what was serialised is parsed back, also with Windows line endings", () => {
  const text = serialiseInventory(someInventory);
  for (const written of [text, text.replaceAll("\n", "\r\n")]) {
    const parsed = parseInventory(scope, written);
    expect(parsed.ok && [...parsed.inventory].sort()).toEqual([...someInventory].sort());
  }
});

describe("an inventory with the markers of a merge", () => {
  const other = hash.replace(/.$/, hash.endsWith("0") ? "1" : "0");
  const entry = (name: string, value = hash): string => `    "dist/demo/gateway/${name}.yaml": "${value}"`;
  const around = (...lines: readonly string[]): string =>
    [
      "{",
      '  "formatVersion": 1,',
      '  "generatedBy": "meshfront synth",',
      '  "files": {',
      ...lines,
      "  }",
      "}",
      "",
    ].join("\n");
  const filesOf = (text: string): unknown => {
    const parsed = parseInventory(scope, text);
    return parsed.ok ? Object.fromEntries(parsed.inventory) : formatProblem(parsed.problem);
  };

  test("is the union of both sides, and of two hashes either counts", () => {
    const text = around(
      `${entry("a")},`,
      "<<<<<<< HEAD",
      `${entry("b")},`,
      entry("c"),
      "=======",
      `${entry("c", other)},`,
      entry("d"),
      ">>>>>>> topic",
    );
    expect(filesOf(text)).toEqual({
      "dist/demo/gateway/a.yaml": hash,
      "dist/demo/gateway/b.yaml": hash,
      "dist/demo/gateway/c.yaml": `${hash} ${other}`,
      "dist/demo/gateway/d.yaml": hash,
    });
  });

  test("says nothing by what diff3 shows of the common ancestor", () => {
    const text = around(
      "<<<<<<< HEAD",
      entry("b"),
      "||||||| 0123abc",
      entry("gone"),
      "=======",
      entry("d"),
      ">>>>>>> topic",
    );
    expect(Object.keys(filesOf(text) as object)).toEqual([
      "dist/demo/gateway/b.yaml",
      "dist/demo/gateway/d.yaml",
    ]);
  });

  test.each([
    [
      "a line that meshfront does not write",
      around("<<<<<<< HEAD", "    rm -rf,", "=======", ">>>>>>> topic"),
    ],
    ["no end of the conflict", around("<<<<<<< HEAD", entry("b"))],
    ["nothing but markers", "<<<<<<< HEAD\n=======\n>>>>>>> topic\n"],
  ])("is refused with %s", (_, text) => {
    expect(filesOf(text)).toContain("error output/inventory-malformed");
  });

  test("is refused where a side names a path outside of its folder", () => {
    const text = around("<<<<<<< HEAD", `    "clusters/demo.yaml": "${hash}"`, "=======", ">>>>>>> topic");
    expect(filesOf(text)).toContain("error output/inventory-path");
  });
});

test("an inventory of a newer meshfront is refused and says what to use", () => {
  expect(problemOf(documentWith({ formatVersion: 2, files: [] }))).toBe(
    "dist/demo/inventory.json error output/inventory-version: expected formatVersion 1, found 2: a newer meshfront wrote it\n" +
      "  Use that newer meshfront. Nothing was written.",
  );
});

describe("a malformed inventory is refused and restored from Git", () => {
  test.each([
    ["an empty file", "", "it is not a JSON object"],
    ["cut off", serialiseInventory(someInventory).slice(0, -10), "it is not a JSON object"],
    ["a list", "[]", "it is not a JSON object"],
    ["null", "null", "it is not a JSON object"],
    ["without a version", JSON.stringify({ files: {} }), "`formatVersion` is missing or unknown"],
    ["with version 0", documentWith({ formatVersion: 0 }), "`formatVersion` is missing or unknown"],
    ["with files as a list", documentWith({ files: [] }), "`files` is not a map of paths to hashes"],
    [
      "with a short hash",
      documentWith({ files: { "dist/demo/a.yaml": "sha256-12" } }),
      "the hash of dist/demo/a.yaml is not of the form sha256-<64 hex digits>",
    ],
    [
      "with a number for a hash",
      documentWith({ files: { "dist/demo/a.yaml": 1 } }),
      "the hash of dist/demo/a.yaml is not of the form sha256-<64 hex digits>",
    ],
  ])("%s", (_, text, found) => {
    expect(problemOf(text)).toBe(
      `dist/demo/inventory.json error output/inventory-malformed: expected the inventory that meshfront wrote, with nothing changed; ${found}\n` +
        "  Restore it from Git (git restore -- dist/demo/inventory.json); if Git has none, delete it. Nothing was written.",
    );
  });
});

const hostilePaths: readonly string[] = [
  "",
  "/etc/passwd",
  "../clusters/demo.yaml",
  "clusters/demo.yaml",
  "dist/other/gateway/gateway.yaml",
  "dist/demo2/gateway.yaml",
  "dist/demo",
  "dist/demo/",
  "dist/demo/../../clusters/demo.yaml",
  "dist/demo/gateway/../../../package.json",
  "dist/demo//etc",
  "dist/demo/./gateway.yaml",
  "dist/demo/..",
  "dist/demo/..\\..\\package.json",
  "dist/demo/.git/config",
  "dist/demo/-rf",
  "dist/demo/a\u0000.yaml",
  "dist/demo/a\n",
  "dist/demo/a b.yaml",
  "dist/demo/%2e%2e/a",
  "C:\\Windows",
  "argocd/demo.yaml",
  "dist/demo/inventory.json",
  "__proto__",
];

describe("an inventory that names a path outside of its folder is not followed", () => {
  test.each(hostilePaths)("%j", (path) => {
    const text = `{"formatVersion": 1, "files": {${JSON.stringify(path)}: "${hash}"}}`;
    expect(problemOf(text)).toBe(
      `dist/demo/inventory.json error output/inventory-path: expected plain paths under dist/demo/ only, found ${JSON.stringify(path)}; an inventory decides what is removed, so it is not followed\n` +
        "  Restore it from Git (git restore -- dist/demo/inventory.json); if Git has none, delete it. Nothing was written.",
    );
  });
});

test("no string is an owned path that leads out of the scope's folder", () => {
  const segment = fc.oneof(
    fc.constantFrom("..", ".", "", "dist", "demo", "argocd", "a.yaml", "inventory.json", "~", "\\"),
    fc.string({ unit: "binary" }),
  );
  const path = fc.array(segment, { maxLength: 6 }).map((segments) => segments.join("/"));
  fc.assert(
    fc.property(
      fc.oneof(
        path,
        fc.string(),
        path.map((each) => `dist/demo/${each}`),
      ),
      (candidate) => {
        if (!ownsPath(scope, candidate)) return;
        expect(new URL(`file:///root/${candidate}`).pathname).toBe(`/root/${candidate}`);
        expect(candidate.startsWith("dist/demo/")).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

test("a cluster's name that is not one plain segment makes no scope", () => {
  for (const name of ["", "..", "a/b", ".hidden", "-x"]) {
    expect(() => clusterScope(name)).toThrow("one plain path segment");
  }
});

test("the shared scope owns argocd/ and its record stands where Argo CD does not look", () => {
  expect(ownsPath(sharedScope, "argocd/demo.yaml")).toBe(true);
  expect(ownsPath(sharedScope, "dist/demo/gateway.yaml")).toBe(false);
  expect(ownsPath(sharedScope, sharedScope.inventoryPath)).toBe(false);
});
