import { appendFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { modificationTimes, readTree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, documentOf, goldenProject, meshfront, newProject, writtenProject } from "./program.ts";

const gateway = "dist/demo/gateway/gateway.yaml";

/** Each change that a checkout may have suffered, and what check says of it. */
const changes: readonly (readonly [what: string, change: (root: string) => void, says: string])[] = [
  [
    "a missing file",
    (root) => rmSync(join(root, gateway)),
    `${gateway} error output/different: expected what synth would write; the file was deleted`,
  ],
  [
    "a file edited by hand",
    (root) => appendFileSync(join(root, gateway), "# a note\n"),
    "the file was edited by hand",
  ],
  [
    "a configuration that changed since",
    (root) => appendFileSync(join(root, "clusters/demo.yaml"), "gateway: { hosts: ['*.example.com'] }\n"),
    "the file is out of date",
  ],
  [
    "a file that nobody wrote and Argo CD would apply",
    (root) => writeTree(root, { "dist/demo/gateway/mine.yaml": "mine: true\n" }),
    "dist/demo/gateway/mine.yaml warning output/foreign-file: ",
  ],
  [
    "the rest of an interrupted run",
    (root) => writeTree(root, { "dist/demo/gateway/.abc-1.meshfront-tmp": "half a f" }),
    "is the rest of an interrupted run",
  ],
  [
    "a missing inventory",
    (root) => rmSync(join(root, "dist/demo/inventory.json")),
    "dist/demo/inventory.json error ",
  ],
  [
    "an output that is not there at all",
    (root) => rmSync(join(root, "dist"), { recursive: true }),
    "the file is missing",
  ],
  [
    "Windows line endings",
    (root) => {
      const text = readTree(root)[gateway] ?? "";
      writeTree(root, { [gateway]: text.replaceAll("\n", "\r\n") });
    },
    "has other line endings",
  ],
];

describe("check", () => {
  it("accepts what synth wrote", () => {
    const { code, stdout, stderr } = meshfront(goldenProject(), ["check"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^check: 13 files are what synth would write \(\d+ ms\)\n$/);
  });

  it.each(changes)("notices %s with exit code 2, and writes nothing", (_, change, says) => {
    const root = goldenProject();
    change(root);
    const before = modificationTimes(root);
    const { code, stdout, stderr } = meshfront(root, ["check"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr).toMatch(/\ncheck: the committed output differs from what synth would write \(\d+ ms\)\n$/);
    expect(modificationTimes(root)).toEqual(before);
  });

  it("notices the output of a cluster that has no file any more", () => {
    const root = writtenProject(clusterFile("demo", ["web"]), clusterFile("second", ["web"]));
    renameSync(join(root, "clusters/second.yaml"), join(root, "second.yaml"));
    const { code, stderr } = meshfront(root, ["check"]);
    expect(code).toBe(2);
    expect(stderr).toContain("dist/second/applications/project.yaml error output/different: ");
    expect(stderr).toContain("argocd/second.yaml error output/different: ");
  });

  it("looks at the named clusters only", () => {
    const root = writtenProject(clusterFile("demo", ["web"]), clusterFile("second", ["web"]));
    rmSync(join(root, "dist/second/gateway/gateway.yaml"));
    expect(meshfront(root, ["check", "demo"]).code).toBe(0);
    expect(meshfront(root, ["check", "second"]).code).toBe(2);
  });

  it("compares nothing where the configuration is invalid", () => {
    const root = newProject();
    writeTree(root, { "clusters/demo.yaml": "cluster: {}\n" });
    const { code, stderr } = meshfront(root, ["check"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/check: not compared \(\d+ ms\)\n$/);
  });

  it("fails with exit code 1 where an object would be one that the API server refuses", () => {
    const root = goldenProject();
    appendFileSync(join(root, "clusters/demo.yaml"), "istio: { gateway: { values: { name: My_Edge } } }\n");
    const { code, stderr } = meshfront(root, ["check"]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "dist/demo/ingress-services/ingress.yaml error manifest/schema: Ingress ingress-services, ",
    );
    expect(stderr).toMatch(/check: the output would be wrong \(\d+ ms\)\n$/);
  });

  it("--json prints the same as one document", () => {
    const root = goldenProject();
    rmSync(join(root, gateway));
    const outcome = meshfront(root, ["check", "--json"]);
    expect(outcome.stderr).toBe("");
    expect(documentOf(outcome)).toMatchObject({
      command: "check",
      exitCode: 2,
      problems: [{ code: "output/different", severity: "error", file: gateway }],
    });
  });
});
