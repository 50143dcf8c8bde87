// One cluster on the page: its ways and waves, the facts of AWS, and what was found.
import { daysUntil, warningDays } from "../facts/expiry.ts";
import type { Answer, LockFile } from "../facts/lock-schema.ts";
import type { Tree } from "../graph/tree.ts";
import { treeOf } from "../graph/tree.ts";
import type { ReportCluster } from "./content.ts";
import { findings } from "./findings.ts";
import { type Child, element, Html } from "./html.ts";

export const idOfCluster = (name: string): string => `cluster-${name}`;

interface SectionStyle {
  readonly made: string;
  readonly isOpen: boolean;
}

export function clusterSection(cluster: ReportCluster, { made, isOpen }: SectionStyle): Html {
  const { graph, picture, lock, problems } = cluster;
  const { text, children = [] } = treeOf(graph);
  return element(
    "details",
    { class: "cluster", id: idOfCluster(graph.name), open: isOpen, "data-marked": isMarked(cluster) },
    element("summary", {}, element("h2", {}, text)),
    element("h3", {}, "Findings"),
    findings(problems),
    picture === undefined
      ? undefined
      : [
          element("h3", {}, "Picture"),
          element(
            "div",
            { class: "picture", role: "region", tabindex: 0, "aria-label": `Picture of ${graph.name}` },
            new Html(picture),
          ),
        ],
    element("h3", {}, "Roll-out and ways"),
    treeList(children),
    element("h3", {}, "Facts of AWS"),
    factsTable(lock, graph.name, made),
  );
}

/** Whether there is something to notice. */
export const isMarked = ({ graph, problems }: ReportCluster): boolean =>
  problems.length > 0 ||
  graph.gateways.some(({ doors }) => doors.some(({ hosts }) => hosts.some(({ marks }) => marks.length > 0)));

const treeList = (trees: readonly Tree[]): Html => element("ul", { class: "tree" }, trees.map(treeItem));

const treeItem = ({ text, isMarked: isNoticed = false, children = [] }: Tree): Html =>
  element(
    "li",
    { class: isNoticed ? "marked" : undefined },
    isNoticed ? `! ${text}` : text,
    children.length === 0 ? undefined : treeList(children),
  );

function factsTable(lock: LockFile | undefined, cluster: string, made: string): Child {
  const answers = Object.entries(lock?.answers ?? {});
  if (answers.length === 0) return element("p", {}, "The lock file has none.");
  const titles = ["Question", "Answer", "Chosen as", "Until"];
  return element(
    "div",
    { class: "wide", role: "region", tabindex: 0, "aria-label": `Facts of AWS for ${cluster}` },
    element(
      "table",
      {},
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          titles.map((title) => element("th", { scope: "col" }, title)),
        ),
      ),
      element(
        "tbody",
        {},
        answers.map(([key, answer]) => factRow(key, answer, made)),
      ),
    ),
  );
}

const factRow = (key: string, answer: Answer, made: string): Html =>
  element(
    "tr",
    {},
    element("th", { scope: "row" }, key),
    element("td", {}, wordsOf(answer)),
    element("td", {}, answer.chosenBy),
    "notAfter" in answer ? untilCell(answer.notAfter, made) : element("td", {}),
  );

function wordsOf(answer: Answer): string {
  if ("subnets" in answer) return answer.subnets.map(({ id, zone }) => `${id} (${zone})`).join(", ");
  if ("webAclArn" in answer) return answer.webAclArn;
  return "arn" in answer
    ? `${answer.arn}, ${answer.keyAlgorithm}, for ${answer.names.join(", ")}`
    : answer.id;
}

/** What is over or soon will be stands out, as `check` warns of it. */
function untilCell(day: string, made: string): Html {
  const days = daysUntil(day, new Date(made));
  const words = days < 0 ? `${day}, over` : `${day}, in ${days} days`;
  return days <= warningDays ? element("td", { class: "marked" }, `! ${words}`) : element("td", {}, words);
}
