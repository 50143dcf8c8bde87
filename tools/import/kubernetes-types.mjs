// @ts-check
// Reads the plain JSON schemas of kubernetes-models: one file per type, which refers to others by their full names.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { kubernetesPackage, readInstalled } from "./packages.mjs";

/** @typedef {import("./schema.ts").Schema} Schema */

/** Where a type may be: the package itself, and the one of the same project that it takes metadata from. */
const packages = [kubernetesPackage, `${kubernetesPackage}/node_modules/@kubernetes-models/apimachinery`];

/**
 * The kinds that charts/ emits. `status` nobody writes.
 *
 * @type {readonly { apiVersion: string, kind: string }[]}
 */
export const kubernetesKinds = [
  { apiVersion: "batch/v1", kind: "CronJob" },
  { apiVersion: "batch/v1", kind: "Job" },
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding" },
  { apiVersion: "v1", kind: "ConfigMap" },
  { apiVersion: "v1", kind: "ServiceAccount" },
];

/**
 * The schemas of the kinds and of every type they refer to, by short name (`PodSpec`).
 *
 * @returns {ReadonlyMap<string, Schema>}
 */
export function readKubernetesTypes() {
  /** @type {Map<string, Schema>} */
  const types = new Map();
  /** @type {Map<string, string>} */
  const fullNames = new Map();
  const waiting = kubernetesKinds.map(fullNameOf);
  for (let fullName = waiting.pop(); fullName !== undefined; fullName = waiting.pop()) {
    const name = shortName(fullName);
    const known = fullNames.get(name);
    if (known === fullName) continue;
    if (known !== undefined) throw new Error(`${known} and ${fullName} have the same short name.`);
    fullNames.set(name, fullName);
    const text = readType(fullName);
    types.set(name, simplify(JSON.parse(text)));
    for (const [, reference = ""] of text.matchAll(/"\$ref": "([^"#]+)#"/g)) {
      if (!reference.endsWith("Status")) waiting.push(reference);
    }
  }
  return types;
}

/** @param {{ apiVersion: string, kind: string }} of */
function fullNameOf({ apiVersion, kind }) {
  const [version, group = "core"] = apiVersion.split("/").reverse();
  return `io.k8s.api.${group.replace(/\..*/, "")}.${version}.${kind}`;
}

/** @param {string} fullName */
const shortName = (fullName) => fullName.slice(fullName.lastIndexOf(".") + 1);

/**
 * The text of the schema inside a type's module, which is a JSON literal; read, not run.
 *
 * @param {string} fullName for example `io.k8s.api.core.v1.PodSpec`
 */
function readType(fullName) {
  const file = `_schemas/${fullName.replace(/(?:^|\.)(.)/g, (_, first) => first.toUpperCase())}.js`;
  const name = packages.find((name) =>
    existsSync(fileURLToPath(new URL(`node_modules/${name}/${file}`, import.meta.url))),
  );
  const literal = name && readInstalled(name, file).match(/^const schema = (\{.*?^\});$/ms)?.[1];
  if (!literal)
    throw new Error(
      `Expected ${file} of ${packages.join(" or ")} with \`const schema = {…};\`; the package's layout has changed.`,
    );
  return literal;
}

/**
 * What the package writes around an optional field (`oneOf` with null, `nullable`) is dropped: an object of the output
 * leaves a field out or sets it. References are by short name.
 *
 * @param {any} schema a JSON Schema as the package writes it
 * @returns {Schema}
 */
function simplify({ nullable: _, oneOf, $ref, items, properties, additionalProperties, ...rest }) {
  if ($ref !== undefined) return { $ref: shortName($ref.replace("#", "")) };
  if (oneOf !== undefined) {
    const alternatives = oneOf
      .filter((/** @type {Schema | { type: "null" }} */ one) => one.type !== "null")
      .map(simplify);
    return alternatives.length === 1 ? alternatives[0] : { anyOf: alternatives };
  }
  const { status: __, ...fields } = properties ?? {};
  return {
    ...rest,
    ...(items && { items: simplify(items) }),
    ...(properties && { properties: mapValues(fields, simplify) }),
    ...(additionalProperties && { additionalProperties: simplify(additionalProperties) }),
  };
}

/**
 * @template T, U
 * @param {Record<string, T>} object
 * @param {(value: T) => U} change
 * @returns {Record<string, U>}
 */
const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
