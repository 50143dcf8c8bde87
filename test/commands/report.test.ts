import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sha256Base64 } from "../../core/sha256.ts";
import { makeProject, readTree } from "../manifests/output-tree.ts";
import { clusterFile, demoTree, goldenProject, runMain } from "./program.ts";
import { repositoryOf } from "./repository.ts";

test("the page goes to stdout, or into a file where the person stands", async () => {
  const project = makeProject(demoTree());
  const { code, stdout } = await runMain(project, ["report", "-q"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^<!doctype html>\n<html lang="en">.*<\/html>\n$/s);
  const before = Object.keys(readTree(project));
  const written = await runMain(project, ["report", "--out", "dist/r.html"]);
  expect(written).toMatchObject({ code: 0, stdout: "" });
  expect(written.stderr).toMatch(/^report: 1 cluster, 0 findings; dist\/r\.html written/m);
  expect(readFileSync(join(project, "dist/r.html"), "utf8")).toBe(stdout);
  expect(Object.keys(readTree(project)).filter((path) => !before.includes(path))).toEqual(["dist/r.html"]);
});

test("the page may run its own style and script, and load nothing", async () => {
  const { stdout } = await runMain(goldenProject(), ["report", "-q"]);
  const [, policy = ""] = /Content-Security-Policy" content="([^"]*)"/.exec(stdout) ?? [];
  const own = (name: string) => {
    const all = [...stdout.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))];
    return all.map(([, text = ""]) => `${name}-src &#39;sha256-${sha256Base64(text)}&#39;`);
  };
  const [style, script] = [own("style"), own("script")];
  expect([style, script]).toMatchObject([[expect.any(String)], [expect.any(String)]]);
  expect(policy.split("; ")).toEqual([
    "default-src &#39;none&#39;",
    ...style,
    ...script,
    "base-uri &#39;none&#39;",
    "form-action &#39;none&#39;",
  ]);
  expect(stdout).not.toMatch(/ (?:src|href|style|on\w+)="(?!#)/);
});

test("findings are those of check, under their cluster, with what their codes mean", async () => {
  const project = makeProject({ ...clusterFile("a", ["services"]), ...clusterFile("b", ["services"]) });
  const { stdout } = await runMain(project, ["report", "-q"]);
  const sections = stdout.split(/(?=<details )/);
  const missing = 'href="#code-output-missing"';
  expect(sections.map((section) => section.includes(missing))).toEqual([true, true, true]);
  expect(stdout).toMatch(/<article id="code-output-missing"><h3>output\/missing<\/h3><p>\S/);
});

test("a mistake in a file is in the report of what is understood, and its exit code that of check", async () => {
  const project = makeProject({ ...clusterFile("a", ["services"]), "clusters/b.yaml": "cluster: {}\n" });
  const { code, stdout } = await runMain(project, ["report", "-q"]);
  expect(code).toBe(1);
  expect(stdout).toContain('id="cluster-a"');
  expect(stdout).toContain("Findings on no one cluster");
  expect(stdout).toContain("clusters/b.yaml:1:");
});

test("the difference to a revision is in it, or an error where there is none", async () => {
  const root = repositoryOf(makeProject(demoTree()));
  const same = await runMain(root, ["report", "-q", "--against", "HEAD"]);
  expect(same.stdout).toMatch(/<h2>Changes since HEAD \([0-9a-f]{12}\)<\/h2><p>Nothing differs\./);
  const none = await runMain(root, ["report", "--against", "nowhere"]);
  expect(none).toMatchObject({ code: 5, stdout: "" });
  expect(none.stderr).toContain("nothing written");
});

test("a file that cannot be written is an error of the disk", async () => {
  const { code, stderr } = await runMain(goldenProject(), ["report", "--out", "nowhere/r.html"]);
  expect(code).toBe(5);
  expect(stderr).toContain("error output/disk: cannot use nowhere/r.html");
});

test("there are pictures of ten clusters at most", async () => {
  const files = Array.from({ length: 11 }, (_, index) => clusterFile(`c${index}`, ["services"]));
  const project = makeProject(Object.assign({}, ...files));
  const pictures = async (...args: readonly string[]) =>
    (await runMain(project, ["report", "-q", ...args])).stdout.match(/<svg /g)?.length ?? 0;
  expect(await pictures()).toBe(0);
  expect(await pictures("c1", "c2")).toBe(2);
});
