import { readdirSync, readFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { JsonObject } from "../../core/json.ts";
import packageJson from "../../package.json" with { type: "json" };
import { freshOutput, goldenCases } from "../golden/golden-cases.ts";
import { makeProject, type Tree } from "../manifests/output-tree.ts";
import { outputWith } from "./configurations.ts";
import { reversedKeys } from "./reversed-keys.ts";

/** The cluster files and lock files of a project, as JSON (which is YAML), with reversed keys. */
function reversedClusters(root: string): Tree {
  const names = readdirSync(join(root, "clusters")).filter((name) => /\.(?:yaml|json)$/.test(name));
  const texts = names.map((name) => readFileSync(join(root, "clusters", name), "utf8"));
  return Object.fromEntries(
    texts.map((text, index) => [
      `clusters/${names[index]}`,
      `${JSON.stringify(reversedKeys(parse(text)), null, 2)}\n`,
    ]),
  );
}

describe.each(goldenCases)("the output of the golden case $name", (golden) => {
  it("has the same bytes whatever the order of keys in cluster files and lock files", () => {
    const root = makeProject(reversedClusters(golden.root));
    expect(freshOutput({ ...golden, root })).toEqual(freshOutput(golden));
  });

  it("names no folder, host or user of the machine, no date of today and no version of meshfront", () => {
    const texts = Object.entries(freshOutput(golden));
    const today = new Date().toISOString().slice(0, 10);
    const words = [
      process.cwd(),
      tmpdir(),
      `/${userInfo().username}/`,
      today,
      `meshfront ${packageJson.version}`,
    ];
    // A machine may well be called like something in a cluster file.
    const hosts = hostname().length > 8 ? [hostname()] : [];
    const found = texts.flatMap(([path, text]) =>
      [...words, ...hosts].filter((word) => text.includes(word)).map((word) => `${path}: ${word}`),
    );
    expect(found).toEqual([]);
  });
});

describe("the output with everything that a map in the configuration can hold", () => {
  const changes: JsonObject = {
    hook: {
      nodeSelector: { zone: "a", arch: "arm64" },
      tolerations: [{ key: "dedicated", operator: "Equal", value: "hooks", effect: "NoSchedule" }],
      resources: { requests: { cpu: "20m", memory: "32Mi" }, limits: { memory: "64Mi", cpu: "1" } },
    },
  };

  it("has the same bytes whatever the order of its keys, the hash of the hook included", () => {
    const texts = (input: JsonObject) => outputWith(input).files.map(({ path, text }) => [path, text]);
    expect(texts(reversedKeys(changes))).toEqual(texts(changes));
  });
});
