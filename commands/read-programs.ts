// The programs that go into manifests as they stand, from the files that the tests run.
import { readFileSync } from "node:fs";
import type { Programs } from "../charts/cluster.ts";

/** In the bundle the text itself stands in place of each call (tools/inline-programs.mjs). */
const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

export const readPrograms = (): Programs => ({
  hook: read("hook/healthcheck-port.mjs"),
  healthChecks: {
    application: read("charts/health-checks/application.lua"),
    crd: read("charts/health-checks/custom-resource-definition.lua"),
    hpa: read("charts/health-checks/horizontal-pod-autoscaler.lua"),
  },
});
