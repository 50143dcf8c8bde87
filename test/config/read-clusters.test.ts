import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readClusterFiles } from "../../config/read-clusters.ts";
import { formatProblem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "meshfront-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const put = (...names: readonly string[]): void => {
  mkdirSync(join(root, "clusters"), { recursive: true });
  for (const name of names) writeFileSync(join(root, "clusters", name), "x");
};
const printed = (): string =>
  readClusterFiles(nodeReadFileSystem, root).problems.map(formatProblem).join("\n");

describe("the folder clusters", () => {
  it("warns of a lock file whose cluster file was renamed or removed", () => {
    put("new.yaml", "old.lock.json", "new.lock.json");
    expect(printed()).toBe(
      "clusters/old.lock.json warning config/stray-lock: expected clusters/old.yaml beside this lock file, found no such file\n" +
        "  If the cluster was renamed, rename this file too, and let `meshfront lookup` confirm it. Otherwise delete it.",
    );
  });

  it("gives its .yaml files by name, defaults.yaml apart, and nothing else", () => {
    put("b.yaml", "a.yaml", "B.yaml", "defaults.yaml", "a.lock.json", ".hidden.yaml", "README.md");
    const { files, defaults, problems } = readClusterFiles(nodeReadFileSystem, root);
    expect(files.map(({ file }) => file)).toEqual(["clusters/B.yaml", "clusters/a.yaml", "clusters/b.yaml"]);
    expect(defaults?.file).toBe("clusters/defaults.yaml");
    expect(problems).toEqual([]);
  });

  it("that is missing, or is a file, is told", () => {
    const missing =
      "error config/no-clusters: expected cluster files clusters/<name>.yaml, found no folder clusters/ here\n  Run meshfront in the project's folder or below it, or name it with --chdir; `meshfront init` begins one.";
    expect(printed()).toBe(missing);
    writeFileSync(join(root, "clusters"), "x");
    expect(printed()).toBe(missing);
  });

  it("without a cluster file is told", () => {
    put("defaults.yaml", "README.md");
    expect(printed()).toBe(
      "error config/no-clusters: expected cluster files clusters/<name>.yaml, found none\n  Run meshfront in the project's folder or below it, or name it with --chdir; `meshfront init` begins one.",
    );
  });

  it("with a file that would be ignored is told", () => {
    put("a.yaml", "b.yml", "c.YAML");
    expect(printed()).toBe(
      [
        "clusters/b.yml error config/file-ending: expected the ending .yaml, found b.yml: it would be ignored\n  Rename it.",
        "clusters/c.YAML error config/file-ending: expected the ending .yaml, found c.YAML: it would be ignored\n  Rename it.",
      ].join("\n"),
    );
  });

  const clusterFile = "cluster: { name: a }\n";
  const kustomization = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
  const putText = (name: string, text: string): void => {
    mkdirSync(join(root, "clusters"), { recursive: true });
    writeFileSync(join(root, "clusters", name), text);
  };

  it("with files of other tools is read without them, and one warning names them all", () => {
    putText("a.yaml", clusterFile);
    putText("kustomization.yaml", kustomization);
    putText("kustomization.yml", kustomization);
    putText("values.yaml", "image: nginx\n");
    expect(readClusterFiles(nodeReadFileSystem, root).files.map(({ file }) => file)).toEqual([
      "clusters/a.yaml",
    ]);
    expect(printed()).toBe(
      "warning config/foreign-file: expected cluster files with the root key cluster, found 3 files without it: clusters/kustomization.yaml, clusters/kustomization.yml, clusters/values.yaml; left alone\n  A file of another tool may stay. A cluster file begins with `cluster:`.",
    );
  });

  it("with files of other tools alone has no cluster file", () => {
    putText("kustomization.yaml", kustomization);
    expect(printed()).toContain("error config/no-clusters");
  });

  it.each([
    ["a mistake in the key cluster", "clutser: { name: b }\nrepository: {}\n"],
    ["nothing but another key of ours", "ingresses: {}\n"],
    ["JSON, which is YAML too", '{ "cluster": { "name": "b" } }'],
    ["a tab", "cluster:\n\tname: b\n"],
  ])("with %s is one of ours, and not left alone", (_, text) => {
    putText("a.yaml", clusterFile);
    putText("b.yaml", text);
    expect(readClusterFiles(nodeReadFileSystem, root).files).toHaveLength(2);
  });

  it("with a folder in the place of a file is told, and the rest is read", () => {
    put("a.yaml");
    mkdirSync(join(root, "clusters/b.yaml"));
    expect(printed()).toBe(
      "clusters/b.yaml error config/unreadable-file: expected a readable file: EISDIR: illegal operation on a directory, read\n  Check its permissions.",
    );
    expect(readClusterFiles(nodeReadFileSystem, root).files.map(({ file }) => file)).toEqual([
      "clusters/a.yaml",
    ]);
  });

  it("with a link that leads nowhere is told without the path on this machine", () => {
    put("a.yaml");
    symlinkSync(join(root, "gone"), join(root, "clusters/b.yaml"));
    expect(printed()).toBe(
      "clusters/b.yaml error config/unreadable-file: expected a readable file: ENOENT: no such file or directory\n  Check its permissions.",
    );
  });

  it.skipIf(process.getuid?.() === 0)("with a file that may not be read is told", () => {
    put("a.yaml", "b.yaml");
    chmodSync(join(root, "clusters/b.yaml"), 0o000);
    expect(printed()).toContain(
      "clusters/b.yaml error config/unreadable-file: expected a readable file: EACCES",
    );
  });
});
