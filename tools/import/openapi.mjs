// @ts-check
import { groupOf, modules, openApiFile, versionOf } from "./sources.mjs";

/** @typedef {import("./sources.mjs").Kind} Kind */
/** @typedef {import("./plain-schema.mjs").Published} Published */

/**
 * Kubernetes' OpenAPI document, as far as it is looked into.
 *
 * @typedef {object} OpenApi
 * @property {Readonly<Record<string, Published & { "x-kubernetes-group-version-kind"?: readonly Identity[] }>>} definitions
 */

/** @typedef {{ readonly group: string, readonly version: string, readonly kind: string }} Identity */

const where = `${openApiFile} of ${modules.kubernetes.path} ${modules.kubernetes.version}`;

/**
 * The name of the definition of a kind, `io.k8s.api.batch.v1.Job`.
 *
 * @param {Kind} kind
 * @param {OpenApi} openApi
 */
export function findDefinition(kind, { definitions }) {
  const names = Object.keys(definitions).filter((name) =>
    definitions[name]?.["x-kubernetes-group-version-kind"]?.some(
      (of) => of.group === groupOf(kind) && of.version === versionOf(kind) && of.kind === kind.kind,
    ),
  );
  const [name] = names;
  if (name === undefined)
    throw new Error(`Expected a definition of ${kind.apiVersion} ${kind.kind}; ${where} has none.`);
  return name;
}

/**
 * The schemas under these names and of all types that they refer to, by short name (`PodSpec`).
 *
 * @param {readonly string[]} names
 * @param {OpenApi} openApi
 * @param {(name: string, published: Published) => import("../../manifests/object-schema.ts").Schema} refine what is made
 *   of a type; what only it leaves out is not looked for
 */
export function collectTypes(names, { definitions }, refine) {
  const types = new Map();
  /** @type {Map<string, string>} */
  const fullNames = new Map();
  const waiting = [...names];
  for (let fullName = waiting.pop(); fullName !== undefined; fullName = waiting.pop()) {
    const name = shortName(fullName);
    const known = fullNames.get(name) ?? fullName;
    if (known !== fullName) throw new Error(`${known} and ${fullName} have the same short name.`);
    if (types.has(name)) continue;
    const published = definitions[fullName];
    if (published === undefined) throw new Error(`${where} refers to ${fullName} and does not have it.`);
    const text = JSON.stringify(refine(name, published));
    for (const [, reference = ""] of text.matchAll(references)) waiting.push(reference);
    fullNames.set(name, fullName);
    types.set(name, JSON.parse(text.replace(references, (_, full) => `"#/types/${shortName(full)}"`)));
  }
  return types;
}

const references = /"#\/definitions\/([^"]+)"/g;

/** @param {string} fullName */
const shortName = (fullName) => fullName.slice(fullName.lastIndexOf(".") + 1);
