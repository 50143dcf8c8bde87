// `npm run example` is the first thing that somebody sees: README.md shows its last lines.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { root } from "../docs/emitted.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meshfront-example-test-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const example = (into: string) =>
  spawnSync(process.execPath, [join(root, "tools/example.mjs"), into], { encoding: "utf8" });

describe("npm run example", () => {
  test("prints the consequences that README.md begins with", () => {
    const { stdout, status } = example(join(folder, "new"));
    expect(status).toBe(0);
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const shown = readme.split("\n").filter((line) => /^!!? +diff\//.test(line));
    expect(shown).toHaveLength(3);
    expect(stdout.split("\n").filter((line) => /^!!? +diff\//.test(line))).toEqual(shown);
  });

  test("shows the waves in their order, and leaves the output in the folder", () => {
    const { stdout } = example(join(folder, "new"));
    const waves = [...stdout.matchAll(/^ *(-?\d+) {2}(?:AppProject|Application) /gm)].map(([, wave]) =>
      Number(wave),
    );
    expect(waves).toEqual([...waves].sort((a, b) => a - b));
    expect(waves.length).toBeGreaterThan(7);
    expect(existsSync(join(folder, "new/dist/demo/gateway/gateway.yaml"))).toBe(true);
  });

  test("touches no folder that holds something", () => {
    writeFileSync(join(folder, "mine.txt"), "mine");
    const { stderr, status } = example(folder);
    expect(status).toBe(1);
    expect(stderr).toContain("is not empty");
    expect(existsSync(join(folder, "clusters"))).toBe(false);
  });
});
