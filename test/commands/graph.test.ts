import { expect, test } from "vitest";
import type { GraphKeys } from "../../commands/results/graph.ts";
import { makeProject } from "../manifests/output-tree.ts";
import { clusterFile, documentOf, goldenProject, runMain } from "./program.ts";

const fleet = () => ({
  ...clusterFile("a", ["services"]),
  ...clusterFile("b", ["services", "addons"]),
});

test("one cluster is a tree", async () => {
  const { code, stdout, stderr } = await runMain(goldenProject(), ["graph"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^demo: ap-northeast-2, Istio .*\n├─ roll-out by demo-root; /);
  expect(stderr).toMatch(/^graph: 1 cluster, \d+ hosts?/m);
});

test("a fleet is a table, and the clusters that somebody chose are trees", async () => {
  const project = makeProject(fleet());
  const table = (await runMain(project, ["graph", "-q"])).stdout.split("\n");
  expect(table[0]).toMatch(/^NAME {2}REGION {5}ISTIO/);
  expect(table[2]).toMatch(/^b {5}eu-west-1 {2}\S+ +2 +2 +2 +- +-$/);
  const { stdout } = await runMain(project, ["graph", "-q", "*"]);
  expect(stdout.match(/^[ab]: eu-west-1/gm)).toHaveLength(2);
});

test("on a terminal lines fit, and what a person should notice has a colour", async () => {
  const { stdout } = await runMain(makeProject(clusterFile("a", ["services"])), ["graph"], { columns: 72 });
  const plain = stdout.replaceAll("\u001b[33m", "").replaceAll("\u001b[0m", "");
  const tooLong = plain.split("\n").filter((line) => line.length > 72);
  expect(tooLong.filter((line) => !line.includes("arn:aws:acm"))).toEqual([]);
  expect(stdout).toContain("\u001b[33m! no route in clusters/a.yaml");
});

test("a cluster without facts is drawn as far as they are not needed", async () => {
  const file = clusterFile("a", [], {
    ingresses: { services: { hosts: ["app.example.com"], certificate: { domain: "app.example.com" } } },
  });
  const outcome = await runMain(makeProject(file), ["graph", "--json"]);
  expect(outcome.code).toBe(4);
  const document = documentOf(outcome) as unknown as GraphKeys; // its own keys
  expect(document.clusters).toMatchObject([{ name: "a", gateways: [{ doors: [{ certificates: [] }] }] }]);
});

test("a picture is of one cluster", async () => {
  const project = makeProject(fleet());
  for (const [format, start] of [
    ["svg", "<?xml "],
    ["mermaid", "flowchart LR\n"],
  ]) {
    const one = await runMain(project, ["graph", "b", "--format", format ?? ""]);
    expect(one).toMatchObject({ code: 0, stdout: expect.stringMatching(`^${start?.replace("?", "\\?")}`) });
    const two = await runMain(project, ["graph", "--format", format ?? ""]);
    expect(two).toMatchObject({ code: 1, stdout: "" });
    expect(two.stderr).toContain("error usage/one-cluster: expected one cluster to draw, found 2: a and b");
  }
});
