/** A hook whose pod cannot start shows as a failed operation within three minutes, and delays nothing but itself. */
import { expect, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { stateOf } from "./applications.ts";
import { demoConfig, doors, gatewayNamespace } from "./demo-platform.ts";
import { getIngress, untilWell } from "./demo-state.ts";
import { collection } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { ANNOTATION_PREFIX } from "./target-groups.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/** From the beginning of the operation that applies the hook. */
const WITHIN_SECONDS = 180;

const image = "registry.example.com/node:24";
const quotas = collection("v1", "resourcequotas", gatewayNamespace);

interface Cause {
  /** Completes "that cannot start because of …". */
  readonly what: string;
  readonly hook: ConfigInput["hook"];
  /** Outside of Git. */
  readonly begin?: (bed: TestBed) => unknown;
  readonly end?: (bed: TestBed) => Promise<unknown>;
}

const causes: readonly Cause[] = [
  // With the time limit that is the default; the others are quicker.
  {
    what: "its image",
    hook: { image, timeoutSeconds: 45 },
    begin: (bed) => bed.kubelet.missingImages.add(image),
  },
  { what: "a node selector", hook: { timeoutSeconds: 10, nodeSelector: { pool: "nowhere" } } },
  {
    what: "a quota",
    hook: { timeoutSeconds: 11 },
    begin: (bed) =>
      bed.plane.api.create(quotas, {
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata: { name: "no-more" },
        spec: { hard: { "requests.cpu": "0" } },
      }),
    end: (bed) => bed.plane.api.delete(`${quotas}/no-more`),
  },
];

describeOnTestBed("a hook that cannot start", (bed) => {
  let config: ConfigInput;
  const get = (name: string) => bed().applications.get(name);

  /** A commit about something else, and how long until it is live. */
  async function secondsOfAnotherChange(idleTimeoutSeconds: string): Promise<number> {
    const pushed = performance.now();
    const { services, ...others } = config.ingresses;
    const attributes = { "idle_timeout.timeout_seconds": idleTimeoutSeconds };
    config = { ...config, ingresses: { ...others, services: { ...services, attributes } } } as ConfigInput; // it is there
    await bed().commit("A door changes", config);
    await waitUntil("the change of the door", 60, async () => {
      const { metadata } = await getIngress(bed(), "services");
      const value = metadata.annotations?.[`${ANNOTATION_PREFIX}load-balancer-attributes`];
      return value === `idle_timeout.timeout_seconds=${idleTimeoutSeconds}`;
    });
    return (performance.now() - pushed) / 1_000;
  }

  test("the cluster as it should be", async () => {
    config = demoConfig(bed());
    const revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
  });

  test.each(causes)(
    "because of $what shows as a failed operation and a Degraded root within three minutes, and delays nothing but itself",
    async ({ what, hook, begin, end }) => {
      await begin?.(bed());
      const usual = config.hook;
      config = { ...config, hook: { ...usual, ...hook } };
      const last = async () => (await get("demo-healthcheck")).status?.operationState;
      const { startedAt: before } = (await last()) ?? {};
      await bed().commit(`A hook that cannot start because of ${what}`, config);
      await waitUntil(
        "the hook's operation",
        90,
        async () => {
          const operation = await last();
          return operation?.phase === "Running" && operation.startedAt !== before;
        },
        () => bed().applications.summary(),
      );
      expect(await secondsOfAnotherChange(`${100 + what.length}`)).toBeLessThan(30);
      const failed = await waitUntil(
        "the failed operation and the Degraded root",
        WITHIN_SECONDS + 60,
        async () => {
          const [operation, root] = [await last(), await get("demo-root")];
          return operation?.phase === "Failed" && root.status?.health?.status === "Degraded" && operation;
        },
        () => bed().applications.summary(),
      );
      const [started, finished] = [failed.startedAt, failed.finishedAt].map((time = "") => Date.parse(time));
      expect(Number(finished) - Number(started)).toBeLessThan(1_000 * WITHIN_SECONDS);
      for (const door of doors)
        expect(stateOf(await get(`demo-ingress-${door}`))).toMatch(/^Synced\/Healthy/);

      await end?.(bed());
      config = { ...config, hook: usual };
      await untilWell(bed(), await bed().commit("Undo", config));
    },
    600_000,
  );
});
