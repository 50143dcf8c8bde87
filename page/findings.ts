// Problems with a link to what their codes mean.
import type { Problem } from "../core/problem.ts";
import type { ReportContent } from "./content.ts";
import { type Child, element, type Html, prose } from "./html.ts";

export const findings = (problems: readonly Problem[]): Child =>
  problems.length === 0
    ? element("p", {}, "Nothing was found.")
    : element("ul", { class: "findings" }, problems.map(finding));

function finding({ severity, code, message, suggestion, ...place }: Problem): Html {
  const where = [place.file, place.line, place.column].filter((part) => part !== undefined).join(":");
  return element(
    "li",
    { class: severity },
    element("strong", {}, severity),
    " ",
    codeLink(code),
    where === "" ? "" : [" in ", element("span", { class: "place" }, where)],
    element("p", {}, prose(message)),
    suggestion === undefined ? undefined : element("p", { class: "advice" }, prose(suggestion)),
  );
}

export const codeLink = (code: string): Html => element("a", { href: `#${idOfCode(code)}` }, code);

const idOfCode = (code: string): string => `code-${code.replace("/", "-")}`;

/** Each code that the page names, once. */
export function codesSection({ clusters, problems, change, explanations }: ReportContent): Child {
  const codes = [
    ...problems.map(({ code }) => code),
    ...clusters.flatMap((cluster) => cluster.problems.map(({ code }) => code)),
    ...(change?.consequences ?? []).map(({ code }) => code),
  ];
  const used = [...new Set(codes)].sort();
  if (used.length === 0) return undefined;
  return element(
    "section",
    { id: "codes" },
    element("h2", {}, "What the codes mean"),
    used.map((code) => explained(code, explanations)),
  );
}

function explained(code: string, explanations: ReportContent["explanations"]): Html {
  const { meaning = "", why, fix } = explanations[code] ?? {};
  return element(
    "article",
    { id: idOfCode(code) },
    element("h3", {}, code),
    element("p", {}, prose(meaning)),
    why === undefined ? undefined : element("p", {}, element("b", {}, "Why: "), prose(why)),
    fix === undefined ? undefined : element("p", {}, element("b", {}, "Fix: "), prose(fix)),
  );
}
