import { networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { ANNOTATION, ingressPath, SERVICE_PATH } from "./api-server.ts";
import { FIRST_TOKEN, gatewayService, ingress, SLOW_MACHINE, startCluster } from "./cluster.ts";

const SERVICES = ingressPath("ingress-services");
const ADDONS = ingressPath("ingress-addons");
const hasIpv6 = Object.values(networkInterfaces()).some((list) =>
  list?.some(({ address }) => address === "::1"),
);

describe.concurrent("healthcheck-port.mjs", SLOW_MACHINE, () => {
  test("points the annotation at the NodePort and says what it replaced", async (context) => {
    const { api, run } = await startCluster(context);
    const { code, stdout, stderr } = await run();
    expect(stdout).toBe(
      "ingress istio-ingress/ingress-services: healthcheck-port status-port -> 31404 (patched)\n",
    );
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(api.annotation("ingress-services")).toBe("31404");
  });

  test("reads the Service and the Ingress, patches, and reads the Ingress again", async (context) => {
    const { api, run } = await startCluster(context);
    await run();
    expect(api.log).toEqual([
      `GET ${SERVICE_PATH}`,
      `GET ${SERVICES}`,
      `PATCH ${SERVICES}`,
      `GET ${SERVICES}`,
    ]);
  });

  test("sends a merge patch of that one annotation, as a string, under its own field manager", async (context) => {
    const { api, run } = await startCluster(context);
    await run();
    const patch = api.requests.find(({ method }) => method === "PATCH");
    expect(patch?.query).toBe("?fieldManager=meshfront-healthcheck");
    expect(patch?.contentType).toBe("application/merge-patch+json");
    expect(patch?.body).toBe(JSON.stringify({ metadata: { annotations: { [ANNOTATION]: "31404" } } }));
  });

  test("sends the mounted token, without its line break, with each request", async (context) => {
    const { api, run } = await startCluster(context);
    await run();
    expect(new Set(api.requests.map(({ authorization }) => authorization))).toEqual(
      new Set([`Bearer ${FIRST_TOKEN}`]),
    );
  });

  test("writes nothing when the annotation is the NodePort already", async (context) => {
    const { api, run } = await startCluster(context);
    api.put(ingress("ingress-services", "31404"));
    const { code, stdout } = await run();
    expect(stdout).toBe("ingress istio-ingress/ingress-services: healthcheck-port 31404 (unchanged)\n");
    expect(code).toBe(0);
    expect(api.log).toEqual([`GET ${SERVICE_PATH}`, `GET ${SERVICES}`]);
  });

  test("adds the annotation where there is none", async (context) => {
    const { api, run } = await startCluster(context);
    api.put(ingress("ingress-services"));
    const { stdout } = await run();
    expect(stdout).toContain("healthcheck-port (none) -> 31404 (patched)");
    expect(api.annotation("ingress-services")).toBe("31404");
  });

  test.for([
    ["31404\n", "healthcheck-port 31404  -> 31404 (patched)"],
    ["", "healthcheck-port (none) -> 31404 (patched)"],
    ["32001", "healthcheck-port 32001 -> 31404 (patched)"],
  ] as const)(
    "replaces %j, which is stale or nothing the controller can use",
    async ([value, line], context) => {
      const { api, run } = await startCluster(context);
      api.put(ingress("ingress-services", value));
      const { stdout } = await run();
      expect(stdout).toContain(line);
      expect(api.annotation("ingress-services")).toBe("31404");
    },
  );

  test("serves several Ingresses in one run, and patches only those that differ", async (context) => {
    const { api, run } = await startCluster(context);
    api.put(ingress("ingress-addons", "31404"));
    const { code, stdout } = await run({ ingresses: ["ingress-services", "ingress-addons"] });
    expect(stdout.split("\n").sort()).toEqual([
      "",
      "ingress istio-ingress/ingress-addons: healthcheck-port 31404 (unchanged)",
      "ingress istio-ingress/ingress-services: healthcheck-port status-port -> 31404 (patched)",
    ]);
    expect(code).toBe(0);
    expect(api.log.filter((what) => what.startsWith("PATCH"))).toEqual([`PATCH ${SERVICES}`]);
    expect(api.log.filter((what) => what === `GET ${SERVICE_PATH}`)).toHaveLength(1);
    expect(api.log).toContain(`GET ${ADDONS}`);
  });

  test("finds the port by its number and ignores the same number over UDP", async (context) => {
    const { api, run } = await startCluster(context);
    const udp = { name: "decoy", protocol: "UDP", port: 15021, nodePort: 31999 };
    api.put(gatewayService([udp, { name: "health", port: 15021, nodePort: 31405 }]));
    await run();
    expect(api.annotation("ingress-services")).toBe("31405");
  });

  test("accepts a NodePort outside 30000-32767, because the API server's range is a setting", async (context) => {
    const { api, run } = await startCluster(context);
    api.put(gatewayService([{ port: 15021, nodePort: 8021 }]));
    await run();
    expect(api.annotation("ingress-services")).toBe("8021");
  });

  test.skipIf(!hasIpv6)("reaches an API server on IPv6, with or without brackets", async (context) => {
    const { run } = await startCluster(context, { address: "::1" });
    expect((await run()).stdout).toContain("(patched)");
    expect((await run({ env: { KUBERNETES_SERVICE_HOST: "[::1]" } })).stdout).toContain("(unchanged)");
  });

  test("asks no proxy, whatever the environment names", async (context) => {
    const { run } = await startCluster(context);
    const nobody = "http://127.0.0.1:9";
    const env = { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: nobody, https_proxy: nobody, HTTP_PROXY: nobody };
    expect((await run({ env, timeoutSeconds: 5 })).code).toBe(0);
  });
});
