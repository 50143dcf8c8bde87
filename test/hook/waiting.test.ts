import { describe, expect, test, vi } from "vitest";
import { ingressPath, type KubernetesObject, refusal, SERVICE_PATH } from "./api-server.ts";
import { gatewayService, ingress, SLOW_MACHINE, startCluster, USUAL_PORTS } from "./cluster.ts";

const SERVICES = ingressPath("ingress-services");

// The cases spend most of their time in pauses; but each is a process, and its limits are of the clock on the wall.
vi.setConfig({ maxConcurrency: 4 });

/** Short, because these cases wait for it to the end; the pauses between looks shrink with it. */
const TO_THE_LIMIT = { timeoutSeconds: 3 };

/** What may pass by itself is waited for, and at the time limit the exit code says what it was. */
describe.concurrent("healthcheck-port.mjs waits", SLOW_MACHINE, () => {
  test("for a Service that is not there yet", async (context) => {
    const { api, run } = await startCluster(context);
    api.remove(SERVICE_PATH);
    api.beforeAnswer = () => {
      if (api.requests.length === 3) api.put(gatewayService());
    };
    const { code, stdout, stderr } = await run();
    expect(stderr).toMatch(/^waiting [\d.]+ s: service istio-ingress\/istio-ingress does not exist$/m);
    expect(stdout).toContain("status-port -> 31404 (patched)");
    expect(code).toBe(0);
  });

  test("for a Service with growing pauses until the limit, then exits with 10", async (context) => {
    const { api, run } = await startCluster(context);
    api.remove(SERVICE_PATH);
    const { code, stdout, stderr } = await run(TO_THE_LIMIT);
    expect(stderr).toContain(
      "error (exit code 10): service istio-ingress/istio-ingress does not exist. Is the gateway chart synced?",
    );
    expect(stdout).toBe("");
    expect(code).toBe(10);
    // Pauses of 25, 50, 100, 200, 250, 250 ... ms fill 3 s after 15 looks.
    expect(api.requests.length).toBeGreaterThan(2);
    expect(api.requests.length).toBeLessThan(20);
  });

  test("for a NodePort until the limit, then exits with 11 and names the type and the ports", async (context) => {
    const { api, run } = await startCluster(context);
    api.put(gatewayService([{ port: 15021 }, { port: 80 }], "ClusterIP"));
    const { code, stderr } = await run(TO_THE_LIMIT);
    expect(stderr).toContain(
      "error (exit code 11): service istio-ingress/istio-ingress (ClusterIP) has no NodePort for port 15021; " +
        "ports: 15021 (NodePort none), 80 (NodePort none). In the gateway chart values, set service.type NodePort",
    );
    expect(code).toBe(11);
    expect(api.log).not.toContain(`GET ${SERVICES}`);
  });

  test("for a NodePort, whatever the Service has instead of it", async (context) => {
    const { api, run } = await startCluster(context);
    const states: readonly (readonly [string, KubernetesObject])[] = [
      [
        "(ClusterIP) has no NodePort for port 15021; ports: 15021 (NodePort none)",
        gatewayService([{ port: 15021 }], "ClusterIP"),
      ],
      [
        "(NodePort) has no NodePort for port 15021; ports: 80 (NodePort 30080)",
        gatewayService(USUAL_PORTS.slice(1)),
      ],
      ["ports: 15021 (NodePort none)", gatewayService([{ port: 15021, nodePort: 0 }])],
      ["ports: 15021 (NodePort 70000)", gatewayService([{ port: 15021, nodePort: 70_000 }])],
      ["ports: none", gatewayService([])],
    ];
    api.beforeAnswer = () => api.put(states[api.requests.length - 1]?.[1] ?? gatewayService());
    const { code, stderr } = await run();
    const found = stderr.trimEnd().split("\n");
    expect(found.length).toBe(states.length);
    for (const [index, [text]] of states.entries()) expect(found[index]).toContain(text);
    expect(code).toBe(0);
  });

  test("for an Ingress that is not there yet", async (context) => {
    const { api, run } = await startCluster(context);
    api.remove(SERVICES);
    api.beforeAnswer = () => {
      if (api.requests.length === 4) api.put(ingress("ingress-services", "status-port"));
    };
    const { code, stderr } = await run();
    expect(stderr).toContain("ingress istio-ingress/ingress-services does not exist");
    expect(code).toBe(0);
  });

  test("for an Ingress until the limit, then exits with 12, and meanwhile serves the others", async (context) => {
    const { api, run } = await startCluster(context);
    const { code, stdout, stderr } = await run({
      ...TO_THE_LIMIT,
      ingresses: ["renamed", "ingress-services"],
    });
    expect(stderr).toContain("error (exit code 12): ingress istio-ingress/renamed does not exist.");
    expect(stdout).toContain("ingress-services: healthcheck-port status-port -> 31404 (patched)");
    expect(api.annotation("ingress-services")).toBe("31404");
    expect(code).toBe(12);
  });

  test("and prints every failure, but exits with that of the Ingress named first", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerAlways(`GET ${SERVICES}`, refusal(403, "no"));
    const { code, stderr } = await run({ ...TO_THE_LIMIT, ingresses: ["renamed", "ingress-services"] });
    expect(stderr).toContain("error (exit code 20)");
    expect(stderr).toContain("error (exit code 12)");
    expect(code).toBe(12);
  });

  test("after a conflict, and reads again before it patches again", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerNext(`PATCH ${SERVICES}`, refusal(409, "the object has been modified"));
    const { code, stderr } = await run();
    expect(stderr).toContain("status 409, the object has been modified");
    expect(code).toBe(0);
    expect(api.log.slice(1)).toEqual(
      ["GET", "PATCH", "GET", "PATCH", "GET"].map((method) => `${method} ${SERVICES}`),
    );
  });

  test.for([
    ["too many requests", refusal(429, "too many requests")],
    ["an internal error", refusal(500, "failed calling webhook")],
    ["a page of HTML with status 503", { status: 503, body: "<html>Service Unavailable</html>" }],
    ["a broken connection", "lost"],
  ] as const)("after %s, wherever it comes", async ([, answer], context) => {
    const { api, run } = await startCluster(context);
    for (const what of [`GET ${SERVICE_PATH}`, `GET ${SERVICES}`, `PATCH ${SERVICES}`])
      api.answerNext(what, answer);
    const { code, stdout } = await run();
    expect(stdout).toContain("status-port -> 31404 (patched)");
    expect(code).toBe(0);
  });

  test("as long as Retry-After says", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerNext(`GET ${SERVICE_PATH}`, refusal(429, "slow down", { "retry-after": "1" }));
    const { code } = await run();
    const [first, second] = api.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(900);
    expect(code).toBe(0);
  });

  test("not at all when Retry-After lies beyond the limit", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerAlways(`GET ${SERVICE_PATH}`, refusal(429, "slow down", { "retry-after": "3600" }));
    const { code, stderr } = await run();
    expect(stderr).not.toContain("waiting");
    expect(code).toBe(14);
    expect(api.requests).toHaveLength(1);
  });

  test("for the next token after a 401, and sends the new one", async (context) => {
    const { api, run, writeToken } = await startCluster(context);
    const rotated = "eyJ-second-token-of-the-test";
    api.beforeAnswer = () => {
      if (api.requests.length === 2) api.acceptedToken = rotated;
      if (api.requests.length === 3) writeToken(rotated);
    };
    const { code, stderr } = await run();
    expect(stderr).toContain("status 401, Unauthorized");
    expect(api.requests.at(-1)?.authorization).toBe(`Bearer ${rotated}`);
    expect(code).toBe(0);
  });

  test("for an accepted token until the limit, then exits with 15", async (context) => {
    const { api, run } = await startCluster(context);
    api.acceptedToken = "another";
    const { code, stderr } = await run(TO_THE_LIMIT);
    expect(stderr).toContain("error (exit code 15): get services istio-ingress in istio-ingress: status 401");
    expect(code).toBe(15);
  });

  test("when another writer changes the annotation once, and reports the value from before", async (context) => {
    const { api, run } = await startCluster(context);
    api.afterPatch = () => {
      api.afterPatch = () => {};
      api.put(ingress("ingress-services", "32001"));
    };
    expect((await run()).stdout).toContain("healthcheck-port status-port -> 31404 (patched)");
    expect(api.annotation("ingress-services")).toBe("31404");
  });

  test("while another writer keeps reverting it, then exits with 13 and names the likely cause", async (context) => {
    const { api, run } = await startCluster(context);
    api.afterPatch = () => api.put(ingress("ingress-services", "status-port"));
    const { code, stdout, stderr } = await run(TO_THE_LIMIT);
    expect(stderr).toContain(
      "error (exit code 13): ingress istio-ingress/ingress-services was patched to 31404, but has status-port again. " +
        "Another writer, most likely Argo CD",
    );
    expect(stderr).toContain("RespectIgnoreDifferences=true");
    expect(stdout).toBe("");
    expect(code).toBe(13);
  });

  test("and still calls it a patch when the answer to the patch got lost", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerNext(`PATCH ${SERVICES}`, "lost");
    const { stdout } = await run();
    expect(stdout).toContain("status-port -> 31404 (patched)");
    expect(api.log.filter((what) => what.startsWith("PATCH"))).toHaveLength(1);
  });

  test("and lets the last answer decide when the limit cuts a request off", async (context) => {
    const { api, run } = await startCluster(context);
    api.put(gatewayService(USUAL_PORTS.slice(1)));
    api.beforeAnswer = ({ at }) => {
      // One request has half of the 3 s: what starts in the second half is cut off by the end.
      if (at - (api.requests[0]?.at ?? at) > 1_600) api.answerAlways(`GET ${SERVICE_PATH}`, "silence");
    };
    expect((await run(TO_THE_LIMIT)).code).toBe(11);
  });
});
