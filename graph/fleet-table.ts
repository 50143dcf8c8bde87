// Many clusters at a glance: one line for each, as `graph` prints it and a report shows it.
import { type ClusterGraph, firstExpiry, hostsOf } from "./cluster-graph.ts";
import type { Mark } from "./hosts.ts";

export const fleetTitles = [
  "NAME",
  "REGION",
  "ISTIO",
  "LOAD BALANCERS",
  "HOSTS",
  "WITHOUT ROUTE",
  "CONSOLES WITHOUT LOG-IN",
  "CERTIFICATES UNTIL",
] as const;

export function fleetRow(graph: ClusterGraph): readonly string[] {
  const hosts = hostsOf(graph);
  const marked = (kind: Mark["kind"]): string => {
    const found = hosts.flatMap(({ host }) => host.marks).filter((mark) => mark.kind === kind).length;
    return found === 0 ? "-" : String(found);
  };
  return [
    graph.name,
    graph.region,
    graph.istio,
    String(graph.gateways.reduce((sum, { doors }) => sum + doors.length, 0)),
    String(hosts.length),
    marked("no-route"),
    marked("console-without-log-in"),
    firstExpiry(graph) ?? "-",
  ];
}
