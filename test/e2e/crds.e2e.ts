/** A CRD that leaves Git takes nothing with it: neither itself nor the objects of its kind. */
import { expect, test } from "vitest";
import { demoConfig, gatewayNamespace } from "./demo-platform.ts";
import { untilWell } from "./demo-state.ts";
import { collection, type KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { TestBed } from "./test-bed.ts";

const crd = "virtualservices.networking.istio.io";

const crdPath = `${collection("apiextensions.k8s.io/v1", "customresourcedefinitions")}/${crd}`;
const routePath = `${collection("networking.istio.io/v1", "virtualservices", gatewayNamespace)}/kiali`;

const uidAt = async (bed: TestBed, path: string): Promise<string | undefined> =>
  (await bed.plane.api.tryGet<KubernetesObject>(path))?.metadata.uid;

/** Whether Argo CD counts the CRD among what its base Application brings. */
async function isBrought(bed: TestBed): Promise<boolean> {
  const base = (await bed.applications.list()).find(({ metadata }) => metadata.name === "demo-istio-base");
  return base?.status?.resources?.some(({ name }) => name === crd) ?? false;
}

describeOnTestBed("CRDs that leave Git", (bed) => {
  let before: readonly (string | undefined)[];

  test("are brought by the base chart, and routes are objects of them", async () => {
    const revision = await bed().commit("The first cluster", demoConfig(bed()));
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
    before = [await uidAt(bed(), crdPath), await uidAt(bed(), routePath)];
    expect(before).not.toContain(undefined);
    expect(await isBrought(bed())).toBe(true);
  });

  test("stay with their objects, though pruning is on, and everything is Synced and Healthy", async () => {
    const config = demoConfig(bed());
    const values = { base: { excludedCRDs: [crd] } };
    const revision = await bed().commit("Without the CRD", {
      ...config,
      istio: { ...config.istio, base: { values } },
    });
    await untilWell(bed(), revision);
    expect(await isBrought(bed())).toBe(false);
    expect([await uidAt(bed(), crdPath), await uidAt(bed(), routePath)]).toEqual(before);
  });

  test("come under Git again with the commit that names them", async () => {
    const revision = await bed().commit("With the CRD", demoConfig(bed()));
    await untilWell(bed(), revision);
    expect(await isBrought(bed())).toBe(true);
    expect([await uidAt(bed(), crdPath), await uidAt(bed(), routePath)]).toEqual(before);
  });
});
