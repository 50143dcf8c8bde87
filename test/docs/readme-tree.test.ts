// README.md shows what comes of its example: the paths and waves there are those of the output.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { outputWith } from "../charts/configurations.ts";
import { ofKind } from "../charts/kubernetes.ts";

const readme = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");

const shown = [...readme.matchAll(/^((?:argocd|dist)\/\S+) +(?:wave (-?\d+))?/gm)].map(
  ([, path = "", wave]) => ({ path, wave }),
);

test("README.md names the waves of all Applications and of the AppProject", () => {
  const written = outputWith({}).files.flatMap(({ path, objects }) =>
    [...ofKind(objects, "Application"), ...ofKind(objects, "AppProject")].map(({ metadata }) => ({
      path,
      wave: metadata.annotations?.["argocd.argoproj.io/sync-wave"],
    })),
  );
  const waves = written.filter(({ wave }) => wave !== undefined);
  const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
  expect(shown.filter(({ wave }) => wave !== undefined).sort(byPath)).toEqual([...waves].sort(byPath));
});
