/** Doors and routes come and go by commits: only what a commit is about changes, and nothing goes without a word. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { demoConfig, gatewayNamespace } from "./demo-platform.ts";
import {
  applicationNames,
  eventsOf,
  ingressPath,
  statusNodePort,
  targetGroupPorts,
  untilGone,
  untilScaled,
  untilWell,
} from "./demo-state.ts";
import type { Versions } from "./journal.ts";
import { collection, type KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { ANNOTATION_PREFIX } from "./target-groups.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

/** Names of the objects of which there is a version since. */
const changed = <T extends KubernetesObject>(versions: Versions<T>, position: number): readonly string[] => [
  ...new Set(versions.since(position).map(({ object }) => object.metadata.name)),
];

/** Routes of the same hosts are one VirtualService, so the prefix tells them apart. */
async function hasRoute(bed: TestBed, prefix: string): Promise<boolean> {
  const path = collection("networking.istio.io/v1", "virtualservices", gatewayNamespace);
  const { items } = await bed.plane.api.get<{ items: readonly unknown[] }>(path);
  return JSON.stringify(items).includes(`"prefix":"${prefix}"`);
}

describeOnTestBed("doors and routes that come and go", (bed) => {
  let config: ConfigInput;
  let revision: string;

  const route = (name: string, prefix: string) => ({
    name,
    path: prefix,
    hosts: ["app.example.com"],
    ingress: "services",
    service: { name, namespace: "istio-system", port: 8080 },
  });

  test("a route added by a commit restarts nothing, touches no Ingress and runs no hook", async () => {
    config = demoConfig(bed());
    revision = await bed().commit("The first cluster", config);
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision);
    await untilScaled(bed());
    const since = await bed().position();
    const runsBefore = bed().kubelet.runs.length;

    config = { ...config, routes: [...(config.routes ?? []), route("reports", "/reports")] };
    revision = await bed().commit("A route", config);
    await untilWell(bed(), revision);
    expect(await hasRoute(bed(), "/reports")).toBe(true);
    expect(changed(bed().journal.deployments, since)).toEqual([]);
    expect(changed(bed().journal.ingresses, since)).toEqual([]);
    expect(bed().kubelet.runs).toHaveLength(runsBefore);
    // Argo CD may heal once more what it has just applied, from a comparison that is a moment older than the sync.
    const operations = bed().journal.operationsSince(since);
    expect(operations.filter((operation) => !operation.startsWith("demo-gateway: "))).toEqual([]);
    expect([1, 2]).toContain(operations.length);
  });

  test("a door added by a commit gets its load balancer and its number, and the other doors notice nothing", async () => {
    const since = await bed().position();
    const runsBefore = bed().kubelet.runs.length;
    const { ingresses } = config;
    config = {
      ...config,
      ingresses: {
        ...ingresses,
        partners: { ...demoConfig(bed()).ingresses.services, hosts: ["partners.example.com"] },
      },
    };
    revision = await bed().commit("A door", config);
    await untilWell(bed(), revision, { names: [...applicationNames, "demo-ingress-partners"] });
    expect(targetGroupPorts(bed(), "partners")).toEqual([await statusNodePort(bed())]);
    expect(bed().kubelet.runs.slice(runsBefore)).toMatchObject([{ job: "healthcheck", exitCode: 0 }]);
    expect(changed(bed().journal.ingresses, since)).toEqual(["ingress-partners"]);
    expect(changed(bed().journal.deployments, since)).toEqual([]);
  });

  test("a door renamed in the cluster file is refused, because its load balancer would go, and nothing is written", async () => {
    const { partners, ...others } = config.ingresses;
    const renamed = { ...config, ingresses: { ...others, friends: partners } } as ConfigInput; // the key is not known to be there
    await expect(bed().platform.synth(renamed)).rejects.toThrow(
      /error output\/removal: Ingress istio-ingress\/ingress-partners would be removed/,
    );
    expect(existsSync(join(bed().platform.folder, "dist/demo/ingress-friends"))).toBe(false);
    expect(existsSync(join(bed().platform.folder, "dist/demo/ingress-partners/ingress.yaml"))).toBe(true);
  });

  test("with --allow-removal the old door goes, with its load balancer, and the new one is there", async () => {
    const { partners, ...others } = config.ingresses;
    config = { ...config, ingresses: { ...others, friends: partners } } as ConfigInput; // as above
    revision = await bed().commit("Partners are friends", config, "--allow-removal");
    await untilWell(bed(), revision, { names: [...applicationNames, "demo-ingress-friends"] });
    await untilGone(bed(), "demo-ingress-partners");
    expect(await bed().plane.api.tryGet(ingressPath("partners"))).toBeUndefined();
    expect(targetGroupPorts(bed(), "partners")).toBeUndefined();
    expect(targetGroupPorts(bed(), "friends")).toEqual([await statusNodePort(bed())]);
  });

  test("a door whose load balancer is protected waits for a person, without an Event, and other commits come through", async () => {
    const { services } = demoConfig(bed()).ingresses;
    const attributes = { "deletion_protection.enabled": "true" };
    const vault = { ...services, hosts: ["vault.example.com"], attributes };
    const withoutVault = config;
    revision = await bed().commit("A vault", { ...config, ingresses: { ...config.ingresses, vault } });
    await untilWell(bed(), revision, {
      names: [...applicationNames, "demo-ingress-friends", "demo-ingress-vault"],
    });
    const since = await bed().position();
    config = { ...withoutVault, routes: [...(config.routes ?? []), route("invoices", "/invoices")] };
    revision = await bed().commit("No vault, and a route", config, "--allow-removal");
    await waitUntil("the controller to refuse", 60, () => bed().alb.log.at(-1));
    expect(bed().alb.log.at(-1)).toBe(
      "deletion_protection is enabled, cannot delete the ingress: ingress-vault",
    );
    await waitUntil("the route", 60, () => hasRoute(bed(), "/invoices"));
    expect(await bed().plane.api.tryGet(ingressPath("vault"))).toBeDefined();
    expect(targetGroupPorts(bed(), "vault")).toBeDefined();
    expect(await eventsOf(bed(), "vault", since)).toEqual([]);
  });

  test("the command of remove-a-door.md on the live Ingress lets it go", async () => {
    await bed().plane.kubectl(
      ...["annotate", "ingress", "ingress-vault", `--namespace=${gatewayNamespace}`, "--overwrite"],
      `${ANNOTATION_PREFIX}load-balancer-attributes=deletion_protection.enabled=false`,
    );
    await untilGone(bed(), "demo-ingress-vault");
    expect(await bed().plane.api.tryGet(ingressPath("vault"))).toBeUndefined();
    expect(targetGroupPorts(bed(), "vault")).toBeUndefined();
  });

  test("while the controller of load balancers is down, a removed door waits for it, and other commits come through", async () => {
    await bed().alb.goDown();
    const { friends: _, ...others } = config.ingresses;
    config = { ...config, ingresses: others };
    revision = await bed().commit("No more friends", config, "--allow-removal");
    await waitUntil("the Ingress to wait for its finalizer", 60, async () => {
      const ingress = await bed().plane.api.tryGet<{ metadata: { deletionTimestamp?: string } }>(
        ingressPath("friends"),
      );
      return ingress?.metadata.deletionTimestamp !== undefined;
    });
    config = { ...config, routes: [...(config.routes ?? []), route("orders", "/orders")] };
    revision = await bed().commit("Another route", config);
    await waitUntil(
      "the route",
      60,
      () => hasRoute(bed(), "/orders"),
      () => bed().applications.summary(),
    );
    expect(await bed().plane.api.tryGet(ingressPath("friends"))).toBeDefined();
    expect(targetGroupPorts(bed(), "friends")).toBeDefined();
  });

  test("once that controller is back, the load balancer and the door are gone without a person", async () => {
    await bed().alb.comeBack();
    await untilWell(bed(), revision);
    await untilGone(bed(), "demo-ingress-friends");
    expect(await bed().plane.api.tryGet(ingressPath("friends"))).toBeUndefined();
    expect(targetGroupPorts(bed(), "friends")).toBeUndefined();
  });
});
