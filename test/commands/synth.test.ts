import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { modificationTimes, readTree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, documentOf, goldenProject, newProject, runMain, writtenProject } from "./program.ts";

const summaryLine = (text: string) => new RegExp(`^synth: ${text} \\(\\d+ ms\\)\\n$`);

describe("synth", () => {
  it("writes everything on a first run", async () => {
    const root = newProject();
    const { code, stdout, stderr } = await runMain(root, ["synth"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(summaryLine("1 cluster, 14 files written, 0 unchanged, 0 removed"));
    expect(readTree(root)).toEqual(readTree(goldenProject()));
  });

  it("touches nothing when nothing changed", async () => {
    const root = goldenProject();
    const before = modificationTimes(root);
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(summaryLine("1 cluster, 0 files written, 14 unchanged, 0 removed"));
    expect(modificationTimes(root)).toEqual(before);
  });

  it("puts back what was edited by hand, and says so", async () => {
    const root = goldenProject();
    appendFileSync(join(root, "dist/demo/gateway/gateway.yaml"), "# a note\n");
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(0);
    expect(stderr).toContain("restoring dist/demo/gateway/gateway.yaml: it was edited by hand\n");
    expect(readTree(root)).toEqual(readTree(goldenProject()));
  });

  it("leaves a file that it did not write alone, and warns", async () => {
    const root = goldenProject();
    writeTree(root, { "dist/demo/gateway/note.yaml": "mine: true\n" });
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(0);
    expect(stderr).toContain("dist/demo/gateway/note.yaml warning output/foreign-file: ");
    expect(readTree(root)["dist/demo/gateway/note.yaml"]).toBe("mine: true\n");
  });

  it("refuses to write over a file that it did not write", async () => {
    const root = newProject();
    writeTree(root, { "argocd/demo.yaml": "mine: true\n" });
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(1);
    expect(stderr).toContain("argocd/demo.yaml error output/blocked: ");
    expect(Object.keys(readTree(root)).filter((path) => !path.startsWith("clusters/"))).toEqual([
      "argocd/demo.yaml",
    ]);
  });

  it("writes nothing where an object would be one that the API server refuses, and says where in it", async () => {
    const root = newProject();
    // What a person may put into Helm values is Istio's business; here it becomes the name of a Service.
    appendFileSync(
      join(root, "clusters/demo.yaml"),
      "gateways: { ingress: { values: { name: My_Edge } } }\n",
    );
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^dist\/demo\/ingress-services\/ingress\.yaml:\d+:\d+ error manifest\/schema: Ingress ingress-services, spec\.rules\[0\]\.http\.paths\[0\]\.backend\.service\.name: expected a DNS label .+, found "My_Edge"$/m,
    );
    expect(Object.keys(readTree(root)).filter((path) => !path.startsWith("clusters/"))).toEqual([]);
  });

  it("--dry-run lists on stdout what it would write and remove, and writes nothing", async () => {
    const root = goldenProject();
    rmSync(join(root, "dist/demo/gateway/gateway.yaml"));
    const before = modificationTimes(root);
    const { code, stdout, stderr } = await runMain(root, ["synth", "--dry-run"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "write dist/demo/gateway/gateway.yaml (missing)\n" });
    expect(stderr).toMatch(
      summaryLine("1 cluster, 1 file written, 13 unchanged, 0 removed; dry run, nothing written"),
    );
    expect(modificationTimes(root)).toEqual(before);
  });

  it("--json prints one document with stable keys and nothing else", async () => {
    const root = goldenProject();
    rmSync(join(root, "dist/demo/gateway/gateway.yaml"));
    const outcome = await runMain(root, ["synth", "--json"]);
    expect(outcome.stderr).toBe("");
    expect(documentOf(outcome)).toEqual({
      command: "synth",
      exitCode: 0,
      summary: "1 cluster, 1 file written, 13 unchanged, 0 removed",
      durationMs: expect.any(Number),
      problems: [],
      applied: true,
      written: [{ path: "dist/demo/gateway/gateway.yaml", reason: "missing" }],
      removed: [],
      unchanged: 13,
      dropped: [],
    });
  });

  it("--quiet says nothing when there is no problem", async () => {
    expect(await runMain(newProject(), ["synth", "--quiet"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await runMain(newProject(), ["synth", "-q"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it("--chdir works on another folder", async () => {
    const root = newProject();
    expect((await runMain("/", ["synth", "--chdir", root])).code).toBe(0);
    expect(readTree(root)).toEqual(readTree(goldenProject()));
  });
});

describe("synth with names of clusters", () => {
  const fleet = () => writtenProject(clusterFile("north", ["web"]), clusterFile("south", ["web"]));

  it("writes those clusters only", async () => {
    const root = fleet();
    const before = readTree(root);
    writeTree(
      root,
      clusterFile("north", ["web"], { gateways: { ingress: { name: "new-name" } }, argocd: {} }),
    );
    writeTree(
      root,
      clusterFile("south", ["web"], { gateways: { ingress: { name: "new-name" } }, argocd: {} }),
    );
    const { code } = await runMain(root, ["synth", "south", "--allow-removal"]);
    expect(code).toBe(0);
    const changed = Object.entries(readTree(root)).filter(([path, text]) => before[path] !== text);
    expect(changed.map(([path]) => path).filter((path) => !path.startsWith("clusters/"))).toEqual([
      "dist/south/gateway/gateway.yaml",
      "dist/south/inventory.json",
    ]);
  });

  it("is not held up by a broken file of another cluster, unlike a run over all", async () => {
    const root = fleet();
    const broken = { "clusters/north.yaml": "cluster: [not a map\n" };
    writeTree(root, broken);
    rmSync(join(root, "dist/south/gateway/gateway.yaml"));
    expect((await runMain(root, ["synth"])).code).toBe(1);
    expect(readTree(root)).not.toHaveProperty(["dist/south/gateway/gateway.yaml"]);
    const { code, stderr } = await runMain(root, ["synth", "south"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^synth: 1 cluster, 1 file written, .*\n$/);
    expect(readTree(root)).toHaveProperty(["dist/north/gateway/gateway.yaml"]);
    expect(readTree(root)).toHaveProperty(["argocd/north.yaml"]);
  });

  it("refuses a name without a file, and suggests the nearest", async () => {
    const { code, stderr } = await runMain(fleet(), ["synth", "sout"]);
    expect(code).toBe(1);
    expect(stderr).toContain("error usage/unknown-cluster: expected the name of a cluster, found sout");
    expect(stderr).toContain("Did you mean south?");
  });
});

describe("synth does not start from", () => {
  it("a folder without cluster files", async () => {
    const root = newProject();
    rmSync(join(root, "clusters"), { recursive: true });
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(1);
    expect(stderr).toContain("error config/no-clusters: ");
    expect(stderr).toMatch(/synth: nothing written \(\d+ ms\)\n$/);
  });

  it("an invalid configuration: every problem is told with its place, and nothing is written", async () => {
    const root = goldenProject();
    writeTree(root, clusterFile("demo", ["web"], { gatway: {}, istio: { version: "latest" } }));
    const before = modificationTimes(root);
    const { code, stdout, stderr } = await runMain(root, ["synth"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.match(/^clusters\/demo\.yaml:\d+:\d+ error /gm)).toHaveLength(2);
    expect(modificationTimes(root)).toEqual(before);
  });

  it("missing facts: exit code 4, and the command that gets them", async () => {
    const root = goldenProject();
    rmSync(join(root, "clusters/demo.lock.json"));
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(4);
    expect(stderr).toContain("meshfront lookup demo");
  });
});
