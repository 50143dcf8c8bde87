import { count } from "../core/count.ts";
import { textTable } from "../core/text-table.ts";
import { type ClusterGraph, clusterGraph, hostsOf } from "../graph/cluster-graph.ts";
import { fleetRow, fleetTitles } from "../graph/fleet-table.ts";
import { treeText } from "../graph/text.ts";
import { treeOf } from "../graph/tree.ts";
import { withoutAccepted } from "./accepted.ts";
import type { Command } from "./command.ts";
import { loadProject, type Project } from "./load-project.ts";
import type { GraphKeys } from "./results/graph.ts";
import { isColoured, paint, terminalOf, wrap } from "./terminal.ts";

/** What a cluster is made of and how a request goes through it. A file with a mistake is drawn as far as it is understood. */
export const graph: Command = {
  run: (input) => {
    const project = loadProject(input);
    const graphs = project.selected.map(clusterGraph);
    const json: GraphKeys = { clusters: graphs };
    return {
      exitCode: project.exitCode,
      problems: withoutAccepted(project.problems, project.selected),
      summary: summarise(graphs),
      output: textOf(project, graphs),
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
