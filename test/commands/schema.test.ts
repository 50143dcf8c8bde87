import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeProject, readTree } from "../manifests/output-tree.ts";
import { meshfront } from "./program.ts";

const committed = readFileSync(new URL("../../schema/cluster.schema.json", import.meta.url), "utf8");

describe("schema", () => {
  it("prints the JSON Schema of cluster files to stdout, as it is committed", () => {
    const { code, stdout, stderr } = meshfront(makeProject(), ["schema"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^schema: printed \(\d+ ms\)\n$/);
    expect(stdout).toBe(committed);
  });

  it("--write puts it where the first line of a cluster file points, and the schema of results beside it", () => {
    const root = makeProject();
    expect(meshfront(root, ["schema", "--write"])).toMatchObject({ code: 0, stdout: "" });
    expect(readTree(root)).toEqual({
      "schema/cluster.schema.json": meshfront(root, ["schema"]).stdout,
      "schema/result.schema.json": meshfront(root, ["schema", "result"]).stdout,
    });
  });

  it("result prints that of what --json prints, as it is committed", () => {
    const committedResult = readFileSync(new URL("../../schema/result.schema.json", import.meta.url), "utf8");
    expect(meshfront(makeProject(), ["schema", "result"])).toMatchObject({
      code: 0,
      stdout: committedResult,
    });
  });

  it("refuses another name with a suggestion", () => {
    const { code, stdout, stderr } = meshfront(makeProject(), ["schema", "clustr"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("expected one of cluster, result, found clustr\n  Did you mean cluster?");
  });

  it("--json holds it under a key", () => {
    const { stdout } = meshfront(makeProject(), ["schema", "--json"]);
    expect(JSON.parse(stdout).schema).toEqual(JSON.parse(meshfront(makeProject(), ["schema"]).stdout));
  });

  it("says so where it cannot be written: exit code 5", () => {
    const root = makeProject({ schema: "a file, not a folder" });
    const { code, stderr } = meshfront(root, ["schema", "--write"]);
    expect(code).toBe(5);
    expect(stderr).toContain("schema/cluster.schema.json error output/disk: ");
  });
});
