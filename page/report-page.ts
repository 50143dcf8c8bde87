// A report as one HTML file, which loads nothing. The policy in its head lets it run its own script and style only.
import { count } from "../core/count.ts";
import { sha256Base64 } from "../core/sha256.ts";
import { fleetRow, fleetTitles } from "../graph/fleet-table.ts";
import { nameOfAgainst } from "../manifests/diff/reports/diff-report.ts";
import { changeSection } from "./change-section.ts";
import { clusterSection, idOfCluster, isMarked } from "./cluster-section.ts";
import type { PagePrograms, ReportCluster, ReportContent } from "./content.ts";
import { codesSection, findings } from "./findings.ts";
import { type Child, element, Html, markupOf } from "./html.ts";

/** More are closed at first: nobody reads them from top to bottom. */
const mostOpen = 3;

export function reportPage(content: ReportContent): string {
  const { clusters, change, programs, problems, made } = content;
  const known = new Set(clusters.map(({ graph }) => graph.name));
  const isOpen = clusters.length <= mostOpen;
  const main = element(
    "main",
    {},
    overview(clusters),
    change === undefined ? undefined : changeSection(change, known),
    problems.length === 0
      ? undefined
      : element(
          "section",
          { id: "problems" },
          element("h2", {}, "Findings on no one cluster"),
          findings(problems),
        ),
    clusters.map((cluster) => clusterSection(cluster, { made, isOpen })),
    codesSection(content),
  );
  const body = element("body", {}, header(content), main, element("script", {}, new Html(programs.script)));
  return `<!doctype html>\n${markupOf(element("html", { lang: "en" }, head(content), body))}\n`;
}

function head({ clusters, programs }: ReportContent): Html {
  const [only, ...others] = clusters.map(({ graph }) => graph.name);
  const of = only !== undefined && others.length === 0 ? only : count(clusters.length, "cluster");
  return element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    element("meta", { "http-equiv": "Content-Security-Policy", content: policyOf(programs) }),
    element("meta", { name: "viewport", content: "width=device-width" }),
    element("title", {}, `meshfront report: ${of}`),
    element("style", {}, new Html(programs.style)),
  );
}

/** By hashes: markup that somebody managed to bring in would neither run nor load. */
const policyOf = ({ style, script }: PagePrograms): string =>
  `default-src 'none'; style-src 'sha256-${sha256Base64(style)}'; script-src 'sha256-${sha256Base64(script)}'; base-uri 'none'; form-action 'none'`;

function header({ clusters, change, made, version }: ReportContent): Html {
  const against = change === undefined ? "" : `, changes since ${nameOfAgainst(change.against)}`;
  return element(
    "header",
    {},
    element("h1", {}, "meshfront report"),
    element("p", {}, `${count(clusters.length, "cluster")}${against}; ${made}, meshfront ${version}`),
    element(
      "div",
      { role: "search" },
      element("label", { for: "search" }, "Search "),
      element("input", { id: "search", type: "search", autocomplete: "off" }),
      element(
        "label",
        {},
        element("input", { id: "marked", type: "checkbox" }),
        " only with something to notice",
      ),
      element("button", { id: "toggle", type: "button" }, "Open all"),
      element("output", { id: "shown", for: "search marked" }, ""),
    ),
    element(
      "p",
      { class: "keys" },
      "Keys: ",
      key("/"),
      " search, ",
      key("Esc"),
      " all again, ",
      key("j"),
      " and ",
      key("k"),
      " next and previous cluster.",
    ),
  );
}

const key = (name: string): Html => element("kbd", {}, name);

function overview(clusters: readonly ReportCluster[]): Html {
  const titles = [...fleetTitles, "FINDINGS"];
  return element(
    "section",
    { id: "overview" },
    element("h2", {}, "Clusters"),
    element(
      "div",
      { class: "wide", role: "region", tabindex: 0, "aria-label": "Clusters" },
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
        element("tbody", {}, clusters.map(overviewRow)),
      ),
    ),
  );
}

function overviewRow(cluster: ReportCluster): Html {
  const { graph, problems } = cluster;
  const [name = "", ...cells] = fleetRow(graph);
  const found: Child = problems.length === 0 ? "-" : String(problems.length);
  return element(
    "tr",
    { "data-cluster": idOfCluster(name), class: isMarked(cluster) ? "marked" : undefined },
    element("th", { scope: "row" }, element("a", { href: `#${idOfCluster(name)}` }, name)),
    [...cells, found].map((cell) => element("td", {}, cell)),
  );
}
