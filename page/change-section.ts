// What differs from a revision: consequences first, then fields, each once for all clusters that have it.
import { type DiffReport, nameOfAgainst, nameOfTotals } from "../manifests/diff/reports/diff-report.ts";
import {
  type ConsequenceEntry,
  type Entry,
  groupConsequences,
  groupFiles,
  groupObjects,
} from "../manifests/diff/reports/grouped-diff.ts";
import { headingOf, objectLines, otherFiles } from "../manifests/diff/reports/text-report.ts";
import { idOfCluster } from "./cluster-section.ts";
import { codeLink } from "./findings.ts";
import { type Child, element, type Html, prose } from "./html.ts";

export function changeSection(change: DiffReport, known: ReadonlySet<string>): Html {
  const { consequences, diff, totals, against } = change;
  const isEmpty = diff.files.length === 0;
  return element(
    "section",
    { id: "changes" },
    element("h2", {}, `Changes since ${nameOfAgainst(against)}`),
    element("p", {}, isEmpty ? "Nothing differs." : `${nameOfTotals(totals)}.`),
    isEmpty ? undefined : element("h3", {}, "What follows"),
    isEmpty ? undefined : consequenceList(groupConsequences(consequences), known),
    isEmpty ? undefined : element("h3", {}, "Fields"),
    groupObjects(diff.objects, headingOf, objectLines).map((entry) => fields(entry, known)),
    groupFiles(otherFiles(diff.files, diff.objects)).map((entry) => fields(entry, known)),
  );
}

const consequenceList = (entries: readonly ConsequenceEntry[], known: ReadonlySet<string>): Html =>
  entries.length === 0
    ? element("p", {}, "Nothing that meshfront has a rule for.")
    : element(
        "ul",
        { class: "findings" },
        entries.map(({ level, code, clusters, object, message }) =>
          element(
            "li",
            { class: `item ${level}` },
            element("strong", {}, level),
            " ",
            codeLink(code),
            ` ${object} `,
            clusterLinks(clusters, known),
            element("p", {}, prose(message)),
          ),
        ),
      );

const fields = ({ clusters, heading, lines }: Entry, known: ReadonlySet<string>): Html =>
  element(
    "article",
    { class: "item" },
    element(
      "h4",
      {},
      heading === "" ? "a file beside its objects" : heading,
      " ",
      clusterLinks(clusters, known),
    ),
    element("pre", { tabindex: 0 }, lines.join("\n")),
  );

/** Of a cluster that is gone there is no section. */
const clusterLinks = (clusters: readonly string[], known: ReadonlySet<string>): Child =>
  element(
    "span",
    { class: "clusters" },
    clusters.map((name, index) => [
      index === 0 ? "" : ", ",
      known.has(name) ? element("a", { href: `#${idOfCluster(name)}` }, name) : name,
    ]),
  );
