import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeProject, readTree } from "../manifests/output-tree.ts";
import { runMain } from "./program.ts";

const committed = readFileSync(new URL("../../schema/cluster.schema.json", import.meta.url), "utf8");

describe("schema", () => {
  it("prints the JSON Schema of cluster files to stdout, as it is committed", async () => {
    const { code, stdout, stderr } = await runMain(makeProject(), ["schema"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^schema: printed \(\d+ ms\)\n$/);
    expect(stdout).toBe(committed);
  });

  it("--write puts it where the first line of a cluster file points, and those of defaults.yaml and of results beside it", async () => {
    const root = makeProject();
    expect(await runMain(root, ["schema", "--write"])).toMatchObject({ code: 0, stdout: "" });
    const written = Object.entries(readTree(root)).map(([path, text]) => [
      path,
      Buffer.from(text, "latin1").toString(), // as readTree reads it
    ]);
    expect(Object.fromEntries(written)).toEqual({
      "schema/cluster.schema.json": (await runMain(root, ["schema"])).stdout,
      "schema/defaults.schema.json": (await runMain(root, ["schema", "defaults"])).stdout,
      "schema/result.schema.json": (await runMain(root, ["schema", "result"])).stdout,
    });
  });

  it("result prints that of what --json prints, as it is committed", async () => {
    const committedResult = readFileSync(new URL("../../schema/result.schema.json", import.meta.url), "utf8");
    expect(await runMain(makeProject(), ["schema", "result"])).toMatchObject({
      code: 0,
      stdout: committedResult,
    });
  });

  it("refuses another name with a suggestion", async () => {
    const { code, stdout, stderr } = await runMain(makeProject(), ["schema", "clustr"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(
      "expected one of cluster, defaults, result, found clustr\n  Did you mean cluster?",
    );
  });

  it("--json holds it under a key", async () => {
    const { stdout } = await runMain(makeProject(), ["schema", "--json"]);
    expect(JSON.parse(stdout).schema).toEqual(JSON.parse((await runMain(makeProject(), ["schema"])).stdout));
  });

  it("says so where it cannot be written: exit code 5", async () => {
    const root = makeProject({ schema: "a file, not a folder" });
    const { code, stderr } = await runMain(root, ["schema", "--write"]);
    expect(code).toBe(5);
    expect(stderr).toContain("schema/cluster.schema.json error output/disk: ");
  });
});
