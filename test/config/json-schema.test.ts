import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { clusterJsonSchema, clusterKeysSchema, defaultsJsonSchema } from "../../config/json-schema.ts";

type SchemaNode = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is SchemaNode =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Every schema below `node`, with its path. */
function* walk(node: unknown, path: string): Generator<{ readonly path: string; readonly node: SchemaNode }> {
  if (!isNode(node)) return;
  yield { path, node };
  for (const [name, child] of properties(node)) yield* walk(child, `${path}.${name}`);
  for (const key of ["items", "additionalProperties", "propertyNames"])
    yield* walk(node[key], `${path}/${key}`);
  const variants = Array.isArray(node.anyOf) ? node.anyOf : [];
  for (const [index, variant] of variants.entries()) yield* walk(variant, `${path}/anyOf/${index}`);
}

const properties = (node: SchemaNode): [string, unknown][] =>
  isNode(node.properties) ? Object.entries(node.properties) : [];

const nodes = [...walk(clusterKeysSchema(), "cluster")];

describe("the JSON Schema of cluster files", () => {
  it("is what schema/cluster.schema.json holds (otherwise run `npm run schema`)", () => {
    const file = fileURLToPath(new URL("../../schema/cluster.schema.json", import.meta.url));
    expect(readFileSync(file, "utf8")).toBe(clusterJsonSchema());
  });

  it("stays of a size that an editor reads at each key stroke", () => {
    expect(clusterJsonSchema().length).toBeLessThan(150_000);
    expect(defaultsJsonSchema().length).toBeLessThan(150_000);
  });

  it("describes every key", () => {
    const keys = nodes.flatMap(({ path, node }) =>
      properties(node).map(([name, child]) => ({ key: `${path}.${name}`, child })),
    );
    const silent = keys.filter(({ child }) => !isNode(child) || typeof child.description !== "string");
    expect(silent.map(({ key }) => key)).toEqual([]);
    expect(keys.length).toBeGreaterThan(80);
  });

  it("is closed wherever keys are listed", () => {
    const open = nodes.filter(
      ({ node }) => node.properties !== undefined && node.additionalProperties !== false,
    );
    expect(open.map(({ path }) => path)).toEqual([]);
  });

  it("asks only for the cluster's name: all else may stand in defaults.yaml, which need hold nothing", () => {
    const asked = (text: string) =>
      [...walk(JSON.parse(text), "")].filter(
        ({ path, node }) => node.required !== undefined && !/\/(?:items|anyOf|oneOf)/.test(path),
      );
    expect(asked(clusterJsonSchema()).map(({ path, node }) => [path, node.required])).toEqual([
      ["", ["cluster"]],
      [".cluster", ["name"]],
    ]);
    expect(asked(defaultsJsonSchema())).toEqual([]);
  });

  it("asks of an element of a list, and of one of several forms, all that it needs", () => {
    const inside = nodes.filter(
      ({ path, node }) => /\/(?:items|anyOf)/.test(path) && node.required !== undefined,
    );
    expect(inside.length).toBeGreaterThan(1);
  });

  it("has words for each pattern of a value, and the default in what an editor shows", () => {
    const silent = nodes.filter(
      ({ path, node }) =>
        node.pattern !== undefined &&
        node.patternErrorMessage === undefined &&
        node.format === undefined &&
        !path.includes("/propertyNames"),
    );
    expect(silent.map(({ path }) => path)).toEqual([]);
    expect(nodes.find(({ path }) => path.endsWith(".hub"))?.node.description).toMatch(
      / Default: "docker.io\/istio"\.$/,
    );
  });

  it("asks for nothing that has a default", () => {
    const asked = nodes.flatMap(({ path, node }) =>
      properties(node)
        .filter(([name, child]) => isNode(child) && "default" in child && isRequired(node, name))
        .map(([name]) => `${path}.${name}`),
    );
    expect(asked).toEqual([]);
  });
});

const isRequired = ({ required }: SchemaNode, name: string): boolean =>
  Array.isArray(required) && required.includes(name);
