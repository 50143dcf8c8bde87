// `synth --keep-going`: one broken file among many.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeProject, readTree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, runMain, writtenTree } from "./program.ts";

const fleet = () =>
  writtenTree(
    clusterFile("one", ["services"]),
    clusterFile("two", ["services"]),
    clusterFile("three", ["services"]),
  );

/** All three are to change, and one of them is broken. */
function withBroken(broken: Readonly<Record<string, string>>): string {
  const root = makeProject(fleet());
  for (const name of ["one", "two", "three"])
    writeTree(root, clusterFile(name, ["services"], { hook: { timeoutSeconds: 30 } }));
  writeTree(root, broken);
  return root;
}

const hookOf = (root: string, name: string): string =>
  JSON.stringify(readTree(join(root, "dist", name), "healthcheck"));

describe("a broken file among many", () => {
  test("stops everything by default, and all problems of all files are told", async () => {
    const root = withBroken({
      "clusters/two.yaml": "cluster: {}\n",
      "clusters/three.yaml": "cluster: { name: x }\n",
    });
    const before = JSON.stringify(readTree(root, "dist"));
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(1);
    expect(stderr).toContain("clusters/two.yaml");
    expect(stderr).toContain("clusters/three.yaml");
    expect(JSON.stringify(readTree(root, "dist"))).toBe(before);
  });

  test("leaves its own output alone with --keep-going, writes the others, and ends with 1", async () => {
    const root = withBroken({ "clusters/two.yaml": "cluster: {}\n" });
    const before = Object.fromEntries(["one", "two", "three"].map((name) => [name, hookOf(root, name)]));
    const root1 = readFileSync(join(root, "argocd/two.yaml"), "utf8");
    const { code, stderr } = await runMain(root, ["synth", "--keep-going"]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("clusters/two.yaml") });
    expect(stderr).toContain("2 clusters");
    expect(stderr).toContain("1 broken cluster left alone");
    expect(hookOf(root, "two")).toBe(before.two);
    expect(readFileSync(join(root, "argocd/two.yaml"), "utf8")).toBe(root1);
    for (const name of ["one", "three"]) expect(hookOf(root, name)).not.toBe(before[name]);
  });

  test("without facts counts as broken too, and ends with 4", async () => {
    const root = withBroken({});
    writeTree(
      root,
      clusterFile("two", ["services"], {
        ingresses: { services: { hosts: ["a.example.com"], certificate: { domain: "a.example.com" } } },
      }),
    );
    rmSync(join(root, "clusters/two.lock.json"), { force: true });
    const { code, stderr } = await runMain(root, ["synth", "--keep-going"]);
    expect(code).toBe(4);
    expect(stderr).toContain("1 broken cluster left alone");
  });

  test("that is defaults.yaml is about all: nothing is written", async () => {
    const root = withBroken({ "clusters/defaults.yaml": "nonsense: 1\n" });
    const before = JSON.stringify(readTree(root, "dist"));
    expect((await runMain(root, ["synth", "--keep-going"])).code).toBe(1);
    expect(JSON.stringify(readTree(root, "dist"))).toBe(before);
  });
});
