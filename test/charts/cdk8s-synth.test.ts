import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { goldenCases } from "../golden/golden-cases.ts";
import { lostKeys } from "../imports/key-loss.ts";
import { apiObjectsOf, comparable, synthesised } from "./cdk8s-output.ts";
import { loadOutputs, parse } from "./output.ts";

describe.each(goldenCases)("the objects of the golden case $name", ({ root }) => {
  it("in the text are those that cdk8s itself writes", () => {
    const folder = mkdtempSync(join(tmpdir(), "meshfront-cdk8s-"));
    try {
      const outputs = loadOutputs(root);
      const apps = outputs.flatMap((output) => output.apps);
      const written = apps.flatMap((app, index) => synthesised(app, join(folder, String(index))));
      const texts = outputs.flatMap(({ files }) => files.map(({ text }) => text));
      expect(comparable(texts.flatMap(parse))).toEqual(comparable(written));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("have every key that the constructs were given", () => {
    const objects = loadOutputs(root).flatMap(apiObjectsOf);
    const lost = objects.flatMap((object) => lostKeys(object).map((key) => `${object.node.path}: ${key}`));
    expect(lost).toEqual([]);
  });
});
