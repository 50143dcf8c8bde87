// Where boxes go, from left to right. What is hard about it is dagre's, which stands in this bundle alone.
import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from "@dagrejs/dagre";
import type { Box, Drawing } from "../drawing.ts";
import { type BoxText, boxText } from "./box-text.ts";

export interface PlacedBox {
  readonly box: Box;
  readonly text: BoxText;
  /** Of the upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedDrawing {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  /** Each from one column to the next: the shortest arrows are wanted, and what is drawn comes in such steps. */
  readonly arrows: readonly { readonly from: PlacedBox; readonly to: PlacedBox }[];
}

/** Between columns, for the arrows; between boxes of one column. */
const columnGap = 36;
const rowGap = 14;

export function place({ title, boxes, arrows }: Drawing, boxWidth: number): PlacedDrawing {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({ rankdir: "LR", ranksep: columnGap, nodesep: rowGap, edgesep: rowGap });
  const texts = new Map(boxes.map((box) => [box.id, boxText(box, boxWidth)]));
  for (const [id, { height }] of texts) graph.setNode(id, { width: boxWidth, height });
  for (const { from, to } of arrows) graph.setEdge(from, to, {});
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() ?? {};
  const placed = new Map(
    boxes.map((box) => [box.id, placedBox(box, boxText(box, boxWidth), graph.node(box.id))]),
  );
  return {
    title,
    width,
    height,
    boxes: [...placed.values()],
    arrows: arrows.flatMap((arrow) => {
      const [from, to] = [placed.get(arrow.from), placed.get(arrow.to)];
      return from === undefined || to === undefined ? [] : [{ from, to }];
    }),
  };
}

/** dagre tells the middle. */
function placedBox(box: Box, text: BoxText, { x = 0, y = 0, width, height }: NodeLabel): PlacedBox {
  return { box, text, x: x - width / 2, y: y - height / 2, width, height };
}
