/**
 * Why the gate is needed, and that it is enough: the same roll-outs with no health check of Applications, with the one
 * that Argo CD documents, and with ours.
 */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { demoConfig, gatewayNamespace } from "./demo-platform.ts";
import { tryGetDeployment, untilScaled, untilWell } from "./demo-state.ts";
import { isRolledOut } from "./journal.ts";
import { chartVersions, describeOnTestBed } from "./on-test-bed.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

const KEY = "resource.customizations.health.argoproj.io_Application";

/** docs/operator-manual/health.md of Argo CD 3.5, "Argocd App". */
const DOCUMENTED = `
hs = {}
hs.status = "Progressing"
hs.message = ""
if obj.status ~= nil then
  if obj.status.health ~= nil then
    hs.status = obj.status.health.status
    if obj.status.health.message ~= nil then
      hs.message = obj.status.health.message
    end
  end
end
return hs
`;

/** How long a wave that does not wait gets to show it. */
const SEVERAL_WAVES_MS = 8_000;

/** Ours stays as it is emitted. */
type Gate = "none" | "documented" | "ours";

async function applyWithGate(bed: TestBed, gate: Gate): Promise<void> {
  const folder = join(bed.platform.folder, "argocd");
  const file = join(bed.folder, "argocd-cm.yaml");
  const configMap: { data: Record<string, string> } = parse(
    readFileSync(join(folder, "argocd-cm.yaml"), "utf8"),
  );
  if (gate === "none") delete configMap.data[KEY];
  if (gate === "documented") configMap.data[KEY] = DOCUMENTED;
  await writeFile(file, stringify(configMap));
  await bed.plane.kubectl("apply", "--server-side", `--filename=${file}`);
  await bed.plane.kubectl("apply", "--server-side", `--filename=${folder}/demo.yaml`);
}

/** Whether the gateway came only when istiod was available. */
async function isInstallOrdered(bed: TestBed, gate: Gate): Promise<boolean> {
  bed.kubelet.hold("istiod");
  const revision = await bed.commit("The first cluster", demoConfig(bed));
  await applyWithGate(bed, gate);
  await waitUntil("istiod's Deployment", 60, () => tryGetDeployment(bed, "istio-system", "istiod"));
  await sleep(SEVERAL_WAVES_MS);
  bed.kubelet.release("istiod");
  await untilWell(bed, revision, { timeoutSeconds: 120 });
  const { deployments } = bed.journal;
  const rolledOut = await deployments.first("istiod", "rolled out", ({ object }) => isRolledOut(object));
  return rolledOut < (await deployments.first("istio-ingress", "there", () => true));
}

/** The same of an update of both in one commit, while charts take 4 s to fetch and istiod's pods some seconds more. */
async function isUpdateOrdered(bed: TestBed, number: number): Promise<boolean> {
  await untilScaled(bed);
  const since = await bed.position();
  const [istiodBefore, gatewayBefore] = await Promise.all(
    [
      ["istio-system", "istiod"],
      [gatewayNamespace, "istio-ingress"],
    ].map(
      async ([namespace = "", name = ""]) =>
        (await tryGetDeployment(bed, namespace, name))?.metadata.generation,
    ),
  );
  const config = demoConfig(bed);
  config.istio.version = chartVersions[number + 1] ?? ""; // each new to the repo-server's cache
  config.istio.istiod.values.traceSampling = number + 1;
  config.gateways.ingress.replicas = { min: 3 + number, max: 3 + number };
  bed.charts.delaySeconds = 4;
  bed.kubelet.hold("istiod");
  const revision = await bed.commit(`Update ${number}`, config);
  await waitUntil("istiod's Deployment to change", 60, async () => {
    const istiod = await tryGetDeployment(bed, "istio-system", "istiod");
    return istiod?.metadata.generation !== istiodBefore;
  });
  await sleep(SEVERAL_WAVES_MS);
  bed.kubelet.release("istiod");
  await untilWell(bed, revision, { timeoutSeconds: 150 });
  bed.charts.delaySeconds = 0;
  const { deployments } = bed.journal;
  const rolledOut = await deployments.first(
    "istiod",
    "rolled out anew",
    ({ object }) => object.metadata.generation !== istiodBefore && isRolledOut(object),
    since,
  );
  const changed = await deployments.first(
    "istio-ingress",
    "changed",
    ({ object }) => object.metadata.generation !== gatewayBefore,
    since,
  );
  return rolledOut < changed;
}

/** Of the first roll-out and three updates: whether each went in order. */
async function rollOutFourTimes(bed: TestBed, gate: Gate): Promise<readonly boolean[]> {
  const results = [await isInstallOrdered(bed, gate)];
  for (const number of [0, 1, 2]) results.push(await isUpdateOrdered(bed, number));
  return results;
}

describeOnTestBed("with no health check of Applications", (bed) => {
  test("the gateway is installed before istiod is available", async () => {
    expect(await isInstallOrdered(bed(), "none")).toBe(false);
  });

  test("the gateway is updated before istiod is", async () => {
    expect(await isUpdateOrdered(bed(), 0)).toBe(false);
  });
});

describeOnTestBed("with the health check that Argo CD documents", (bed) => {
  test("of a first roll-out and three slow updates at least one goes out of order", async () => {
    const results = await rollOutFourTimes(bed(), "documented");
    console.error(`in order with the documented health check: ${results.join(", ")}`);
    expect(results).toContain(false);
  });
});

describeOnTestBed("with the gate", (bed) => {
  test("a first roll-out and three slow updates go in order", async () => {
    expect(await rollOutFourTimes(bed(), "ours")).toEqual([true, true, true, true]);
  });
});
