// Stage 1: where the objects that people bring themselves go.
import type { ManifestConfig } from "./config.ts";

export type ManifestWave = ManifestConfig["wave"];

/** Folder, Application and, in the table of Applications, the row of each wave. */
export const manifestFolders = { gateway: "manifests-gateway", ingress: "manifests-ingress" } as const;

/** The file in that folder: folders do not nest there. */
export const manifestFileName = (path: string): string =>
  `${path.replace(/\.ya?ml$/, "").replaceAll("/", "-")}.yaml`;

/** Whether a file of the output holds objects that people brought. */
export const isOwnManifest = (path: string): boolean =>
  /^dist\/[^/]+\/manifests-(?:gateway|ingress)\//.test(path);
