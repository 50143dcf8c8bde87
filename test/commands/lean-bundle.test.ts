// What the main bundle leaves out of cdk8s: every command pays for what is in it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { bundles, mainBundle } from "../../tools/bundles.mjs";
import {
  asEsModule,
  resolvingPlainDataAtOnce,
  resolvingWhileSanitizing,
  sanitizingUnresolved,
  sortingOnlyUnsorted,
  unfoldingOnlyFolded,
  withoutEmptyPatches,
  withPlainRequire,
} from "../../tools/lean-packages.mjs";

describe("the main bundle", () => {
  let text = "";
  beforeAll(async () => {
    const { outputFiles } = await build({ ...mainBundle, write: false });
    text = outputFiles?.[0]?.text ?? "";
  }, 60_000);

  test("holds the kinds that charts/ uses, and none of the other hundred", () => {
    expect(text).toContain('kind:"CronJob"');
    expect(text).not.toContain('kind:"CustomResourceDefinition"');
    expect(text).not.toContain('kind:"PodList"');
  });

  test("asks for a module of Node that starts processes in one place, for diff", () => {
    expect(text.match(/require\("(?:node:)?child_process"\)/g)).toHaveLength(1);
  });
});

test("every bundle is plain ASCII, as the launcher reads it, which V8 holds in half of the memory", async () => {
  const results = await Promise.all(bundles.map((bundle) => build({ ...bundle, write: false })));
  const texts = results.flatMap(({ outputFiles }) => outputFiles ?? []).map(({ text }) => text);
  expect(texts).toHaveLength(bundles.length);
  for (const text of texts) expect(/^[\0-\x7f]*$/.test(text)).toBe(true);
}, 60_000);

describe("k8s.js as an ES module", () => {
  const path = createRequire(import.meta.url).resolve("cdk8s-plus-29/lib/imports/k8s");
  const commonJs = readFileSync(path, "utf8");

  test("exports what the CommonJS module exports", async () => {
    const exported = /export \{ (.*) \};\n$/.exec(asEsModule(commonJs))?.[1]?.split(", ") ?? [];
    expect(exported.sort()).toEqual(
      Object.keys(await import(path))
        .filter(isName)
        .sort(),
    );
  });

  test("is refused where the package does not look as expected", () => {
    expect(() => asEsModule(`${commonJs}\nexports.later = require("later");`)).toThrow("not as expected");
    expect(() => asEsModule("export class KubeIngress {}")).toThrow("not as expected");
  });
});

/** What an import of CommonJS adds. */
const isName = (name: string): boolean => name !== "default" && name !== "module.exports";

describe("modules of cdk8s with less work for each object", () => {
  const require = createRequire(createRequire(import.meta.url).resolve("cdk8s"));
  const sourceOf = (module: string): string => readFileSync(require.resolve(module), "utf8");
  function exportsOf<Exports>(commonJs: string, instead: Readonly<Record<string, unknown>> = {}): Exports {
    const exports = {};
    const load = (name: string) => instead[name] ?? require(name);
    new Function("exports", "require", commonJs)(exports, load);
    return exports as Exports; // a module of cdk8s
  }
  /** A module as it is, and changed. */
  const both = <Exports>(module: string, change: (commonJs: string) => string) => [
    exportsOf<Exports>(sourceOf(module)),
    exportsOf<Exports>(change(sourceOf(module))),
  ];
  type Resolve = (key: string[], value: unknown, object: unknown) => unknown;
  type Sanitize = (value: unknown) => unknown;

  test("resolve replaces instances and tokens at every depth, and copies the rest", async () => {
    const { ApiObject, App, Chart, Lazy } = await import("cdk8s");
    const { IntOrString } = await import("cdk8s-plus-29/lib/imports/k8s");
    const chart = new Chart(new App(), "chart");
    const object = new ApiObject(chart, "object", {
      apiVersion: "v1",
      kind: "Thing",
      metadata: { name: "a" },
    });
    const value = {
      list: [1, null, { port: IntOrString.fromString("http") }, [IntOrString.fromNumber(80)]],
      lazy: Lazy.any({ produce: () => ({ inner: Lazy.any({ produce: () => 1 }) }) }),
      token: { resolve: () => ({ deep: [{ resolve: () => "x" }] }) },
      undefinedField: undefined,
      odd: { constructor: "a key", resolve: "no function" },
      text: "t",
    };
    const [before, after] = both<{ resolve: Resolve }>("./resolve", resolvingPlainDataAtOnce).map(
      ({ resolve }) => resolve([], { value }, object),
    );
    expect(after).toEqual(before);
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
    expect(JSON.stringify(after)).toContain('"x"');
  });

  test("sanitizeValue sorts as before", () => {
    const sanitize = both<{ sanitizeValue: Sanitize }>("./_util", sortingOnlyUnsorted);
    for (const value of [
      { b: 1, a: { d: [], c: null } },
      { a: 1, b: 2 },
      {},
      { 10: 1, 9: 2 },
      [{ b: 1, a: 2 }],
    ]) {
      const [before, after] = sanitize.map(({ sanitizeValue }) => JSON.stringify(sanitizeValue(value)));
      expect(after).toBe(before);
    }
  });

  test("an object is resolved on the way through sanitizing, with the same JSON and the same errors", async () => {
    const { ApiObject, App, Chart, Lazy } = await import("cdk8s");
    const { IntOrString } = await import("cdk8s-plus-29/lib/imports/k8s");
    const instead = { "./_util": exportsOf(sanitizingUnresolved(sourceOf("./_util"))) };
    const changed = resolvingWhileSanitizing(sourceOf("./api-object"));
    const Changed = exportsOf<typeof import("cdk8s")>(changed, instead).ApiObject;
    const jsonOf = (Kind: typeof ApiObject, spec: unknown): string => {
      const chart = new Chart(new App(), "chart", { labels: { from: "chart" } });
      const props = { apiVersion: "v1", kind: "Thing", metadata: { name: "a" }, spec };
      try {
        return JSON.stringify(new Kind(chart, "object", props).toJson());
      } catch (error) {
        return String(error);
      }
    };
    for (const spec of [
      { b: { d: null, c: [null, 1, undefined] }, a: [], empty: {} },
      { port: IntOrString.fromString("http"), ports: [[IntOrString.fromNumber(80)]] },
      { lazy: Lazy.any({ produce: () => ({ z: 1, inner: Lazy.any({ produce: () => null }) }) }) },
      { token: { resolve: () => ({ z: 1, deep: [{ resolve: () => ({ y: null, x: 1 }) }] }) } },
      { odd: { constructor: Object, resolve: "no function" } },
      { odd: { constructor: "a key" } },
      { odd: new Map([["a", 1]]) },
      { odd: Object.create(null) },
      undefined,
    ]) {
      expect(jsonOf(Changed, spec)).toBe(jsonOf(ApiObject, spec));
    }
    expect(jsonOf(Changed, { odd: new Map() })).toContain("can't render non-simple object of type 'Map'");
  });

  test("a JSON patch of no operation is the document, and others are applied", () => {
    const [, changed] = both<typeof import("cdk8s")>("./json-patch", withoutEmptyPatches);
    const document = { a: 1 };
    expect(changed?.JsonPatch.apply(document)).toBe(document);
    expect(changed?.JsonPatch.apply(document, changed.JsonPatch.add("/b", 2))).toEqual({ a: 1, b: 2 });
  });

  test("Node's modules are required as they are", () => {
    const [, changed] = both<typeof import("cdk8s")>("./names", withPlainRequire);
    expect(changed?.Names.toDnsLabel).toBeTypeOf("function");
  });

  test.each([
    resolvingPlainDataAtOnce,
    resolvingWhileSanitizing,
    sanitizingUnresolved,
    sortingOnlyUnsorted,
    withoutEmptyPatches,
    withPlainRequire,
  ])("%o refuses a module that is not as expected", (change) => {
    expect(() => change("exports.later = 1;")).toThrow("not as expected");
  });
});

describe("a module of `yaml` with less work for each scalar", () => {
  const folder = new URL("../../node_modules/yaml/browser/dist/", import.meta.url);
  const textOf = (file: string): string => readFileSync(new URL(file, folder), "utf8");

  test("a scalar of one line is not unfolded, and others are as before", () => {
    const module = textOf("compose/resolve-flow-scalar.js");
    const [before, after] = [module, unfoldingOnlyFolded(module)].map((text) => {
      const [, unfold] = /^(function unfoldLines[\s\S]*?^\})$/m.exec(text) ?? [];
      return new Function(`${unfold} return unfoldLines;`)();
    });
    for (const text of ["", "a", "a  b ", "a\rb", "a\n", "a \n\t b", "a\n\nb\n \n\nc ", "a\r\n b"]) {
      expect(after(text)).toBe(before(text));
    }
  });

  test("a module that is not as expected is refused", () => {
    expect(() => unfoldingOnlyFolded("const later = 1;")).toThrow("not as expected");
  });
});
