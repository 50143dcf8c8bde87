import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inRepository, prefixInRepository } from "../../../commands/report/paths-in-repository.ts";
import { makeProject } from "../../manifests/output-tree.ts";

function repository(): { readonly root: string; readonly project: string } {
  const root = makeProject();
  const project = join(root, "infra/Größe b");
  mkdirSync(project, { recursive: true });
  mkdirSync(join(root, ".git"));
  return { root, project };
}

test("a project at the root of its repository has no prefix, one in a folder has that", () => {
  const { root, project } = repository();
  expect(prefixInRepository(root)).toBe("");
  expect(prefixInRepository(project)).toBe("infra/Größe b/");
});

test("a worktree and a submodule have a file .git", () => {
  const { project } = repository();
  writeFileSync(join(project, ".git"), "gitdir: ../../elsewhere\n");
  expect(prefixInRepository(project)).toBe("");
});

test("a project that is reached by a symbolic link is where it really is", () => {
  const { root, project } = repository();
  symlinkSync(project, join(root, "link"));
  expect(prefixInRepository(join(root, "link"))).toBe("infra/Größe b/");
});

test("outside of Git paths stay as they are", () => {
  expect(prefixInRepository(makeProject())).toBe("");
});

test("only relative paths get the prefix", () => {
  const { project } = repository();
  const problems = [{ file: "clusters/a.yaml" }, { file: "/tmp/b" }, {}].map(
    (place) => ({ code: "a/b", severity: "error", message: "m", ...place }) as const,
  );
  expect(inRepository(project, problems).map((problem) => ("file" in problem ? problem.file : ""))).toEqual([
    "infra/Größe b/clusters/a.yaml",
    "/tmp/b",
    "",
  ]);
});
