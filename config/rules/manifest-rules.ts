import { groupBy } from "../../core/group-by.ts";
import type { ConfigRule } from "../finding.ts";
import { manifestFileName } from "../own-manifests.ts";

/** Folders in which files are ours, or read otherwise. */
const otherFolders = ["argocd", "clusters", "dist", "schema"];

export const manifestRules: readonly ConfigRule[] = [
  {
    code: "manifests/path",
    severity: "error",
    check: ({ manifests }) =>
      manifests.flatMap(({ path }, index) => {
        const [folder = ""] = path.split("/");
        if (!path.includes("/") || !otherFolders.includes(folder)) return [];
        return [
          {
            path: ["manifests", index, "path"],
            message: `expected a file outside of ${folder}/, found ${path}: what stands there is read or written by meshfront itself`,
            suggestion: "Move it to a folder of its own, such as mesh/.",
          },
        ];
      }),
  },
  {
    code: "manifests/path-twice",
    severity: "error",
    check: ({ manifests }) => {
      const places = manifests.map(({ path }, index) => ({ path, index }));
      // Disks that do not tell capitals apart have one file for both.
      const groups = groupBy(places, ({ path }) => manifestFileName(path).toLowerCase());
      return [...groups.values()].flatMap(([first, ...others]) =>
        others.map(({ path, index }) => ({
          path: ["manifests", index, "path"],
          message: `expected files whose names differ in the output, found ${path} beside ${first?.path ?? ""}: both are ${manifestFileName(path)} there`,
          suggestion: first?.path === path ? "Keep one of the two." : "Rename one of them.",
        })),
      );
    },
  },
];
