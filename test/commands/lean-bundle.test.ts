// What the main bundle leaves out of cdk8s: every command pays for what is in it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { mainBundle } from "../../tools/bundles.mjs";
import { asEsModule, skippingScalars, withoutCopies } from "../../tools/lean-packages.mjs";

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

  test("is plain ASCII, which V8 holds in half of the memory", () => {
    expect(/^[\0-\x7f]*$/.test(text)).toBe(true);
  });
});

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

describe("a module of cdk8s import without copies", () => {
  const loop =
    "Object.entries(result).reduce((r, i) => (i[1] === undefined) ? r : ({ ...r, [i[0]]: i[1] }), {})";
  const drop = (make: string) => new Function(`${make}\nreturn drop;`)();

  test("drops undefined fields as before, whatever their names", () => {
    const source = `const drop = (result) => ${loop};`;
    const fields = Object.fromEntries([
      ["b", 1],
      ["a", undefined],
      ["__proto__", { c: 2 }],
      ["d", null],
    ]);
    const kept = drop(withoutCopies(source))(fields);
    expect(Object.entries(kept)).toEqual(Object.entries(drop(source)(fields)));
    expect(Object.keys(kept)).toEqual(["b", "__proto__", "d"]);
  });

  test("and cdk8s's resolve are refused where they do not look as expected", () => {
    expect(() => withoutCopies("const drop = (result) => result;")).toThrow("not as expected");
    expect(() => skippingScalars("function resolve(value) {}")).toThrow("not as expected");
  });
});
