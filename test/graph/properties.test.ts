// What holds for the graph of every valid cluster file.
import fc from "fast-check";
import { expect, test } from "vitest";
import { graphResult } from "../../commands/results/graph.ts";
import { wrap } from "../../commands/terminal.ts";
import { type ClusterGraph, clusterGraph, hostsOf } from "../../graph/cluster-graph.ts";
import { drawingsOf } from "../../graph/drawing.ts";
import { mermaid } from "../../graph/mermaid.ts";
import { place } from "../../graph/picture/layout.ts";
import { treeText } from "../../graph/text.ts";
import { treeOf } from "../../graph/tree.ts";
import { clusterFiles } from "../charts/cluster-files.ts";
import { outputOfInput } from "../charts/configurations.ts";

const { clusters } = graphResult.def.shape;

const holds = (check: (graph: ClusterGraph) => void): void =>
  fc.assert(
    fc.property(clusterFiles, (input) => {
      const { config } = outputOfInput(input);
      check(clusterGraph({ config, facts: new Map(), lock: undefined, ownObjects: new Map() }));
    }),
    { numRuns: 15 },
  );

test("it has the shape that --json promises, and each host of each door once", () => {
  holds((graph) => {
    expect(clusters.parse([graph])).toEqual([graph]);
    const hosts = hostsOf(graph).map(({ door, host }) => `${door.key} ${host.host}`);
    expect(new Set(hosts).size).toBe(hosts.length);
  });
});

test("each form names every Application, load balancer and host", () => {
  holds((graph) => {
    const named = [
      ...graph.waves.flatMap(({ applications }) => applications.map(({ name }) => name)),
      ...hostsOf(graph).flatMap(({ door, host }) => [door.loadBalancer, host.host]),
    ];
    const style = { width: Number.POSITIVE_INFINITY, emphasise: (text: string) => text, wrap };
    const tree = treeText(treeOf(graph), style);
    const chart = mermaid(graph).replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
    for (const text of [tree, chart]) expect(named.filter((name) => !text.includes(name))).toEqual([]);
  });
});

test("an arrow of a picture leads from one column to the next, and no column is beyond 1280 px", () => {
  holds((graph) => {
    for (const [index, drawing] of drawingsOf(graph).entries()) {
      const boxWidth = index === 0 ? 136 : 172;
      const { arrows, width } = place(drawing, boxWidth);
      const gaps = arrows.map(({ from, to }) => Math.round(to.x - from.x - boxWidth));
      expect(gaps.filter((gap) => gap !== 36)).toEqual([]);
      expect(width).toBeLessThanOrEqual(1280 - 32);
    }
  });
});
