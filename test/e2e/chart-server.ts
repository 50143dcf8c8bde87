// The Helm repository that stands for Istio's: stub charts (charts/) with the names, kinds and ports of the real ones,
// reading the values that meshfront sets. Over plain HTTP, as slow as a test wants.
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Binaries } from "./binaries.ts";

const CHARTS = fileURLToPath(new URL("charts/", import.meta.url));
const CRDS = fileURLToPath(new URL("../../imports/crds/networking.istio.io.yaml", import.meta.url));

export interface ChartServer {
  readonly url: string;
  /** Waited before each answer from now on. */
  delaySeconds: number;
  /** Files that were asked for, in order. */
  readonly requests: readonly string[];
  stop(): void;
}

/** @param folder scratch folder */
export async function startChartServer(
  binaries: Binaries,
  folder: string,
  versions: readonly string[],
): Promise<ChartServer> {
  await packCharts(binaries, folder, versions);
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const file = (request.url ?? "/").slice(1);
    requests.push(file);
    if (chartServer.delaySeconds > 0) await sleep(1_000 * chartServer.delaySeconds);
    try {
      // Only names that `helm package` gives: no path leaves the folder.
      if (!/^[\w.-]+$/.test(file)) throw new Error("not a file of the repository");
      response.end(readFileSync(join(folder, "repository", file)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("expected a TCP address");
  const chartServer: ChartServer = {
    url: `http://127.0.0.1:${address.port}`,
    delaySeconds: 0,
    requests,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return chartServer;
}

/** Kinds that people bring. Their CRDs take any field: what they hold is checked before, by the published schemas. */
const broughtKinds = [
  ["AuthorizationPolicy", "authorizationpolicies", "security.istio.io"],
  ["Telemetry", "telemetries", "telemetry.istio.io"],
] as const;

const openCrd = ([kind, plural, group]: (typeof broughtKinds)[number]): string =>
  JSON.stringify({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      scope: "Namespaced",
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  });

async function packCharts(binaries: Binaries, folder: string, versions: readonly string[]): Promise<void> {
  const repository = join(folder, "repository");
  const charts = join(folder, "charts");
  mkdirSync(repository, { recursive: true });
  cpSync(CHARTS, charts, { recursive: true });
  mkdirSync(join(charts, "base/files"));
  const crds = [readFileSync(CRDS, "utf8"), ...broughtKinds.map(openCrd)];
  writeFileSync(join(charts, "base/files/crds.yaml"), crds.join("\n---\n"));
  const helm = (...args: readonly string[]) =>
    promisify(execFile)(binaries.programs.helm, args, { env: { ...process.env, HOME: folder } });
  for (const version of versions) {
    for (const chart of ["base", "istiod", "gateway"]) {
      await helm("package", join(charts, chart), "--version", version, "--destination", repository);
    }
  }
  await helm("repo", "index", repository);
}
