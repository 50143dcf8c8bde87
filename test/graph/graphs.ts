// Graphs of clusters, for the tests: from what a person would write, or from a folder with cluster files.
import { fileURLToPath } from "node:url";
import { loadProject } from "../../commands/load-project.ts";
import { formatProblem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { type ClusterGraph, clusterGraph, hostsOf } from "../../graph/cluster-graph.ts";
import { clusterFile } from "../commands/program.ts";
import { makeProject, type Tree } from "../manifests/output-tree.ts";

export const checkout = fileURLToPath(new URL("../../", import.meta.url));

/** Of every cluster of a project. */
export function graphsIn(root: string): readonly ClusterGraph[] {
  const { exitCode, problems, selected } = loadProject({ disk: nodeReadFileSystem, root, words: [] });
  if (exitCode !== 0) throw new Error(problems.map(formatProblem).join("\n"));
  return selected.map(clusterGraph);
}

export function onlyGraph(root: string): ClusterGraph {
  const [graph] = graphsIn(root);
  if (graph === undefined) throw new Error("expected a cluster, found none");
  return graph;
}

const certificate = {
  arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001",
};
const subnets = { ids: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"] };

/** A door that needs no look-up. */
export const door = (...hosts: readonly string[]) => ({ hosts, certificate, subnets });

export const route = (name: string, ingress: string, hosts: readonly string[], more: object = {}) => ({
  name,
  ingress,
  hosts,
  service: { name, namespace: "apps", port: 8080 },
  ...more,
});

export const projectOf = (changes: object, files: Tree = {}): string =>
  makeProject({ ...clusterFile("demo", ["services"], changes), ...files });

/** Of a cluster with the usual door, `services`, and `changes` instead of its keys. */
export const graphOf = (changes: object, files: Tree = {}): ClusterGraph =>
  onlyGraph(projectOf(changes, files));

/** The kinds of marks by host. */
export const marksOf = (graph: ClusterGraph) =>
  Object.fromEntries(
    hostsOf(graph).map(({ host: { host, marks } }) => [host, marks.map(({ kind }) => kind)]),
  );
