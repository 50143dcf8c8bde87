/**
 * Front doors of other kinds than the demo's, on a gateway of their own: pods as targets, every host, 443 alone, TLS to the
 * gateway; and how such a door becomes one with nodes as targets, and back. The load balancer is imitated, there is no Envoy.
 */
import { expect, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { demoConfig } from "./demo-platform.ts";
import { untilGone, untilWell } from "./demo-state.ts";
import { collection, type KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { Ingress, Service } from "./target-groups.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

const namespace = "istio-pods";
const shared = ["demo-root", "demo-istio-base", "demo-istiod"];
const ofDemo = ["demo-gateway-chart-ingress", "demo-gateway-ingress", "demo-ingress-addons"];
const hooksOfDemo = ["demo-healthcheck-ingress", "demo-recheck-ingress"];
const ofPods = ["demo-gateway-chart-pods", "demo-gateway-pods", "demo-ingress-services"];
const hooksOfPods = ["demo-healthcheck-pods", "demo-recheck-pods"];
const names = [...shared, ...ofDemo, ...hooksOfDemo, ...ofPods];

type Door = ConfigInput["ingresses"][string];

function withDoor(bed: TestBed, changes: Partial<Door>): ConfigInput {
  const config = demoConfig(bed);
  const { services, addons } = config.ingresses;
  return {
    ...config,
    gateways: { ...config.gateways, pods: { replicas: { min: 2, max: 2 } } },
    ingresses: {
      services: { ...services, gateway: "pods", hosts: ["*"], ...changes },
      addons: { ...addons, gateway: "ingress" },
    },
  };
}

const tlsToPods: Partial<Door> = {
  targetType: "ip",
  listeners: "https",
  backendTls: { credentialName: "gateway-tls" },
};

const serviceOf = (bed: TestBed): Promise<Service> =>
  bed.plane.api.get<Service>(`${collection("v1", "services", namespace)}/istio-pods`);

const gatewayOf = (
  bed: TestBed,
): Promise<KubernetesObject & { readonly spec: { readonly servers: unknown } }> =>
  bed.plane.api.get(`${collection("networking.istio.io/v1", "gateways", namespace)}/istio-gateway-pods`);

const loadBalancerOf = (bed: TestBed) => bed.alb.tryFindLoadBalancer(`${namespace}/ingress-services`);

describeOnTestBed("a door with pods as targets", (bed) => {
  test("takes every host on 443, speaks TLS to the gateway, and has no NodePort, hook or recheck", async () => {
    const revision = await bed().commit("The first cluster", withDoor(bed(), tlsToPods));
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision, { names });
    expect((await serviceOf(bed())).spec.type).toBe("ClusterIP");
    expect(loadBalancerOf(bed())).toMatchObject({
      listeners: ["HTTPS:443"],
      targetGroups: [{ port: 443, healthCheckPort: "15021", healthCheckProtocol: "HTTP" }],
    });
    const ingress = await bed().plane.api.get<Ingress>(
      `${collection("networking.k8s.io/v1", "ingresses", namespace)}/ingress-services`,
    );
    expect(ingress.spec.rules?.map(({ host }) => host)).toEqual([undefined]);
    expect((await gatewayOf(bed())).spec.servers).toMatchObject([
      { port: { number: 443, protocol: "HTTPS" }, hosts: ["*"], tls: { credentialName: "gateway-tls" } },
    ]);
    const all = (await bed().applications.list()).map(({ metadata }) => metadata.name);
    expect(all.filter((name) => hooksOfPods.includes(name))).toEqual([]);
  });

  test("becomes one with nodes as targets: another target group, a NodePort, and a hook that finds it", async () => {
    const [before] = loadBalancerOf(bed())?.targetGroups ?? [];
    const config = withDoor(bed(), { targetType: "instance" });
    expect(await bed().platform.diff(config)).toContain("diff/replaces-target-group");
    const revision = await bed().commit("Nodes", config);
    await untilWell(bed(), revision, { names: [...names, ...hooksOfPods] });
    const nodePort = String(
      (await serviceOf(bed())).spec.ports?.find(({ port }) => port === 15021)?.nodePort,
    );
    await waitUntil("the load balancer to ask at the NodePort", 60, () => {
      const [group] = loadBalancerOf(bed())?.targetGroups ?? [];
      return group?.healthCheckPort === nodePort && group.name !== before?.name;
    });
    expect(loadBalancerOf(bed())?.listeners).toEqual(["HTTP:80", "HTTPS:443"]);
    expect((await gatewayOf(bed())).spec.servers).toMatchObject([{ port: { number: 80, protocol: "HTTP" } }]);
  });

  test("and back: the NodePort, the hook and the recheck go", async () => {
    const revision = await bed().commit("Pods", withDoor(bed(), tlsToPods), "--allow-removal");
    await untilWell(bed(), revision, { names });
    for (const name of hooksOfPods) await untilGone(bed(), name);
    expect((await serviceOf(bed())).spec.type).toBe("ClusterIP");
    await waitUntil("the load balancer to ask the pods", 60, () => {
      const [group] = loadBalancerOf(bed())?.targetGroups ?? [];
      return group?.healthCheckPort === "15021" && group.port === 443;
    });
  });
});
