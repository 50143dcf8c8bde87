import { describe, expect, test, vi } from "vitest";
import { ingressPath, refusal } from "./api-server.ts";
import { type Cluster, ingress, SLOW_MACHINE, startCluster } from "./cluster.ts";

const SERVICES = ingressPath("ingress-services");

vi.setConfig({ maxConcurrency: 8 });

const WATCHING = { watchSeconds: 1 };

/** Somebody, most likely Argo CD, puts back what stands in Git a while after each of the first `times` patches. */
function takeBack({ api }: Cluster, afterMs: number, times: number): void {
  let left = times;
  api.afterPatch = () => {
    if (left-- > 0) setTimeout(() => api.put(ingress("ingress-services", "status-port")), afterMs);
  };
}

const patches = ({ api }: Cluster): number => api.log.filter((what) => what === `PATCH ${SERVICES}`).length;

describe.concurrent("healthcheck-port.mjs watches after its last patch", SLOW_MACHINE, () => {
  test("and patches again what is taken back", async (context) => {
    const cluster = await startCluster(context);
    takeBack(cluster, 300, 1);
    const { code, stdout } = await cluster.run(WATCHING);
    expect(stdout).toContain("healthcheck-port status-port -> 31404 (patched)");
    expect(cluster.api.annotation("ingress-services")).toBe("31404");
    expect(patches(cluster)).toBe(2);
    expect(code).toBe(0);
  });

  test("anew after each patch", async (context) => {
    const cluster = await startCluster(context);
    takeBack(cluster, 700, 2);
    const { code } = await cluster.run(WATCHING);
    expect(cluster.api.annotation("ingress-services")).toBe("31404");
    expect(patches(cluster)).toBe(3);
    expect(code).toBe(0);
  });

  test("for no longer than the time limit and one watch, then exits with 13", async (context) => {
    const { api, run } = await startCluster(context);
    const putBack = () => api.put(ingress("ingress-services", "status-port"));
    api.afterPatch = () => {
      setTimeout(putBack, 100);
      api.afterPatch = putBack;
    };
    const { code, stdout, stderr } = await run({ timeoutSeconds: 5, watchSeconds: 1 });
    expect(stderr).toContain("error (exit code 13): ingress istio-ingress/ingress-services was patched");
    expect(stdout).toBe("");
    expect(code).toBe(13);
  });

  test("and is not put off by an API server that does not answer for a moment", async (context) => {
    const cluster = await startCluster(context);
    cluster.api.afterPatch = () => {
      cluster.api.answerNext(`GET ${SERVICES}`, refusal(503, "starting"));
    };
    const { code, stdout } = await cluster.run(WATCHING);
    expect(stdout).toContain("(patched)");
    expect(code).toBe(0);
  });

  test("and not at all where nothing was patched", async (context) => {
    const cluster = await startCluster(context);
    cluster.api.put(ingress("ingress-services", "31404"));
    const { code } = await cluster.run(WATCHING);
    expect(cluster.api.log.filter((what) => what === `GET ${SERVICES}`)).toHaveLength(1);
    expect(code).toBe(0);
  });
});
