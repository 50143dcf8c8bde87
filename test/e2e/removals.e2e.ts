/**
 * What goes from the output goes from the cluster: Argo CD deletes and prunes nothing that its AppProject does not permit
 * any more, and the root applies the AppProject first.
 */
import { expect, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { demoConfig, gatewayNamespace } from "./demo-platform.ts";
import { untilGone, untilWell } from "./demo-state.ts";
import { collection } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

const base = ["demo-root", "demo-istio-base", "demo-istiod", "demo-istio-ingress", "demo-gateway"];
const doors = ["demo-ingress-services", "demo-ingress-addons"];

const exists = async (bed: TestBed, apiVersion: string, plural: string, namespace: string, name: string) =>
  (await bed.plane.api.tryGet(`${collection(apiVersion, plural, namespace)}/${name}`)) !== undefined;

describeOnTestBed("what is removed from the output", (bed) => {
  const allNamed = (): ConfigInput => {
    const config = demoConfig(bed());
    const { services, addons } = config.ingresses;
    const healthCheck = { mode: "named" as const };
    return {
      ...config,
      ingresses: { services: { ...services, healthCheck }, addons: { ...addons, healthCheck } },
    };
  };

  test("the hook and its recheck go with the last door in mode discovered", async () => {
    const first = await bed().commit("The first cluster", demoConfig(bed()));
    await bed().applyArgocdFolder();
    await untilWell(bed(), first);
    expect(await exists(bed(), "batch/v1", "cronjobs", gatewayNamespace, "recheck")).toBe(true);
    const revision = await bed().commit("All by name", allNamed(), "--allow-removal");
    await untilWell(bed(), revision, { names: [...base, ...doors] });
    await untilGone(bed(), "demo-recheck");
    await untilGone(bed(), "demo-healthcheck");
    expect(await exists(bed(), "batch/v1", "cronjobs", gatewayNamespace, "recheck")).toBe(false);
    expect(await exists(bed(), "v1", "configmaps", gatewayNamespace, "healthcheck")).toBe(false);
  });

  test("the last route goes, and the Gateway stays", async () => {
    const revision = await bed().commit("No route", { ...allNamed(), routes: [] });
    await untilWell(bed(), revision, { names: [...base, ...doors] });
    await waitUntil(
      "the VirtualService to be gone",
      60,
      async () =>
        !(await exists(bed(), "networking.istio.io/v1", "virtualservices", gatewayNamespace, "kiali")),
    );
    expect(await exists(bed(), "networking.istio.io/v1", "gateways", gatewayNamespace, "istio-gateway")).toBe(
      true,
    );
  });

  test("what stood in a namespace that leaves the AppProject stays, as diff says", async () => {
    const config = { ...allNamed(), routes: [] };
    const moved = {
      ...config,
      gateways: { ingress: { ...config.gateways?.ingress, namespace: "istio-front" } },
    };
    expect(await bed().platform.diff(moved)).toContain("diff/leaves-objects");
    await bed().commit("Another namespace", moved, "--allow-removal");
    await waitUntil("the gateway in its new namespace", 150, () =>
      exists(bed(), "apps/v1", "deployments", "istio-front", "istio-ingress"),
    );
    await new Promise((resolve) => setTimeout(resolve, 60_000));
    console.error(await bed().applications.summary());
    expect(await exists(bed(), "apps/v1", "deployments", gatewayNamespace, "istio-ingress")).toBe(true);
    expect(
      await exists(bed(), "networking.k8s.io/v1", "ingresses", gatewayNamespace, "ingress-services"),
    ).toBe(true);
  });
});
