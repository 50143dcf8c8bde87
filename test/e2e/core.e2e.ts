/**
 * The core pass: what meshfront emits, run by a real API server and a real Argo CD. From the first roll-out to the
 * deletion, in this order, on one bed. After the first apply only Git changes, and what the titles say was done by hand.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { demoConfig, demoWaves, doors, gatewayNamespace } from "./demo-platform.ts";
import {
  getIngress,
  healthCheckPortHistory,
  healthCheckPortOf,
  ingressPath,
  isWell,
  statusNodePort,
  targetGroupPorts,
  tryGetDeployment,
  untilScaled,
  untilWell,
} from "./demo-state.ts";
import { isRolledOut } from "./journal.ts";
import { collection } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/** Long enough for several waves, if nothing held them back: the controller's pause between two is 1 s here. */
const SEVERAL_WAVES_MS = 5_000;

describeOnTestBed("what meshfront emits, on a real API server and a real Argo CD", (bed) => {
  let config: ReturnType<typeof demoConfig>;
  let revision: string;

  test("the first roll-out goes in waves: while istiod is unavailable, nothing of a later wave exists", async () => {
    config = demoConfig(bed());
    bed().kubelet.hold("istiod");
    revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await waitUntil("istiod's Deployment", 60, () => tryGetDeployment(bed(), "istio-system", "istiod"));
    await sleep(SEVERAL_WAVES_MS);
    const names = (await bed().applications.list()).map(({ metadata }) => metadata.name);
    expect(names).toEqual(["demo-istio-base", "demo-istiod", "demo-root"]);

    bed().kubelet.release("istiod");
    await untilScaled(bed()); // which makes istiod Progressing once more
    await untilWell(bed(), revision);
    const { applications, deployments } = bed().journal;
    for (const [index, wave] of demoWaves.entries()) {
      for (const name of wave) {
        const created = await applications.first(name, "there", () => true);
        for (const earlier of demoWaves.slice(0, index).flat()) {
          const well = await applications.first(earlier, "well", ({ object }) => isWell(object));
          expect(well, `${earlier} before ${name}`).toBeLessThan(created);
        }
      }
    }
    const rolledOut = await deployments.first("istiod", "rolled out", ({ object }) => isRolledOut(object));
    expect(rolledOut).toBeLessThan(await deployments.first("istio-ingress", "there", () => true));
  });

  test.each(doors)(
    "the door %s gets a load balancer that asks at the NodePort: by name before the hook, by number after it",
    async (door) => {
      const nodePort = await statusNodePort(bed());
      const [run, ...more] = bed().kubelet.runs.filter(({ job }) => job === "healthcheck");
      expect(more).toEqual([]);
      expect(run).toMatchObject({ exitCode: 0 });
      expect(run?.output).toContain(`ingress-${door}: healthcheck-port status-port -> ${nodePort} (patched)`);
      expect(healthCheckPortHistory(bed(), door)).toEqual(["status-port", nodePort]);
      const ingress = await getIngress(bed(), door);
      expect(ingress.status?.loadBalancer?.ingress).toMatchObject([
        { hostname: expect.stringMatching(/^demo-/) },
      ]);
      // The target group never had another port than this one.
      const name = `${gatewayNamespace}/ingress-${door}`;
      expect(bed().alb.changes.filter(({ ingress: changed }) => changed === name)).toEqual([
        { ingress: name, ports: [nodePort] },
      ]);
    },
  );

  test("a hard refresh finds no difference, and Argo CD keeps zero values of valuesObject as they are in Git", async () => {
    await bed().applications.refreshHard();
    await untilWell(bed(), revision, { timeoutSeconds: 10 });
    const root = await bed().applications.get("demo-root");
    expect(root.status?.resources?.filter(({ status }) => status !== "Synced")).toEqual([]);

    const comparedTo = async (name: string) =>
      (await bed().applications.get(name)).status?.sync?.comparedTo?.source?.helm?.valuesObject;
    expect(await comparedTo("demo-istio-ingress")).toMatchObject({
      autoscaling: { enabled: false },
      affinity: {},
      tolerations: [],
      networkGateway: "",
    });
    expect(await comparedTo("demo-istiod")).toMatchObject({
      env: {},
      tolerations: [],
      traceSampling: 0,
      meshConfig: { accessLogFile: "", enableTracing: false, defaultConfig: { proxyMetadata: {} } },
    });
  });

  test("one commit that changes istiod and the gateway is rolled out in order, though charts take 4 s to fetch", async () => {
    const since = await bed().position();
    const generationOf = async (namespace: string, name: string) =>
      (await tryGetDeployment(bed(), namespace, name))?.metadata.generation;
    const [istiodBefore, gatewayBefore] = await Promise.all([
      generationOf("istio-system", "istiod"),
      generationOf(gatewayNamespace, "istio-ingress"),
    ]);
    bed().charts.delaySeconds = 4;
    bed().kubelet.hold("istiod");
    config.istio.version = "1.31.1";
    config.istio.istiod.values.traceSampling = 1;
    config.gateways.ingress.replicas = { min: 3, max: 3 };
    revision = await bed().commit("Istio 1.31.1", config);
    await waitUntil(
      "istiod's Deployment to change",
      60,
      async () => (await generationOf("istio-system", "istiod")) !== istiodBefore,
    );
    await sleep(SEVERAL_WAVES_MS);
    expect((await bed().applications.get("demo-istio-ingress")).spec.source.targetRevision).toBe("1.31.0");

    bed().kubelet.release("istiod");
    await untilWell(bed(), revision);
    bed().charts.delaySeconds = 0;
    expect(bed().charts.requests).toEqual(
      expect.arrayContaining(["istiod-1.31.1.tgz", "gateway-1.31.1.tgz"]),
    );
    const { applications, deployments } = bed().journal;
    const rolledOut = await deployments.first(
      "istiod",
      "rolled out anew",
      ({ object }) => object.metadata.generation !== istiodBefore && isRolledOut(object),
      since,
    );
    const told = await applications.first(
      "demo-istio-ingress",
      "told the new version",
      ({ object }) => object.spec.source.targetRevision === "1.31.1",
      since,
    );
    const changed = await deployments.first(
      "istio-ingress",
      "changed",
      ({ object }) => object.metadata.generation !== gatewayBefore,
      since,
    );
    expect(rolledOut).toBeLessThan(told);
    expect(told).toBeLessThan(changed);
  });

  test("a change of the hook's Job alone runs the hook once for all doors, and the number never flaps", async () => {
    const since = await bed().position();
    const runsBefore = bed().kubelet.runs.length;
    const nodePort = await statusNodePort(bed());
    config.hook.timeoutSeconds = 11;
    revision = await bed().commit("Wait longer", config);
    await untilWell(bed(), revision);
    const runs = bed().kubelet.runs.slice(runsBefore);
    expect(runs.map(({ job, exitCode }) => `${job}: ${exitCode}`)).toEqual(["healthcheck: 0"]);
    for (const door of doors)
      expect(runs[0]?.output).toContain(`ingress-${door}: healthcheck-port ${nodePort} (unchanged)`);
    for (const door of doors)
      expect([[], [nodePort]]).toContainEqual(healthCheckPortHistory(bed(), door, since));
  });

  test("another annotation altered by hand is healed, and the patched number stays in every version", async () => {
    const since = await bed().position();
    const runsBefore = bed().kubelet.runs.length;
    const nodePort = await statusNodePort(bed());
    const path = "alb.ingress.kubernetes.io/healthcheck-path";
    await bed().plane.api.patch(ingressPath("services"), { metadata: { annotations: { [path]: "/wrong" } } });
    await waitUntil("the path to be healed", 60, async () => {
      const ingress = await getIngress(bed(), "services");
      return ingress.metadata.annotations?.[path] === "/healthz/ready";
    });
    await untilWell(bed(), revision);
    expect(healthCheckPortHistory(bed(), "services", since)).toEqual([nodePort]);
    expect(bed().kubelet.runs).toHaveLength(runsBefore);
  });

  test("an Ingress deleted by hand comes back with the port's name, and its load balancer asks at the NodePort", async () => {
    const since = await bed().position();
    const runsBefore = bed().kubelet.runs.length;
    await bed().plane.api.delete(ingressPath("addons"));
    await waitUntil("the Ingress with a load balancer again", 60, async () => {
      const isGone = bed()
        .journal.ingresses.of("ingress-addons", since)
        .some(({ isDeleted }) => isDeleted);
      return isGone && targetGroupPorts(bed(), "addons") !== undefined;
    });
    await untilWell(bed(), revision);
    expect(healthCheckPortOf(await getIngress(bed(), "addons"))).toBe("status-port");
    expect(targetGroupPorts(bed(), "addons")).toEqual([await statusNodePort(bed())]);
    expect(bed().kubelet.runs).toHaveLength(runsBefore); // a self-heal runs no hook
  });

  test("a hook that may not patch fails visibly, and the next commit repairs it without a hand", async () => {
    const runsBefore = bed().kubelet.runs.length;
    bed().platform.edit("dist/demo/healthcheck/hook.yaml", (text) => text.replace(/^ +- patch\n/m, ""));
    await bed().push("Less permissions");
    const failed = await waitUntil(
      "the failed hook in the Application's operation",
      120,
      async () => {
        const { status } = await bed().applications.get("demo-healthcheck");
        return status?.operationState?.syncResult?.resources?.find(({ hookPhase }) => hookPhase === "Failed");
      },
      () => bed().applications.summary(),
    );
    expect(failed).toMatchObject({ kind: "Job", name: "healthcheck" });
    const [run] = bed().kubelet.runs.slice(runsBefore);
    expect(run?.exitCode).toBe(20);
    expect(run?.output).toContain("sync the Role and RoleBinding that meshfront wrote");
    await waitUntil("the root not to be Healthy", 30, async () => {
      const { status } = await bed().applications.get("demo-root");
      return status?.health?.status !== "Healthy";
    });

    revision = await bed().commit("Undo", config);
    await untilWell(bed(), revision);
    expect(healthCheckPortOf(await getIngress(bed(), "addons"))).toBe(await statusNodePort(bed()));
  });

  test("a chart version that does not exist stops the roll-out visibly, and the next commit repairs it without a hand", async () => {
    config.istio.version = "1.31.99";
    await bed().commit("A typo", config);
    await waitUntil(
      "the root's sync to fail because of istio-base",
      60,
      async () => {
        const { status } = await bed().applications.get("demo-root");
        return status?.health?.status === "Degraded" && (status.operationState?.retryCount ?? 0) > 0;
      },
      () => bed().applications.summary(),
    );
    const istiod = await bed().applications.get("demo-istiod");
    expect(istiod.spec.source.targetRevision).toBe("1.31.1");

    config.istio.version = "1.31.1";
    revision = await bed().commit("Undo", config);
    await untilWell(bed(), revision);
  });

  test("deleting the root takes everything down in reverse waves; CRDs and namespaces stay", async () => {
    const since = await bed().position();
    await bed().plane.kubectl("delete", "application", "demo-root", "--namespace=argocd", "--timeout=90s");
    const { applications } = bed().journal;
    const gone = (name: string) => applications.first(name, "gone", ({ isDeleted }) => isDeleted, since);
    for (const [index, wave] of demoWaves.entries()) {
      for (const name of wave) {
        const asked = await applications.first(
          name,
          "being deleted",
          ({ object }) => object.metadata.deletionTimestamp !== undefined,
          since,
        );
        for (const later of demoWaves.slice(index + 1).flat()) {
          expect(await gone(later), `${later} before ${name}`).toBeLessThan(asked);
        }
      }
    }
    for (const door of doors) expect(targetGroupPorts(bed(), door)).toBeUndefined();
    const left = await bed().plane.kubectl(
      ...[
        "get",
        "namespaces,crds,deployments,services,ingresses,jobs,cronjobs",
        "--all-namespaces",
        "--output=name",
      ],
    );
    expect(left.split("\n")).toEqual(
      expect.arrayContaining([
        "namespace/istio-system",
        "namespace/istio-ingress",
        "customresourcedefinition.apiextensions.k8s.io/gateways.networking.istio.io",
        "customresourcedefinition.apiextensions.k8s.io/virtualservices.networking.istio.io",
      ]),
    );
    expect(left).not.toMatch(/istiod|ingress-services|ingress-addons|healthcheck/);
    expect(
      await bed().plane.api.tryGet(`${collection("v1", "services", gatewayNamespace)}/istio-ingress`),
    ).toBe(undefined);
  });
});
