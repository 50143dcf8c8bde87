/**
 * What is done to a door by hand, and who puts it right: self-heal with the port's name at once, the recheck with the
 * number within its schedule. The CronJob is started by the real CronJob controller.
 */
import { expect, test } from "vitest";
import { stateOf } from "./applications.ts";
import { demoConfig, doors, gatewayNamespace } from "./demo-platform.ts";
import {
  healthCheckPortOf,
  ingressPath,
  setHealthCheckPort,
  statusNodePort,
  targetGroupNames,
  untilAsking,
  untilWell,
} from "./demo-state.ts";
import { collection } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/** The schedule's minute, and time for the Job. */
const ONE_RECHECK_SECONDS = 120;

const rechecks = (bed: TestBed) => bed.kubelet.runs.filter(({ job }) => /^recheck-/.test(job));

const isHook = ({ job }: { readonly job: string }): boolean => /^healthcheck/.test(job);

describeOnTestBed("a door that was altered by hand becomes right without a person", (bed) => {
  let config: ReturnType<typeof demoConfig>;
  let revision: string;

  test("the recheck finds nothing to do after the roll-out", async () => {
    config = demoConfig(bed());
    config.hook.recheck = "* * * * *";
    revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
    const run = await waitUntil("a recheck", ONE_RECHECK_SECONDS, () => rechecks(bed())[0]);
    const nodePort = await statusNodePort(bed());
    expect(run.exitCode).toBe(0);
    expect(run.output.match(/unchanged/g)).toHaveLength(doors.length);
    await untilAsking(bed(), doors, nodePort, ONE_RECHECK_SECONDS);
  });

  test("a deleted Ingress asks at the NodePort by name at once, and by number after a recheck", async () => {
    const since = await bed().position();
    await bed().plane.api.delete(ingressPath("addons"));
    await waitUntil("the Ingress with the name", 60, () =>
      bed()
        .journal.ingresses.of("ingress-addons", since)
        .some(({ object }) => healthCheckPortOf(object) === "status-port"),
    );
    await untilAsking(bed(), doors, await statusNodePort(bed()), ONE_RECHECK_SECONDS);
    await untilWell(bed(), revision);
  });

  test("a deleted gateway Service comes back with another NodePort, and a recheck moves all doors to it", async () => {
    const before = await statusNodePort(bed());
    const groupsBefore = doors.map((door) => targetGroupNames(bed(), door));
    const hooksBefore = bed().kubelet.runs.filter(isHook).length;
    await bed().plane.api.delete(`${collection("v1", "services", gatewayNamespace)}/istio-ingress`);
    const after = await waitUntil("another NodePort", 60, async () => {
      const now = await statusNodePort(bed()).catch(() => "undefined");
      return now !== "undefined" && now !== before && now;
    });
    await untilAsking(bed(), doors, after, ONE_RECHECK_SECONDS);
    await untilWell(bed(), revision);
    expect(bed().kubelet.runs.filter(isHook)).toHaveLength(hooksBefore); // a self-heal runs no hook
    for (const [index, door] of doors.entries()) {
      expect(targetGroupNames(bed(), door)).toHaveLength(1);
      expect(targetGroupNames(bed(), door)).not.toEqual(groupsBefore[index]); // their names follow the Service's UID
    }
  });

  test("a number altered and an annotation removed are no drift to Argo CD, and a recheck repairs both", async () => {
    const since = await bed().position();
    const nodePort = await statusNodePort(bed());
    await setHealthCheckPort(bed(), "services", "1");
    await setHealthCheckPort(bed(), "addons", null);
    await untilAsking(bed(), doors, nodePort, ONE_RECHECK_SECONDS);
    await untilWell(bed(), revision);
    expect(bed().journal.operationsSince(since)).toEqual([]);
  });

  test("a recheck that fails turns its own Application Degraded, and holds back neither a commit nor a hook", async () => {
    config.hook.timeoutSeconds = 11;
    await bed().platform.synth(config);
    bed().platform.edit("dist/demo/recheck/recheck.yaml", (text) => text.replace(/^ +- patch\n/m, ""));
    const rechecksBefore = rechecks(bed()).length;
    const hooksBefore = bed().kubelet.runs.filter(isHook).length;
    await bed().push("A recheck without permissions, and another hook");
    await waitUntil("the hook", 60, () => bed().kubelet.runs.filter(isHook).length === hooksBefore + 1);
    await setHealthCheckPort(bed(), "services", "1");
    await waitUntil("a recheck that fails", ONE_RECHECK_SECONDS, () =>
      rechecks(bed())
        .slice(rechecksBefore)
        .find(({ exitCode }) => exitCode === 20),
    );
    await waitUntil(
      "its Application to be Degraded",
      60,
      async () => (await bed().applications.get("demo-recheck")).status?.health?.status === "Degraded",
      () => bed().applications.summary(),
    );
    config.hook.timeoutSeconds = 12;
    await bed().platform.synth(config);
    bed().platform.edit("dist/demo/recheck/recheck.yaml", (text) => text.replace(/^ +- patch\n/m, ""));
    await bed().push("Another hook again");
    await waitUntil(
      "the hook once more",
      60,
      () => bed().kubelet.runs.filter(isHook).length === hooksBefore + 2,
      () => bed().applications.summary(),
    );
    for (const door of doors) {
      expect(stateOf(await bed().applications.get(`demo-ingress-${door}`))).toMatch(/^Synced\/Healthy\//);
    }
    await untilAsking(bed(), doors, await statusNodePort(bed()), ONE_RECHECK_SECONDS);
  });

  test("the next commit repairs the recheck, and its next run makes the root Healthy again", async () => {
    revision = await bed().commit("Undo", config);
    await untilWell(bed(), revision, { timeoutSeconds: ONE_RECHECK_SECONDS });
  });
});
