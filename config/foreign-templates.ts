// Stage 1: expressions of Terraform and templates of Helm that nobody filled in. Text of charts may hold them: values are
// left alone.

import { show } from "../core/format-value.ts";
import { isJsonArray, isJsonObject, type JsonValue, type Path } from "../core/json.ts";
import type { Finding } from "./finding.ts";

const templates = [
  { regex: /\$\{[^}]*\}/, name: "an expression of Terraform" },
  { regex: /\{\{.*?\}\}/s, name: "a template of Helm" },
] as const;

/** Finds them in everything but the values of charts. */
export function foreignTemplateFindings(data: JsonValue, path: Path = []): Finding[] {
  if (path.at(-1) === "values" && (path[0] === "istio" || path[0] === "gateways")) return [];
  if (isJsonArray(data))
    return data.flatMap((item, index) => foreignTemplateFindings(item, [...path, index]));
  if (isJsonObject(data))
    return Object.entries(data).flatMap(([key, item]) => foreignTemplateFindings(item, [...path, key]));
  const template = typeof data === "string" ? templates.find(({ regex }) => regex.test(data)) : undefined;
  if (template === undefined) return [];
  return [
    {
      path,
      message: `expected a value, found ${template.name}, ${show(data)}: cluster files are plain YAML`,
      suggestion: `Write its value here.${lookedUp(path)}`,
    },
  ];
}

/** What Terraform asks a data source for is mostly what `lookup` finds. */
function lookedUp(path: Path): string {
  if (path.includes("certificate") && path.at(-1) === "arn")
    return " Or write certificate: { domain: … }: `meshfront lookup` finds the ARN.";
  if (path.includes("subnets")) return " Or write subnets: { tags: … }: `meshfront lookup` finds the ids.";
  if (path.includes("webAcl")) return " Or write webAcl: { name: … }: `meshfront lookup` finds the ARN.";
  return "";
}
