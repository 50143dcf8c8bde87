// The functions of generated modules, as they are and as the bundles have them, on every field that they know.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { transformSync } from "esbuild";
import { describe, expect, test } from "vitest";
import { sortedByKey } from "../../core/json.ts";
import { asEsModule } from "../../tools/lean-packages.mjs";
import { presentFieldsOnly } from "../../tools/present-fields.mjs";

const require = createRequire(import.meta.url);
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const modules: readonly (readonly [string, string])[] = [
  ["k8s.js", asEsModule(readFileSync(require.resolve("cdk8s-plus-29/lib/imports/k8s"), "utf8"))],
  ["argoproj.io.ts", read("imports/argoproj.io.ts")],
  ["networking.istio.io.ts", read("imports/networking.istio.io.ts")],
];

type ToJson = (object: unknown) => unknown;

/** The `toJson_…` of a module by the names of their types. */
function functionsOf(text: string): ReadonlyMap<string, ToJson> {
  const types = [...text.matchAll(/\bfunction toJson_(\w+)/g)].map(([, type = ""]) => type);
  const all = `${text.replace(/^export function toJson_/gm, "function toJson_")}
    export const all = new Map([${types.map((type) => `["${type}", toJson_${type}]`).join(", ")}]);`;
  const exports: { all?: ReadonlyMap<string, ToJson> } = {};
  const { code } = transformSync(all, { loader: "ts", format: "cjs" });
  const module = { exports };
  new Function("exports", "require", "module", code)(exports, require, module);
  return module.exports.all ?? new Map();
}

/** The text of each function, by the name of its type. */
const bodiesOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(/\bfunction toJson_/)
      .slice(1)
      .map((part) => [/^\w+/.exec(part)?.[0] ?? "", part.split("\n}\n", 1)[0] ?? ""]),
  );

/** An object of a type with all its fields, made from what its function asks for. */
function sample(
  bodies: ReadonlyMap<string, string>,
  type: string,
  depth = 4,
): Record<string, unknown> | undefined {
  if (depth === 0) return undefined;
  const fields = [...(bodies.get(type) ?? "").matchAll(/^ +'[^']+': (.*?\bobj\.(\w+).*),$/gm)];
  return Object.fromEntries(
    fields.map(([, use = "", name = ""]) => {
      const nested = /toJson_(\w+)/.exec(use)?.[1];
      return [name, valueFor(use, nested === undefined ? "text" : sample(bodies, nested, depth - 1))];
    }),
  );
}

function valueFor(use: string, item: unknown): unknown {
  if (use.includes("Object.entries")) {
    const value = use.includes("?.value") ? { value: 1 } : use.includes("?.map") ? ["text"] : item;
    return Object.fromEntries([
      ["a", value],
      ["absent", undefined],
      ["__proto__", value],
    ]);
  }
  if (use.includes("?.map")) return [item, item];
  if (use.includes("?.toISOString()")) return new Date(0);
  return use.includes("?.value") ? { value: 80 } : item;
}

describe.each(modules)("%s", (_, text) => {
  const before = functionsOf(text);
  const after = functionsOf(presentFieldsOnly(text));
  const bodies = bodiesOf(text);

  test("has the same functions, and their samples have fields", () => {
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(before.size).toBeGreaterThan(40);
    const samples = [...before.keys()].map((type) => sample(bodies, type) ?? {});
    expect(samples.flatMap(Object.keys).length).toBeGreaterThan(before.size * 2);
  });

  test("gives the same JSON of all fields, of each alone, of none, and of what is no field", () => {
    for (const [type, toJson] of before) {
      const whole = sample(bodies, type) ?? {};
      const alone = Object.entries(whole).map(([name, value]) => ({ [name]: value, unknown: 1 }));
      for (const object of [whole, ...alone, {}, { unknown: 1 }, undefined]) {
        const [expected, found] = [toJson(object), after.get(type)?.(object)];
        expect(found, type).toStrictEqual(expected);
        // That looks over a key `__proto__`, and this over what is undefined.
        expect(JSON.stringify(sortedByKey(found)), type).toBe(JSON.stringify(sortedByKey(expected)));
      }
    }
  });

  test("is refused where one function does not look as expected", () => {
    const changed = text.replace("// filter undefined values", "// keep all values");
    expect(() => presentFieldsOnly(changed)).toThrow("not as expected");
    expect(() => presentFieldsOnly(changed.replace(/function toJson_/g, "function json_"))).toThrow(
      "not as expected",
    );
  });
});
