/** Objects that people bring: rolled out with the gateway, checked before anything is written, gone when they are taken out. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ConfigInput } from "../../config/schema.ts";
import { demoConfig, gatewayNamespace } from "./demo-platform.ts";
import { applicationNames, untilGone, untilWell } from "./demo-state.ts";
import { collection, type KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";

const policy = (field = "action"): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: office, namespace: ${gatewayNamespace} }
spec:
  selector: { matchLabels: { istio: ingress } }
  ${field}: ALLOW
  rules: [{ from: [{ source: { remoteIpBlocks: ["203.0.113.0/24"] } }] }]
---
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: access, namespace: ${gatewayNamespace} }
spec: { accessLogging: [{ providers: [{ name: envoy }] }] }
`;

const policyPath = `${collection("security.istio.io/v1", "authorizationpolicies", gatewayNamespace)}/office`;

describeOnTestBed("objects that people bring", (bed) => {
  const withPolicy = (field?: string): ConfigInput => {
    mkdirSync(join(bed().platform.folder, "mesh"), { recursive: true });
    writeFileSync(join(bed().platform.folder, "mesh/office.yaml"), policy(field));
    return { ...demoConfig(bed()), manifests: [{ path: "mesh/office.yaml", wave: "gateway" }] };
  };

  test("a wrong field is refused before anything is written", async () => {
    await expect(bed().platform.synth(withPolicy("acton"))).rejects.toThrow(/manifests\/schema.*spec\.acton/);
  });

  test("come with the gateway, and before the front doors", async () => {
    const revision = await bed().commit("The first cluster", withPolicy());
    await bed().applyArgocdFolder();
    await untilWell(bed(), revision, { names: [...applicationNames, "demo-manifests-gateway"] });
    const { metadata } = await bed().plane.api.get<KubernetesObject>(policyPath);
    const [door] = bed().journal.ingresses.of("ingress-services", 0);
    const created = (object?: KubernetesObject) => String(object?.metadata.creationTimestamp);
    expect(created({ metadata } as KubernetesObject) <= created(door?.object)).toBe(true);
  });

  test("go when they are taken out", async () => {
    const revision = await bed().commit("No objects", demoConfig(bed()), "--allow-removal");
    await untilWell(bed(), revision);
    await untilGone(bed(), "demo-manifests-gateway");
    expect(await bed().plane.api.tryGet(policyPath)).toBeUndefined();
  });
});
