import { count } from "../core/count.ts";
import { listed } from "../core/listed.ts";
import type { Problem } from "../core/problem.ts";
import { textTable } from "../core/text-table.ts";
import { type ClusterGraph, clusterGraph, hostsOf } from "../graph/cluster-graph.ts";
import { fleetRow, fleetTitles } from "../graph/fleet-table.ts";
import { mermaid } from "../graph/mermaid.ts";
import { treeText } from "../graph/text.ts";
import { treeOf } from "../graph/tree.ts";
import { withoutAccepted } from "./accepted.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { loadProject, type Project } from "./load-project.ts";
import type { GraphKeys } from "./results/graph.ts";
import { isColoured, paint, terminalOf, wrap } from "./terminal.ts";

/** What a cluster is made of and how a request goes through it. A file with a mistake is drawn as far as it is understood. */
export const graph: Command = {
  run: async (input) => {
    const { options } = input;
    const project = loadProject(input);
    const graphs = project.selected.map(clusterGraph);
    const json: GraphKeys = { clusters: graphs };
    const isPicture = options.format === "mermaid" || options.format === "svg";
    if (isPicture && graphs.length > 1)
      return { exitCode: exitCodes.invalid, problems: [tooMany(graphs)], summary: "nothing drawn" };
    return {
      exitCode: project.exitCode,
      problems: withoutAccepted(project.problems, project.selected),
      summary: summarise(graphs),
      output: isPicture ? await pictureOf(graphs, options.format) : textOf(project, graphs),
      json,
    };
  },
};

function summarise(graphs: readonly ClusterGraph[]): string {
  const hosts = graphs.flatMap(hostsOf);
  const marks = hosts.flatMap(({ host }) => host.marks);
  const noticed = marks.length === 0 ? "" : `, ${count(marks.length, "thing")} to notice`;
  return `${count(graphs.length, "cluster")}, ${count(hosts.length, "host")}${noticed}`;
}

const tooMany = (graphs: readonly ClusterGraph[]): Problem => ({
  code: "usage/one-cluster",
  severity: "error",
  message: `expected one cluster to draw, found ${graphs.length}: ${listed(graphs.map(({ name }) => name))}`,
  suggestion: "Name one. Text and --json take many.",
});

async function pictureOf([graph]: readonly ClusterGraph[], format: unknown): Promise<string> {
  if (graph === undefined) return "";
  if (format === "mermaid") return mermaid(graph);
  const { svg } = await import("../graph/picture/svg.ts");
  return svg(graph);
}

/** Trees of the clusters that somebody chose; of a fleet that nobody chose from, a table. */
function textOf({ isWhole }: Project, graphs: readonly ClusterGraph[]): string {
  if (isWhole && graphs.length > 1) return textTable([fleetTitles, ...graphs.map(fleetRow)]);
  const { stdout } = process;
  const style = {
    width: stdout.isTTY ? terminalOf(stdout).width : Number.POSITIVE_INFINITY, // somebody may search a pipe
    emphasise: (text: string) => (isColoured(stdout) ? paint(text, "yellow") : text),
    wrap,
  };
  return graphs.map((each) => treeText(treeOf(each), style)).join("\n");
}
