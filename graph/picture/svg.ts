// The graph as an SVG, which fits into 1280 px.

import { escapeXml } from "../../core/escape-xml.ts";
import type { ClusterGraph } from "../cluster-graph.ts";
import { type Drawing, drawingsOf } from "../drawing.ts";
import { type BoxLine, fontSize, lineHeight, padding } from "./box-text.ts";
import type { PlacedBox, PlacedDrawing } from "./layout.ts";

/** A roll-out has seven columns at most, a way six. */
const boxWidths = [136, 172] as const;
const margin = 16;
const titleHeight = 34;

export async function svg(graph: ClusterGraph): Promise<string> {
  const element = await svgElement(graph, `<style>${pictureStyle}</style>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element}\n`;
}

/** For a page that holds `pictureStyle` itself. */
export async function svgElement(graph: ClusterGraph, style = ""): Promise<string> {
  const { place } = await import("./layout.ts");
  const placed = drawingsOf(graph).map((drawing: Drawing, index) => place(drawing, boxWidths[index] ?? 172));
  const width = Math.ceil(Math.max(...placed.map((each) => each.width)) + 2 * margin);
  const height = Math.ceil(placed.reduce((sum, each) => sum + titleHeight + each.height + margin, margin));
  const id = `graph-${graph.name}`;
  const parts: string[] = [];
  let y = margin;
  for (const drawing of placed) {
    parts.push(part(drawing, y, id));
    y += titleHeight + drawing.height + margin;
  }
  const names = `role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" class="graph" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ${names}>
<title id="${id}-title">${escapeXml(`The cluster ${graph.name}`)}</title>
<desc id="${id}-desc">${escapeXml(description(graph))}</desc>
${style}<defs><marker id="${id}-tip" class="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>
<rect class="ground" width="${width}" height="${height}"/>
${parts.join("\n")}
</svg>`;
}

function description({ waves, gateways }: ClusterGraph): string {
  const hosts = gateways.flatMap(({ doors }) => doors.flatMap((door) => door.hosts));
  const marked = hosts
    .filter(({ marks }) => marks.length > 0)
    .map(({ host, marks }) => `${host}: ${marks.map(({ message }) => message).join("; ")}`);
  const all = `${waves.length} waves, ${gateways.flatMap(({ doors }) => doors).length} load balancers, ${hosts.length} hosts.`;
  return marked.length === 0 ? all : `${all} To notice: ${marked.join(". ")}.`;
}

const part = ({ title, boxes, arrows }: PlacedDrawing, y: number, id: string): string =>
  [
    `<text class="heading" x="${margin}" y="${y + fontSize + 2}">${escapeXml(title)}</text>`,
    `<g transform="translate(${margin} ${y + titleHeight})">`,
    ...arrows.map(({ from, to }) => arrowElement(from, to, id)),
    ...boxes.map(boxElement),
    "</g>",
  ].join("\n");

/** Between two columns, and so across no box. */
function arrowElement(from: PlacedBox, to: PlacedBox, id: string): string {
  const [x1, y1] = [from.x + from.width, from.y + from.height / 2];
  const [x2, y2] = [to.x, to.y + to.height / 2];
  const middle = round((x1 + x2) / 2);
  const [start, end] = [round(y1), round(y2)];
  return `<path class="arrow" marker-end="url(#${id}-tip)" d="M${round(x1)} ${start}C${middle} ${start} ${middle} ${end} ${round(x2)} ${end}"/>`;
}

function boxElement({ box, text, x, y, width, height }: PlacedBox): string {
  const mark = box.marks.length > 0 ? " marked" : "";
  const lines = text.lines.map((line, index) => lineElement(line, index));
  return `<g class="box${mark}" transform="translate(${round(x)} ${round(y)})"><rect width="${round(width)}" height="${round(height)}" rx="5"/>${lines.join("")}</g>`;
}

const lineElement = ({ text, look }: BoxLine, index: number): string =>
  `<text class="${look}" x="${padding}" y="${padding + index * lineHeight + fontSize}">${escapeXml(text)}</text>`;

const round = (number: number): number => Math.round(number * 10) / 10;

/** Contrasts of at least 4.5 to 1, in the light and in the dark. */
export const pictureStyle = `
.graph { color-scheme: light dark; font: ${fontSize}px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; max-width: 100%; }
.graph .ground { fill: #ffffff; }
.graph text { fill: #1c1f23; }
.graph .heading { font-weight: bold; }
.graph .kind { fill: #59616b; }
.graph .name { font-weight: bold; }
.graph .mark { fill: #a3160f; font-weight: bold; }
.graph .box rect { fill: #f4f6f8; stroke: #8a939e; }
.graph .box.marked rect { stroke: #c5221f; stroke-width: 2; }
.graph .arrow { fill: none; stroke: #6b747f; }
.graph .tip { fill: #6b747f; }
@media (prefers-color-scheme: dark) {
  .graph .ground { fill: #14171a; }
  .graph text { fill: #e6e9ed; }
  .graph .kind { fill: #a4adb8; }
  .graph .mark { fill: #ff9d94; }
  .graph .box rect { fill: #20252a; stroke: #6b747f; }
  .graph .box.marked rect { stroke: #ff8a80; }
  .graph .arrow { stroke: #97a1ac; }
  .graph .tip { fill: #97a1ac; }
}
`;
