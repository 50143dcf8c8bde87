import { rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { join } from "node:path";
import { describe, expect, type TestContext, test } from "vitest";
import { ANNOTATION, ingressPath, refusal, SERVICE_PATH } from "./api-server.ts";
import { FIRST_TOKEN, gatewayService, ingress, SLOW_MACHINE, startCluster, USUAL_PORTS } from "./cluster.ts";

const SERVICES = ingressPath("ingress-services");

/** Time heals none of these: the program says what is wrong and does not wait. */
describe.concurrent("healthcheck-port.mjs fails at once", SLOW_MACHINE, () => {
  test("with 20 when it may not read the Service, and names what the Role lacks", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerAlways(
      `GET ${SERVICE_PATH}`,
      refusal(403, 'services "istio-ingress" is forbidden: User "x" cannot get'),
    );
    const { code, stderr } = await run();
    expect(stderr).toBe(
      "error (exit code 20): get services istio-ingress in istio-ingress: status 403, " +
        'services "istio-ingress" is forbidden: User "x" cannot get. ' +
        "If it is RBAC, sync the Role and RoleBinding that meshfront wrote for this Job.\n",
    );
    expect(code).toBe(20);
    expect(api.requests).toHaveLength(1);
  });

  test("with 20 when it may not patch, while the other Ingress is served", async (context) => {
    const { api, run } = await startCluster(context);
    api.put(ingress("ingress-addons", "status-port"));
    api.answerAlways(`PATCH ${SERVICES}`, refusal(403, "cannot patch"));
    const { code, stdout, stderr } = await run({ ingresses: ["ingress-services", "ingress-addons"] });
    expect(stderr).toContain("patch ingresses ingress-services in istio-ingress: status 403, cannot patch");
    expect(stdout).toContain("ingress-addons: healthcheck-port status-port -> 31404 (patched)");
    expect(code).toBe(20);
  });

  test.for(["15021", "status-port", ""])(
    "with 21 when the Service carries the annotation %j itself, which makes the patch useless",
    async (value, context) => {
      const { api, run } = await startCluster(context);
      api.put(gatewayService(USUAL_PORTS, "NodePort", { [ANNOTATION]: value }));
      const { code, stderr } = await run();
      expect(stderr).toContain(
        `error (exit code 21): service istio-ingress/istio-ingress is annotated "${value}".`,
      );
      expect(stderr).toContain(`Its ${ANNOTATION} beats the Ingress': remove it`);
      expect(code).toBe(21);
      expect(api.log).toEqual([`GET ${SERVICE_PATH}`]);
    },
  );

  test.for([
    [
      "a page of HTML with status 200",
      { status: 200, body: "<html>log in</html>" },
      "status 200, and no Kubernetes object",
    ],
    ["JSON that is no object", { status: 200, body: "null" }, "status 200"],
    ["an object of another kind", { status: 200, body: { kind: "Pod" } }, "status 200"],
    ["a redirect", { status: 302, headers: { location: "https://elsewhere.example/" } }, "status 302"],
    ["a refusal that is none of the known ones", refusal(422, "is invalid"), "status 422, is invalid"],
    ["an endless answer", { status: 200, body: "x".repeat(3 * 2 ** 20) }, "over 2 MiB"],
  ] as const)("with 23 on %s", async ([, answer, found], context) => {
    const { api, run } = await startCluster(context);
    api.answerAlways(`GET ${SERVICE_PATH}`, answer);
    const { code, stderr } = await run();
    expect(stderr).toContain("error (exit code 23): ");
    expect(stderr).toContain(found);
    expect(code).toBe(23);
    expect(api.requests).toHaveLength(1);
  });

  test("with 70 and one line when something nobody thought of happens", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerAlways(`GET ${SERVICE_PATH}`, {
      status: 200,
      body: { kind: "Service", spec: { ports: "none" } },
    });
    const { code, stderr } = await run();
    expect(stderr).toMatch(/^error \(exit code 70\): TypeError: .*This is a bug in meshfront\.\n$/);
    expect(code).toBe(70);
  });

  test("without printing the token that an answer echoes", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerAlways(`GET ${SERVICE_PATH}`, refusal(403, `no such bearer: ${FIRST_TOKEN}`));
    expect((await run()).stderr).toContain("no such bearer: ***");
  });

  test.for([
    ["KUBERNETES_SERVICE_HOST", { KUBERNETES_SERVICE_HOST: undefined }],
    ["KUBERNETES_SERVICE_PORT", { KUBERNETES_SERVICE_PORT: "" }],
  ] as const)("with 3 without %s", async ([, env], context) => {
    const { run } = await startCluster(context);
    const { code, stderr } = await run({ env });
    expect(stderr).toContain("error (exit code 3): KUBERNETES_SERVICE_HOST or _PORT is not set.");
    expect(code).toBe(3);
  });

  test.for(["token", "ca.crt"])("with 3 when %s is empty or not mounted", async (file, context) => {
    const { api, mount, run } = await startCluster(context);
    const message = `error (exit code 3): ${join(mount, file)} is missing or malformed.`;
    writeFileSync(join(mount, file), "\n");
    expect(await run()).toMatchObject({ code: 3, stderr: expect.stringContaining(message) });
    rmSync(join(mount, file));
    expect(await run()).toMatchObject({ code: 3, stderr: expect.stringContaining(message) });
    expect(api.requests).toEqual([]);
  });
});

describe.concurrent("healthcheck-port.mjs trusts only the cluster's CA", SLOW_MACHINE, () => {
  test("and sends nothing to a server that another CA vouches for", async (context) => {
    const { api, run } = await startCluster(context, { ca: "other-ca" });
    const { code, stderr } = await run();
    expect(stderr).toMatch(
      /^error \(exit code 22\): GET https:\/\/127\.0\.0\.1:\d+\/api\/v1\/.*ca\.crt\.\n$/,
    );
    expect(code).toBe(22);
    expect(api.requests).toEqual([]);
  });

  test("even when the environment asks for no verification, or for one more CA", async (context) => {
    const { api, run } = await startCluster(context, { ca: "other-ca" });
    const clusterCa = new URL("certificates/cluster-ca.crt", import.meta.url).pathname;
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_EXTRA_CA_CERTS: clusterCa };
    expect((await run({ env })).code).toBe(22);
    expect(api.requests).toEqual([]);
  });

  test("and the certificate must name the server's address", async (context) => {
    const { api, run } = await startCluster(context, { certificate: "server-of-another-host" });
    const { code, stderr } = await run();
    expect(stderr).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(code).toBe(22);
    expect(api.requests).toEqual([]);
  });

  test("and a ca.crt that only looks like one is no reason to trust Node's own list", async (context) => {
    const { mount, run } = await startCluster(context);
    writeFileSync(join(mount, "ca.crt"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    expect((await run()).code).toBe(22);
  });

  test("so a server without TLS gets nothing either", async (context) => {
    const { run } = await startCluster(context);
    const plain = await listen(
      context,
      createServer((_, response) => response.end("{}")),
    );
    expect((await run({ env: { KUBERNETES_SERVICE_PORT: plain } })).code).toBe(22);
  });
});

/** The Job has a deadline of its own, but its message names no cause: the program must end before it. */
describe.concurrent("healthcheck-port.mjs ends by itself with 14", SLOW_MACHINE, () => {
  test("when the connection is refused until the limit", async (context) => {
    const { api, run } = await startCluster(context);
    await api.stop();
    const { code, stderr } = await run({ timeoutSeconds: 3 });
    expect(stderr).toMatch(/^waiting .*ECONNREFUSED/m);
    expect(stderr).toMatch(/^error \(exit code 14\): .*ECONNREFUSED/m);
    expect(code).toBe(14);
  });

  test("when the server accepts connections and stays silent", async (context) => {
    const { run } = await startCluster(context);
    const silent = await listen(context, createTcpServer());
    const { code, stderr } = await run({ timeoutSeconds: 1, env: { KUBERNETES_SERVICE_PORT: silent } });
    expect(stderr).toContain("no answer within 500 ms");
    expect(code).toBe(14);
  });

  test.for(["silence", "drip"] as const)("when a request is answered with %s", async (answer, context) => {
    const { api, run } = await startCluster(context);
    api.answerAlways(`GET ${SERVICE_PATH}`, answer);
    expect((await run({ timeoutSeconds: 1 })).code).toBe(14);
  });
});

describe.concurrent("healthcheck-port.mjs ends with 143 on SIGTERM", SLOW_MACHINE, () => {
  test("while it waits, and says so", async (context) => {
    const { api, run } = await startCluster(context);
    api.remove(SERVICE_PATH);
    const { code, stderr } = await run({
      timeoutSeconds: 600,
      onStart: (child) => child.stderr?.once("data", () => child.kill("SIGTERM")),
    });
    expect(stderr).toContain("error (exit code 143): SIGTERM. The pod was ended");
    expect(code).toBe(143);
  });

  test("while a request is under way", async (context) => {
    const { api, run } = await startCluster(context);
    api.answerAlways(`GET ${SERVICE_PATH}`, "silence");
    const { code } = await run({
      timeoutSeconds: 600,
      onStart: (child) => {
        api.beforeAnswer = () => child.kill("SIGTERM");
      },
    });
    expect(code).toBe(143);
  });
});

/** Listens on loopback for the length of a test; returns the port as the environment spells it. */
async function listen(
  context: Pick<TestContext, "onTestFinished">,
  server: Server | TcpServer,
): Promise<string> {
  const sockets = new Set<{ destroy(): void }>();
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address() as AddressInfo; // it listens on a port
  return String(address.port);
}
