/** Argo CD, istiod, the hook and the autoscalers write into the same objects: nobody takes back what another wrote. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { demoConfig, demoWaves, doors } from "./demo-platform.ts";
import {
  getIngress,
  healthCheckPortHistory,
  healthCheckPortOf,
  ingressPath,
  statusNodePort,
  untilWell,
} from "./demo-state.ts";
import { type WebhookConfiguration, webhooksPath } from "./istiod-actor.ts";
import { collection, type KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

const QUIET_MS = 60_000;

interface Autoscaler extends KubernetesObject {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason: string;
    }[];
  };
}

/** What was written since, and by whom it would have to be explained. */
const changesSince = ({ journal }: TestBed, position: number) => ({
  operations: journal.operationsSince(position),
  ingresses: journal.ingresses.since(position).length,
  deployments: journal.deployments.since(position).length,
  webhooks: journal.webhooks.since(position).length,
});

const nothing = { operations: [], ingresses: 0, deployments: 0, webhooks: 0 };

const failurePolicies = (bed: TestBed, since: number) =>
  bed.journal.webhooks.since(since).map(({ object }) => object.webhooks[0]?.failurePolicy);

describeOnTestBed("nothing fights over a field", (bed) => {
  let config: ReturnType<typeof demoConfig>;
  let revision: string;

  test("istiod writes into its webhook and no autoscaler has metrics, yet all becomes Synced and Healthy", async () => {
    config = demoConfig(bed());
    revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
    const webhook = await bed().plane.api.get<WebhookConfiguration>(
      `${webhooksPath}/istiod-default-validator`,
    );
    expect(webhook.webhooks).toMatchObject([
      { failurePolicy: "Fail", clientConfig: { caBundle: expect.stringMatching(/./) } },
    ]);
    await waitUntil("an autoscaler that misses its metrics", 60, async () => {
      const { status } = await bed().plane.api.get<Autoscaler>(
        `${collection("autoscaling/v2", "horizontalpodautoscalers", "istio-system")}/istiod`,
      );
      return status?.conditions?.some(({ type, status }) => type === "ScalingActive" && status === "False");
    });
    await untilWell(bed(), revision, { timeoutSeconds: 30 });
  });

  test("in a quiet minute nobody writes an Ingress, a Deployment or a webhook, and no operation begins", async () => {
    const since = await bed().position();
    await sleep(QUIET_MS);
    expect(changesSince(bed(), since)).toEqual(nothing);
  });

  test("hard refreshes and a full sync of each Application keep the health-check number in every version", async () => {
    const since = await bed().position();
    const nodePort = await statusNodePort(bed());
    await bed().applications.refreshHard();
    for (const name of ["demo-root", ...demoWaves.flat()]) {
      const { status } = await bed().applications.syncInFull(name);
      expect(status?.operationState?.phase, name).toBe("Succeeded");
    }
    await untilWell(bed(), revision);
    for (const door of doors) {
      expect([[], [nodePort]]).toContainEqual(healthCheckPortHistory(bed(), door, since));
      expect(healthCheckPortOf(await getIngress(bed(), door))).toBe(nodePort);
    }
  });

  test("the application controller, killed and started again, begins no operation and heals what is altered then", async () => {
    const since = await bed().position();
    const nodePort = await statusNodePort(bed());
    await bed().restart("argocd-application-controller");
    await bed().applications.refreshHard();
    expect(changesSince(bed(), since)).toEqual(nothing);

    const scheme = "alb.ingress.kubernetes.io/target-type";
    await bed().plane.api.patch(ingressPath("services"), { metadata: { annotations: { [scheme]: "ip" } } });
    await waitUntil("the annotation to be healed", 60, async () => {
      const { metadata } = await getIngress(bed(), "services");
      return metadata.annotations?.[scheme] === "instance";
    });
    expect(healthCheckPortHistory(bed(), "services", since)).toEqual([nodePort]);
  });

  test("without the value that meshfront sets, Argo CD and istiod fight over the webhook without end", async () => {
    const since = await bed().position();
    bed().platform.edit("dist/demo/applications/istio-base.yaml", (text) =>
      text.replace("validationFailurePolicy: Fail", "validationFailurePolicy: Ignore"),
    );
    await bed().push("Istio's default");
    await waitUntil(
      "the webhook to be changed to and fro three times",
      120,
      () => failurePolicies(bed(), since).filter((policy) => policy === "Ignore").length >= 3,
      () => failurePolicies(bed(), since),
    );
    const policies = failurePolicies(bed(), since);
    expect(policies.slice(0, 4)).toEqual(["Ignore", "Fail", "Ignore", "Fail"]);
  });
});
