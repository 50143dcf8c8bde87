/**
 * What the rules of `meshfront check` are for: the same changes, pushed past it by an edit of the output. Each case says
 * who refuses it and where that shows, or that nobody does. The AWS Load Balancer Controller is an imitation here.
 */
import { expect, test } from "vitest";
import { stateOf } from "./applications.ts";
import { demoConfig, gatewayNamespace } from "./demo-platform.ts";
import {
  getIngress,
  healthCheckPortOf,
  ingressPath,
  statusNodePort,
  targetGroupPorts,
  tryFindLoadBalancer,
  untilEvent,
  untilWell,
} from "./demo-state.ts";
import { collection } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { ANNOTATION_PREFIX } from "./target-groups.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

const INGRESS = "dist/demo/ingress-services/ingress.yaml";

/** Waits for words in the last operation of a child. */
const untilOperationSays = (bed: TestBed, name: string, words: RegExp): Promise<unknown> =>
  waitUntil(
    `the operation of ${name} to say ${words}`,
    60,
    async () => words.test(JSON.stringify((await bed.applications.get(name)).status?.operationState ?? {})),
    () => bed.applications.summary(),
  );

const annotation = (name: string, value: string) => (text: string) =>
  text.replace(new RegExp(`${ANNOTATION_PREFIX}${name}: .*`), `${ANNOTATION_PREFIX}${name}: ${value}`);

describeOnTestBed("changes that meshfront check refuses, pushed past it", (bed) => {
  let config: ReturnType<typeof demoConfig>;
  let revision: string;

  test("the cluster as it should be", async () => {
    config = demoConfig(bed());
    revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
  });

  test.each([
    {
      code: "alb/certificate-region",
      change: annotation(
        "certificate-arn",
        "arn:aws:acm:us-east-1:123456789012:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890",
      ),
      reason: "FailedDeployModel",
      message: /CertificateNotFound/,
    },
    {
      code: "alb/subnets",
      change: annotation("subnets", "subnet-0a1b2c3d4e5f60711"),
      reason: "FailedBuildModel",
      message: /subnets count less than minimal required count: 1 < 2/,
    },
    {
      code: "alb/name-grammar",
      change: annotation("load-balancer-name", "a".repeat(33)),
      reason: "FailedBuildModel",
      message: /cannot be longer than 32 characters/,
    },
  ])(
    "$code: the controller refuses it in an Event, the load balancer stays as it is, and Argo CD goes on showing Synced and Healthy",
    async ({ change, reason, message }) => {
      const before = tryFindLoadBalancer(bed(), "services");
      bed().platform.edit(INGRESS, change);
      const bad = await bed().push("A mistake");
      await untilEvent(bed(), "services", reason, message);
      await untilWell(bed(), bad);
      expect(tryFindLoadBalancer(bed(), "services")).toEqual(before); // with listeners, certificates, target groups
      expect(stateOf(await bed().applications.get("demo-ingress-services"))).toBe("Synced/Healthy/Succeeded");
      revision = await bed().commit("Undo", config);
      await untilWell(bed(), revision);
      await waitUntil(
        "the load balancer to be right again",
        30,
        async () => targetGroupPorts(bed(), "services")?.join() === (await statusNodePort(bed())),
      );
    },
  );

  test("a port name that the Service does not have changes no live door, because the annotation is the hook's", async () => {
    const since = await bed().position();
    bed().platform.edit(INGRESS, annotation("healthcheck-port", "statusport"));
    revision = await bed().push("A wrong name");
    await untilWell(bed(), revision);
    expect(healthCheckPortOf(await getIngress(bed(), "services"))).toBe(await statusNodePort(bed()));
    expect(bed().journal.ingresses.of("ingress-services", since)).toEqual([]);
  });

  test("but the Ingress, once deleted, comes back with it: no load balancer, an Event, and Progressing until the commit that repairs it", async () => {
    await bed().plane.api.delete(ingressPath("services"));
    await untilEvent(
      bed(),
      "services",
      "FailedBuildModel",
      /unable to find port statusport on service istio-ingress\/istio-ingress/,
    );
    await waitUntil(
      "its Application to be Progressing",
      60,
      async () =>
        (await bed().applications.get("demo-ingress-services")).status?.health?.status === "Progressing",
      () => bed().applications.summary(),
    );
    expect(targetGroupPorts(bed(), "services")).toBeUndefined();
    await bed().platform.synth(config);
    const repair = await bed().push("Undo");
    // Git's value is ignored in the live Ingress too: it takes the recheck, or somebody who deletes the Ingress again.
    await bed().plane.api.delete(ingressPath("services"));
    await untilWell(bed(), repair);
    expect(targetGroupPorts(bed(), "services")).toEqual([await statusNodePort(bed())]);
  });

  test("a class that does not exist is refused at the API server: the sync fails, visibly, and the live door stays", async () => {
    const since = await bed().position();
    const before = tryFindLoadBalancer(bed(), "services");
    bed().platform.edit(INGRESS, (text) => text.replace("ingressClassName: alb", "ingressClassName: albb"));
    await bed().push("Another class");
    await untilOperationSays(
      bed(),
      "demo-ingress-services",
      /denied the request: invalid ingress class: IngressClass\.networking\.k8s\.io \\"albb\\" not found/,
    );
    expect(bed().journal.ingresses.of("ingress-services", since)).toEqual([]);
    expect(tryFindLoadBalancer(bed(), "services")).toEqual(before);
    revision = await bed().commit("Undo", config);
    await untilWell(bed(), revision, { timeoutSeconds: 300 });
  });

  test("a Service that is deleted while nobody answers the controller's webhooks comes back once somebody does", async () => {
    const path = `${collection("v1", "services", gatewayNamespace)}/istio-ingress`;
    await bed().alb.webhooks.close();
    await bed().plane.api.delete(path);
    await untilOperationSays(
      bed(),
      "demo-istio-ingress",
      /failed calling webhook \\"mservice\.elbv2\.k8s\.aws\\"/,
    );
    expect(await bed().plane.api.tryGet(path)).toBeUndefined();
    await bed().alb.webhooks.listen();
    await waitUntil(
      "the Service",
      120,
      () => bed().plane.api.tryGet(path),
      () => bed().applications.summary(),
    );
    await untilWell(bed(), revision, { timeoutSeconds: 300 });
  });

  test("a namespace outside of the AppProject is refused by Argo CD, visibly, and the rest goes on", async () => {
    bed().platform.edit("dist/demo/applications/ingress-addons.yaml", (text) =>
      text.replace("namespace: istio-ingress", "namespace: kube-system"),
    );
    await bed().push("Another namespace");
    await waitUntil(
      "the refusal as a condition",
      60,
      async () => {
        const { status } = await bed().applications.get("demo-ingress-addons");
        return status?.conditions?.some(
          ({ type, message }) =>
            type === "InvalidSpecError" && /do not match any of the allowed destinations/.test(message),
        );
      },
      () => bed().applications.summary(),
    );
    revision = await bed().commit("Undo", config);
    await untilWell(bed(), revision, { timeoutSeconds: 300 });
  });
});
