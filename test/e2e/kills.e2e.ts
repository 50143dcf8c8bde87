/** Programs that are killed in the middle of a roll-out and come back: it converges, and nobody did anything. */
import { expect, test } from "vitest";
import { demoConfig, demoWaves, gatewayNamespace } from "./demo-platform.ts";
import { isWell, tryGetDeployment, untilWell } from "./demo-state.ts";
import { isRolledOut } from "./journal.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/**
 * An event that the killed controller missed is made up for by its periodic comparison: timeout.reconciliation, 120 s,
 * with up to 60 s of jitter, and then the waves that are left. Seen: 14 s, 18 s, 139 s.
 */
const TIMEOUT_SECONDS = 120 + 60 + 60;

describeOnTestBed("a roll-out survives the programs that run it", (bed) => {
  let config: ReturnType<typeof demoConfig>;
  let revision: string;

  const generationOf = async (namespace: string, name: string) =>
    (await tryGetDeployment(bed(), namespace, name))?.metadata.generation;

  test("the API server, killed while istiod is rolled out for the first time", async () => {
    config = demoConfig(bed());
    bed().kubelet.hold("istiod");
    revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await waitUntil("istiod's Deployment", 60, () => tryGetDeployment(bed(), "istio-system", "istiod"));
    await bed().restart("kube-apiserver");
    await waitUntil("the API server to answer", 60, () =>
      bed()
        .position()
        .catch(() => undefined),
    );
    bed().kubelet.release("istiod");
    await untilWell(bed(), revision, { timeoutSeconds: TIMEOUT_SECONDS });
    // Also then in the order of the waves.
    const { applications } = bed().journal;
    for (const [index, wave] of demoWaves.entries()) {
      for (const name of wave) {
        const created = await applications.first(name, "there", () => true);
        for (const earlier of demoWaves.slice(0, index).flat()) {
          const well = await applications.first(earlier, "well", ({ object }) => isWell(object));
          expect(well, `${earlier} before ${name}`).toBeLessThan(created);
        }
      }
    }
  });

  test("the application controller, killed between two waves of an update", async () => {
    const since = await bed().position();
    const before = await generationOf("istio-system", "istiod");
    bed().kubelet.hold("istiod");
    config.istio.version = "1.31.1";
    config.istio.istiod.values.traceSampling = 1;
    revision = await bed().commit("Istio 1.31.1", config);
    await waitUntil(
      "istiod's Deployment to change",
      60,
      async () => (await generationOf("istio-system", "istiod")) !== before,
    );
    await bed().restart("argocd-application-controller");
    bed().kubelet.release("istiod");
    await untilWell(bed(), revision, { timeoutSeconds: TIMEOUT_SECONDS });
    const { applications, deployments } = bed().journal;
    const rolledOut = await deployments.first(
      "istiod",
      "rolled out anew",
      ({ object }) => object.metadata.generation !== before && isRolledOut(object),
      since,
    );
    const told = await applications.first(
      "demo-istio-ingress",
      "told the new version",
      ({ object }) => object.spec.source.targetRevision === "1.31.1",
      since,
    );
    expect(rolledOut).toBeLessThan(told);
  });

  test("the repo-server, killed while it fetches a chart", async () => {
    const requestsBefore = bed().charts.requests.length;
    bed().charts.delaySeconds = 4;
    config.istio.version = "1.31.2"; // none that it has in its cache
    revision = await bed().commit("Istio 1.31.2", config);
    await waitUntil("a request for a chart", 60, () => bed().charts.requests.length > requestsBefore);
    await bed().restart("argocd-repo-server");
    await untilWell(bed(), revision, { timeoutSeconds: TIMEOUT_SECONDS });
    bed().charts.delaySeconds = 0;
    const gateway = await tryGetDeployment(bed(), gatewayNamespace, "istio-ingress");
    expect(gateway !== undefined && isRolledOut(gateway)).toBe(true);
  });

  test("after all of that, two hard refreshes in a row find no difference and begin no operation", async () => {
    const since = await bed().position();
    await bed().applications.refreshHard();
    await bed().applications.refreshHard();
    await untilWell(bed(), revision);
    expect(bed().journal.operationsSince(since)).toEqual([]);
  });
});
