/**
 * A door goes from one health-check mode to another, by commits. Right means: at the load balancer, and in the annotation
 * where the mode has a number there. The recheck has the schedule of the default: every two minutes.
 */
import { expect, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { demoConfig, doors } from "./demo-platform.ts";
import {
  applicationNames,
  getIngress,
  healthCheckPortOf,
  statusNodePort,
  targetGroupPorts,
  untilAsking,
  untilWell,
} from "./demo-state.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/** The schedule of the recheck, and time for its Job. */
const AFTER_THE_NEXT_RECHECK_SECONDS = 130;

type HealthCheck = NonNullable<ConfigInput["ingresses"][string]["healthCheck"]>;

describeOnTestBed("a door that goes from one health-check mode to another", (bed) => {
  const withServices = (healthCheck: HealthCheck): ConfigInput => {
    const config = demoConfig(bed());
    const services = { ...config.ingresses.services, healthCheck };
    return {
      ...config,
      hook: { ...config.hook, recheck: "*/2 * * * *" },
      ingresses: { ...config.ingresses, services },
    };
  };

  const untilNumber = async (wanted: string): Promise<void> => {
    await waitUntil(
      `the load balancer of services to ask at ${wanted}`,
      30,
      () => targetGroupPorts(bed(), "services")?.join() === wanted,
      () => targetGroupPorts(bed(), "services"),
    );
  };

  test("discovered, at the first roll-out", async () => {
    const revision = await bed().commit("The first cluster", withServices({ mode: "discovered" }));
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
    await untilAsking(bed(), doors, await statusNodePort(bed()), 30);
  });

  test.each([
    { from: "discovered", to: "named", healthCheck: { mode: "named" } },
    { from: "named", to: "discovered", healthCheck: { mode: "discovered" } },
    { from: "discovered", to: "pinned", healthCheck: { mode: "pinned", nodePort: 31_500 } },
    { from: "pinned", to: "named", healthCheck: { mode: "named" } },
    { from: "named", to: "pinned", healthCheck: { mode: "pinned", nodePort: 31_501 } },
    { from: "pinned", to: "discovered", healthCheck: { mode: "discovered" } },
  ] as const)(
    "from $from to $to it ends with the right number, 130 s after the root is Synced at the latest",
    async ({ to, healthCheck }) => {
      const revision = await bed().commit(`To ${to}`, withServices(healthCheck));
      await untilWell(bed(), revision);
      const nodePort = await statusNodePort(bed());
      if (to === "discovered")
        await untilAsking(bed(), ["services"], nodePort, AFTER_THE_NEXT_RECHECK_SECONDS);
      await untilNumber(nodePort);
      const written = { discovered: nodePort, named: "status-port", pinned: nodePort };
      expect(healthCheckPortOf(await getIngress(bed(), "services"))).toBe(written[to]);
      // The other door of the gateway follows a pin, with the recheck at the latest.
      await untilAsking(bed(), ["addons"], nodePort, AFTER_THE_NEXT_RECHECK_SECONDS);
    },
    400_000,
  );

  test("a pin on it has a line in diff for the other door, which is right after the next recheck", async () => {
    const pinned = withServices({ mode: "pinned", nodePort: 31_502 });
    expect(await bed().platform.diff(pinned)).toMatch(
      /diff\/moves-node-port .*ingress-addons: The NodePort of `istio-ingress\/istio-ingress` becomes `31502` for all doors/,
    );
    const revision = await bed().commit("A pin", pinned);
    await untilWell(bed(), revision, { names: applicationNames });
    expect(await statusNodePort(bed())).toBe("31502");
    await untilAsking(bed(), doors, "31502", AFTER_THE_NEXT_RECHECK_SECONDS);
  }, 300_000);
});
