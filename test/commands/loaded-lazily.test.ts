// What synth and check do not need is in the bundle, but behind an import() that they do not reach.
import { build, type Metafile } from "esbuild";
import { expect, test } from "vitest";
import { mainBundle, parsersBundle, schemaBundle } from "../../tools/bundles.mjs";

/** The modules that are evaluated when `entries` are: what they import, and so on, but for import(). */
function evaluatedBy({ inputs }: Metafile, entries: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { path: imported, kind, external } of inputs[path]?.imports ?? []) {
      if (kind !== "dynamic-import" && external !== true) visit(imported);
    }
  };
  entries.forEach(visit);
  return reached;
}

async function metafileOf(bundle: typeof mainBundle): Promise<Metafile> {
  const { metafile } = await build({ ...bundle, write: false, metafile: true });
  if (metafile === undefined) throw new Error("esbuild was asked for a metafile");
  return metafile;
}

test("synth and check evaluate neither explanations nor schemas of results nor reports for CI", async () => {
  const metafile = await metafileOf(mainBundle);
  const evaluated = evaluatedBy(metafile, ["main.ts", "commands/synth.ts", "commands/check.ts"]);
  expect(evaluated).toContain("manifests/plan.ts");
  const lazy = ["explanations/", "commands/results/", "commands/report/report-for-ci", "commands/schema"];
  expect([...evaluated].filter((path) => lazy.some((start) => path.startsWith(start)))).toEqual([]);
  expect(Object.keys(metafile.inputs)).toContain("commands/report/sarif.ts");
}, 60_000);

test("zod is in the bundles that explain a refusal and print schemas, and not in the main one", async () => {
  const zodIn = async (bundle: typeof mainBundle): Promise<readonly string[]> =>
    Object.keys((await metafileOf(bundle)).inputs).filter((path) => path.includes("node_modules/zod/"));
  expect(await zodIn(mainBundle)).toEqual([]);
  expect(await zodIn(parsersBundle)).not.toEqual([]);
  expect(await zodIn(schemaBundle)).not.toEqual([]);
}, 60_000);
