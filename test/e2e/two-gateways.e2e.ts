/** Two gateways in one cluster: each with its release, Gateway, doors, hook and recheck; and how one becomes two. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { demoConfig, gatewayNamespace } from "./demo-platform.ts";
import { targetGroupNames, tryGetDeployment, untilGone, untilWell } from "./demo-state.ts";
import { collection } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { Service } from "./target-groups.ts";
import type { TestBed } from "./test-bed.ts";

const ofGateway = (key: string, door: string): readonly string[] => [
  `demo-gateway-chart-${key}`,
  `demo-gateway-${key}`,
  `demo-ingress-${door}`,
  `demo-healthcheck-${key}`,
  `demo-recheck-${key}`,
];
const names = [
  ...["demo-root", "demo-istio-base", "demo-istiod"],
  ...ofGateway("ingress", "services"),
  ...ofGateway("staff", "addons"),
];

const istioVersion = "1.31.1";

/** The door `services` on the gateway that is there with one, `addons` on one of the chart before. */
function twoGateways(bed: TestBed): ConfigInput {
  const config = demoConfig(bed);
  const { services, addons } = config.ingresses;
  return {
    ...config,
    istio: { ...config.istio, version: istioVersion },
    gateways: { ...config.gateways, staff: { version: "1.31.0", replicas: { min: 2, max: 2 } } },
    ingresses: { services: { ...services, gateway: "ingress" }, addons: { ...addons, gateway: "staff" } },
  };
}

async function nodePortOf(bed: TestBed, namespace: string, service: string): Promise<string> {
  const { spec } = await bed.plane.api.get<Service>(`${collection("v1", "services", namespace)}/${service}`);
  return String(spec.ports?.find(({ port }) => port === 15021)?.nodePort);
}

/** Health-check ports of the target groups of an Ingress `namespace/name`. */
const portsAt = (bed: TestBed, ingress: string): string | undefined =>
  bed.alb
    .tryFindLoadBalancer(ingress)
    ?.targetGroups.map(({ healthCheckPort }) => healthCheckPort)
    .join();

describeOnTestBed("two gateways", (bed) => {
  test("are rolled out in waves, each with its doors, its hook and its own NodePort", async () => {
    const revision = await bed().commit("Two gateways", twoGateways(bed()));
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision, { names });
    const first = await nodePortOf(bed(), gatewayNamespace, "istio-ingress");
    const second = await nodePortOf(bed(), "istio-staff", "istio-staff");
    expect(first).not.toBe(second);
    expect(portsAt(bed(), "istio-ingress/ingress-services")).toBe(first);
    expect(portsAt(bed(), "istio-staff/ingress-addons")).toBe(second);
    const runs = bed().kubelet.runs.map(({ job, exitCode }) => `${job}: ${exitCode}`);
    expect(runs.sort()).toEqual(["healthcheck-ingress: 0", "healthcheck-staff: 0"]);
    const seen = (children: readonly string[]): Promise<number[]> =>
      Promise.all(
        children.map((name) => bed().journal.applications.first(`demo-${name}`, "there", () => true)),
      );
    const charts = await seen(["gateway-chart-ingress", "gateway-chart-staff"]);
    const gateways = await seen(["gateway-ingress", "gateway-staff"]);
    const doors = await seen(["ingress-services", "ingress-addons"]);
    expect(Math.max(...charts)).toBeLessThan(Math.min(...gateways));
    expect(Math.max(...gateways)).toBeLessThan(Math.min(...doors));
  });

  test("a change of one restarts nothing of the other", async () => {
    const since = await bed().position();
    const config = twoGateways(bed());
    const staff = { ...config.gateways?.staff, version: istioVersion };
    const gateways = { ...config.gateways, staff };
    const revision = await bed().commit("The other gateway", { ...config, gateways });
    await untilWell(bed(), revision, { names });
    expect(bed().journal.deployments.of("istio-ingress", since)).toEqual([]);
    expect(bed().journal.deployments.of("istio-staff", since)).not.toEqual([]);
    expect(bed().journal.ingresses.since(since)).toEqual([]);
  });
});

/** What must not change while another Application takes the gateway over. */
async function identityOf(bed: TestBed) {
  const deployment = await tryGetDeployment(bed, gatewayNamespace, "istio-ingress");
  const pods = await bed.plane.kubectl(
    ...["get", "pods", `--namespace=${gatewayNamespace}`, "--selector=app=istio-ingress", "--output=name"],
  );
  return {
    deployment: deployment?.metadata.uid,
    pods,
    nodePort: await nodePortOf(bed, gatewayNamespace, "istio-ingress"),
    targetGroups: targetGroupNames(bed, "services"),
  };
}

/** The blocks of docs/how-to/add-a-gateway.md that have kubectl: letting go, and the root as it was. */
function handOver(): readonly string[] {
  const page = readFileSync(new URL("../../docs/how-to/add-a-gateway.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = ""]) => block);
  return blocks.filter((block) => block.startsWith("kubectl"));
}

/** In the checkout of the platform team. */
async function runCommands(bed: TestBed, block: string): Promise<void> {
  const binaries = inject("binaries");
  if (typeof binaries === "string") throw new Error("expected the binaries of the bed");
  const PATH = `${binaries.folder}:${process.env.PATH}`;
  await promisify(execFile)("bash", ["-euc", block], {
    cwd: bed.platform.folder,
    env: { ...process.env, PATH, HOME: bed.folder, KUBECONFIG: bed.plane.kubeconfig },
  });
}

describeOnTestBed("one gateway that becomes two", (bed) => {
  const oneGateway = (): ConfigInput => {
    const config = demoConfig(bed());
    return { ...config, istio: { ...config.istio, version: istioVersion } };
  };

  test("with the commands of docs/how-to/add-a-gateway.md keeps pods, NodePort and target groups", async () => {
    const first = await bed().commit("One gateway", oneGateway());
    await bed().applyArgocdFolderClientSide();
    await untilWell(bed(), first);
    const before = await identityOf(bed());
    const [letGo = "", backToNormal = ""] = handOver();
    await runCommands(bed(), letGo);
    const revision = await bed().commit("Two gateways", twoGateways(bed()), "--allow-removal");
    await runCommands(bed(), backToNormal);
    await untilWell(bed(), revision, { names, timeoutSeconds: 180 });
    await untilGone(bed(), "demo-healthcheck");
    expect(await identityOf(bed())).toEqual(before);
  });

  test("and so it does on the way back", async () => {
    expect(await bed().platform.diff(oneGateway())).toContain("diff/moves-gateway");
    await expect(bed().platform.synth(oneGateway())).rejects.toThrow(
      /demo-gateway-chart-ingress would be removed/,
    );
    const before = await identityOf(bed());
    const [letGo = "", backToNormal = ""] = handOver();
    const children = "in gateway-chart-ingress gateway-ingress;";
    await runCommands(bed(), letGo.replace("in istio-ingress gateway;", children));
    const revision = await bed().commit("One gateway", oneGateway(), "--allow-removal");
    await runCommands(bed(), backToNormal);
    await untilWell(bed(), revision, { timeoutSeconds: 180 });
    expect(await identityOf(bed())).toEqual(before);
  });
});
