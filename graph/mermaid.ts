// The graph in Mermaid's language, for Markdown: `flowchart`, https://mermaid.js.org/syntax/flowchart.html, 2026-12-01.
import type { ClusterGraph } from "./cluster-graph.ts";
import { type Box, type Drawing, drawingsOf } from "./drawing.ts";

export function mermaid(graph: ClusterGraph): string {
  const drawings = drawingsOf(graph);
  const numbers = new Map(drawings.flatMap(({ boxes }) => boxes).map(({ id }, index) => [id, `n${index}`]));
  const numberOf = (id: string): string => numbers.get(id) ?? "n";
  return [
    "flowchart LR",
    ...drawings.flatMap((drawing, index) => subgraph(drawing, index, numberOf)),
    "  classDef marked stroke:#b3261e,stroke-width:3px",
    "",
  ].join("\n");
}

function subgraph(
  { title, boxes, arrows }: Drawing,
  index: number,
  numberOf: (id: string) => string,
): readonly string[] {
  return [
    `  subgraph part${index}["${escaped(title)}"]`,
    "    direction LR",
    ...boxes.map((box) => `    ${numberOf(box.id)}["${labelOf(box)}"]${classOf(box)}`),
    ...arrows.map(({ from, to }) => `    ${numberOf(from)} --> ${numberOf(to)}`),
    "  end",
  ];
}

const labelOf = ({ kind, name, lines, marks }: Box): string =>
  [`${kind} ${name}`, ...lines, ...marks.map((mark) => `! ${mark}`)].map(escaped).join("<br/>");

const classOf = ({ marks }: Box): string => (marks.length === 0 ? "" : ":::marked");

/** Whatever may mean something to Mermaid, to Markdown in it or to HTML, by its number: `#42;` is an asterisk there. */
const escaped = (text: string): string =>
  text.replace(/[^A-Za-z0-9 .,:/!()>-]|--+>?/gu, (part) =>
    [...part].map((character) => `#${character.codePointAt(0)};`).join(""),
  );
