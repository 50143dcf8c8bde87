/** `check --charts` with the helm that the test bed builds: own charts, and the stubs that stand for Istio's. */
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, test, vi } from "vitest";
import { check } from "../../commands/check.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { describeCharts } from "../commands/helm/chart-cases.ts";
import { pathWith } from "../commands/helm/helm-programs.ts";
import { clusterFile, writtenProject } from "../commands/program.ts";

const CHARTS = fileURLToPath(new URL("charts/", import.meta.url));
const CRDS = fileURLToPath(new URL("../../imports/crds/networking.istio.io.yaml", import.meta.url));

const binaries = inject("binaries");
const helm = typeof binaries === "string" ? undefined : dirname(binaries.programs.helm);

if (helm !== undefined) describeCharts("check --charts, with the test bed's helm", helm);

describe.skipIf(helm === undefined)("the stub charts, asked with the test bed's helm", () => {
  test("tell what the values of a cluster do", async () => {
    const istio = {
      version: "1.31.1",
      base: { values: { base: { excludedCRDs: ["gateways.networking.istio.io"] } } },
      istiod: {
        values: { env: { A: "1" }, global: { hub: "docker.io/istio" }, replicaCount: 3, nothing: 1 },
      },
    };
    const gateways = {
      ingress: { values: { tolerations: [{ operator: "Exists" }], service: { type: "NodePort" } } },
    };
    const root = writtenProject(clusterFile("demo", ["web"], { istio, gateways }));
    cpSync(CHARTS, join(root, "sources"), { recursive: true });
    mkdirSync(join(root, "sources/base/files"));
    copyFileSync(CRDS, join(root, "sources/base/files/crds.yaml"));
    for (const chart of ["base", "istiod", "gateway"]) {
      const args = ["package", `sources/${chart}`, "--version", "1.31.1", "--destination", "charts"];
      execFileSync(join(helm ?? "", "helm"), args, { cwd: root });
    }
    vi.stubEnv("PATH", pathWith(helm ?? ""));
    const { exitCode, json } = await check.run({
      disk: nodeReadFileSystem,
      root,
      words: [],
      options: { charts: "charts" },
      progress: () => {},
    });
    vi.unstubAllEnvs();
    expect(exitCode).toBe(0);
    expect(json?.values).toEqual(
      [
        ["istio.base.values.base.excludedCRDs", "yes"],
        ["istio.istiod.values.env.A", "yes"],
        ["istio.istiod.values.global.hub", "default"],
        ["istio.istiod.values.replicaCount", "no"],
        ["istio.istiod.values.nothing", "no"],
        ["gateways.ingress.values.tolerations", "yes"],
        ["gateways.ingress.values.service.type", "default"],
      ].map(([path, effect]) => ({ cluster: "demo", path, effect, reason: null })),
    );
  });
});
