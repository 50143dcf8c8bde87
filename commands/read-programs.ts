// Files of the package that are no code: the programs that go into manifests as they stand, and schemas that few need.
import { fileURLToPath } from "node:url";
import type { Programs } from "../charts/cluster.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import type { PagePrograms } from "../page/content.ts";

/** Through the disk of the run: a clean run (ADR 0015) depends on them too. */
const reader =
  (disk: ReadFileSystem) =>
  (path: string): string =>
    Buffer.from(disk.readFile(fileURLToPath(new URL(`../${path}`, import.meta.url)))).toString();

/** Of the kinds that people bring themselves. */
export const readOwnSchemas = (disk: ReadFileSystem): string => reader(disk)("imports/own-schemas.json");

export function readPrograms(disk: ReadFileSystem): Programs {
  const read = reader(disk);
  return {
    hook: read("hook/healthcheck-port.mjs"),
    healthChecks: {
      application: read("charts/health-checks/application.lua"),
      crd: read("charts/health-checks/custom-resource-definition.lua"),
      hpa: read("charts/health-checks/horizontal-pod-autoscaler.lua"),
    },
  };
}

/** What a report brings along. */
export function readPagePrograms(disk: ReadFileSystem): PagePrograms {
  const read = reader(disk);
  return { style: read("page/page.css"), script: read("page/page.js") };
}
