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
      "error config/no-clusters: expected cluster files clusters/<name>.yaml, found no folder clusters/ here\n  Run meshfront in the project's folder, or name it with --chdir.";
    expect(printed()).toBe(missing);
    writeFileSync(join(root, "clusters"), "x");
    expect(printed()).toBe(missing);
  });

  it("without a cluster file is told", () => {
    put("defaults.yaml", "README.md");
    expect(printed()).toBe(
      "error config/no-clusters: expected cluster files clusters/<name>.yaml, found none\n  Run meshfront in the project's folder, or name it with --chdir.",
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
