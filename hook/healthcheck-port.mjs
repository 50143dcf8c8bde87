// Points the health check of ALB Ingresses at the NodePort that the cluster gave the Istio gateway's status port.
// meshfront runs it in the cluster: as an Argo CD PostSync hook (a Job), and as a CronJob (the recheck), because a
// NodePort can move without any sync. It reads one Service, and reads and patches one annotation of the Ingresses it is
// given. Nothing else. Node.js 20 or newer runs this file as it stands:
//
//   node healthcheck-port.mjs --namespace istio-ingress --service istio-ingress --port 15021 \
//     --ingress ingress-services [--ingress ingress-addons ...] --timeout-seconds 45 --watch-seconds 20
//
// An Ingress that is there is patched at once; for one that is not the program waits, up to the time limit. After its
// last patch it watches for a while whether the number is taken back, and patches again.
//
// stdout: one line per Ingress, what was done. stderr: waiting and errors.

import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { checkServerIdentity as nodeCheckServerIdentity } from "node:tls";
import { parseArgs } from "node:util";

const ANNOTATION = "alb.ingress.kubernetes.io/healthcheck-port";
const FIELD_MANAGER = "meshfront-healthcheck";
// Tests set the variable, a cluster does not.
const MOUNT = process.env.MESHFRONT_SERVICEACCOUNT_DIR ?? "/var/run/secrets/kubernetes.io/serviceaccount";

// Exit codes, and what to do. 0: done. 1x: still so at the time limit, a later run may succeed. 2x: failed at once,
// somebody has to act. Of several failures all are printed; the code is that of the Ingress named first.
const EXIT = /** @type {const} */ ({
  usage: [
    2,
    "Expected --namespace NAME --service NAME --port N --ingress NAME... --timeout-seconds N --watch-seconds N.",
  ],
  environment: [3, "Run it in a pod with automountServiceAccountToken: true."],
  serviceMissing: [10, "Is the gateway chart synced? Its release names the Service."],
  noNodePort: [11, "In the gateway chart values, set service.type NodePort and keep the port."],
  ingressMissing: [12, "Is the Application with this Ingress synced, the Ingress not renamed?"],
  reverted: [
    13,
    "Another writer, most likely Argo CD: its Application needs this annotation in ignoreDifferences, and the " +
      "sync option RespectIgnoreDifferences=true.",
  ],
  unreachable: [14, "Is the control plane, an admission webhook or a NetworkPolicy in the way?"],
  unauthorized: [15, "The token is not accepted. Is the pod's ServiceAccount still there?"],
  forbidden: [20, "If it is RBAC, sync the Role and RoleBinding that meshfront wrote for this Job."],
  serviceAnnotated: [21, `Its ${ANNOTATION} beats the Ingress': remove it (gateway chart values).`],
  untrusted: [22, "The server's certificate must fit its address and the ServiceAccount's ca.crt."],
  unexpected: [23, "Does something else than the Kubernetes API answer here?"],
  bug: [70, "This is a bug in meshfront."],
  terminated: [143, "The pod was ended; a later run may succeed."],
});

class Problem extends Error {
  /** @param {keyof typeof EXIT} name @param {string} found */
  constructor(name, found, leastPauseMs = 0) {
    super(found);
    this.code = EXIT[name][0];
    this.advice = EXIT[name][1];
    this.mayPass = this.code >= 10 && this.code < 20;
    this.leastPauseMs = leastPauseMs;
  }
}

process.on("uncaughtException", (error) => process.exit(report(error)));
process.on("SIGTERM", () => process.exit(report(new Problem("terminated", "SIGTERM"))));

const { namespace, service, port, ingresses, timeoutMs, watchMs } = readArguments();
const end = performance.now() + timeoutMs;
const nodePort = await untilLimit(findNodePort);
// All at once: an Ingress that has to be waited for must not hold back the others.
const codes = await Promise.all(ingresses.map((name) => pointIngress(name).catch(report)));
process.exit(codes.find((code) => code > 0) ?? 0);

function readArguments() {
  const text = /** @type {const} */ ({ type: "string", multiple: true });
  const seconds = { "timeout-seconds": text, "watch-seconds": text };
  const options = { namespace: text, service: text, port: text, ingress: text, ...seconds };
  const { values } = parseArgs({ options });
  /** @param {keyof typeof values} name @param {RegExp} pattern */
  const all = (name, pattern, most = Number.MAX_VALUE) => {
    const given = values[name] ?? [];
    if (given.length > 0 && given.length <= most && given.every((value) => pattern.test(value))) return given;
    throw new Problem("usage", `--${name} is missing, repeated or malformed: "${oneLine(given)}"`);
  };
  /** @param {keyof typeof values} name @param {RegExp} pattern */
  const one = (name, pattern) => all(name, pattern, 1).join();
  const label = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/; // the names become parts of URLs
  return {
    namespace: one("namespace", label),
    service: one("service", label),
    port: Number(one("port", /^[1-9][0-9]{0,4}$/)),
    ingresses: all("ingress", /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/),
    timeoutMs: 1_000 * Number(one("timeout-seconds", /^[1-9][0-9]{0,3}$/)),
    watchMs: 1_000 * Number(one("watch-seconds", /^(0|[1-9][0-9]{0,3})$/)),
  };
}

async function findNodePort() {
  const label = `service ${namespace}/${service}`;
  const { metadata, spec } = await callApi("GET", "service", service, end);
  const rival = metadata?.annotations?.[ANNOTATION];
  if (rival !== undefined) throw new Problem("serviceAnnotated", `${label} is annotated "${oneLine(rival)}"`);
  const ports = spec?.ports ?? [];
  const number = ports.find((each) => each.port === port && each.protocol !== "UDP")?.nodePort ?? 0;
  // Any port: 30000-32767 is only the default range.
  if (Number.isInteger(number) && number > 0 && number < 65_536) return String(number);
  const list = ports.map((each) => `${each.port} (NodePort ${each.nodePort || "none"})`).join(", ") || "none";
  throw new Problem(
    "noNodePort",
    `${label} (${spec?.type}) has no NodePort for port ${port}; ports: ${list}`,
  );
}

/** @param {string} name */
async function pointIngress(name) {
  const label = `ingress ${namespace}/${name}`;
  /** @param {number} until */
  const read = async (until) =>
    (await callApi("GET", "ingress", name, until)).metadata?.annotations?.[ANNOTATION];
  let replaced = ""; // outlives an attempt: a patch whose answer got lost is still reported as a patch
  let isPointed = false;
  let patchedAt = 0;
  const point = async (until = end) => {
    const before = await read(until);
    isPointed = before === nodePort;
    if (isPointed) return;
    replaced ||= oneLine(before || "(none)");
    const metadata = { annotations: { [ANNOTATION]: nodePort } };
    patchedAt = performance.now();
    await callApi("PATCH", "ingress", name, until, { metadata });
    const after = await read(until);
    isPointed = after === nodePort;
    if (isPointed) return;
    throw new Problem("reverted", `${label} was patched to ${nodePort}, but has ${oneLine(after)} again`);
  };
  await untilLimit(point);
  // A door's Application that does not know yet that the annotation is the hook's puts back what stands in Git.
  const lastMoment = end + watchMs;
  const watchEnd = () => (isPointed ? Math.min(patchedAt + watchMs, lastMoment) : lastMoment);
  /** @type {Problem | undefined} */
  let problem;
  while (replaced && performance.now() < watchEnd()) {
    await sleep(watchMs / 10);
    await point(lastMoment + watchMs / 4).catch((error) => {
      if (!(error instanceof Problem && error.mayPass)) throw error;
      problem = problem && performance.now() > lastMoment ? problem : error;
      if (!isPointed && performance.now() + watchMs / 10 >= lastMoment) throw problem;
    });
  }
  const done = replaced ? `${replaced} -> ${nodePort} (patched)` : `${nodePort} (unchanged)`;
  console.log(`${label}: healthcheck-port ${done}`);
  return 0;
}

/** @template T @param {() => Promise<T>} attempt @returns {Promise<T>} */
async function untilLimit(attempt) {
  /** @type {Problem | undefined} */
  let problem;
  let pauseMs = Math.min(1_000, timeoutMs / 120);
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem && error.mayPass)) throw error;
      // A request that the limit itself cut off says less than the answer before it.
      problem = problem && performance.now() > end - 10 ? problem : error;
    }
    const waitMs = Math.max(pauseMs, problem.leastPauseMs);
    if (performance.now() + waitMs >= end) throw problem;
    console.error(`waiting ${(waitMs / 1_000).toFixed(1)} s: ${problem.message}`);
    await sleep(waitMs);
    pauseMs = Math.min(pauseMs * 2, 10_000, timeoutMs / 12);
  }
}

/**
 * One request: the object, or the Problem that the answer means.
 * @typedef {{ port?: number, protocol?: string, nodePort?: number }} Port
 * @typedef {{ metadata?: { annotations?: Record<string, string> }, spec?: { type?: string, ports?: Port[] } }} Body
 * @param {"GET" | "PATCH"} method @param {"service" | "ingress"} kind @param {string} name
 * @param {number} until @param {Body} [patch]
 * @returns {Promise<Body>}
 */
async function callApi(method, kind, name, until, patch) {
  const resource = kind === "service" ? "services" : "ingresses";
  const api = kind === "service" ? "/api/v1" : "/apis/networking.k8s.io/v1";
  const path = `${api}/namespaces/${namespace}/${resource}/${name}`;
  const { status, leastPauseMs, body } = await exchange(method, path, until, patch);
  if (status === 200 && String(body?.kind).toLowerCase() === kind) return body;
  if (status === 404) throw new Problem(`${kind}Missing`, `${kind} ${namespace}/${name} does not exist`);
  const said = oneLine(body?.message ?? "and no Kubernetes object");
  const found = `${method.toLowerCase()} ${resource} ${name} in ${namespace}: status ${status}, ${said}`;
  if (status === 401) throw new Problem("unauthorized", found);
  if (status === 403) throw new Problem("forbidden", found);
  if (status === 409) throw new Problem("reverted", found);
  throw new Problem(status === 429 || status >= 500 ? "unreachable" : "unexpected", found, leastPauseMs);
}

/** @param {string} method @param {string} path @param {number} until @param {Body} [patch] */
async function exchange(method, path, until, patch) {
  const { token, ...server } = readEnvironment();
  const limitMs = Math.max(1, Math.ceil(Math.min(10_000, timeoutMs / 2, until - performance.now())));
  const type = patch && { "content-type": "application/merge-patch+json" };
  const options = {
    ...server,
    method,
    path: patch ? `${path}?fieldManager=${FIELD_MANAGER}` : path,
    headers: { authorization: `Bearer ${token}`, ...type },
    rejectUnauthorized: true, // beats NODE_TLS_REJECT_UNAUTHORIZED
    checkServerIdentity,
    agent: false, // no proxy, no stale connection
    signal: AbortSignal.timeout(limitMs),
  };
  try {
    /** @type {import("node:http").IncomingMessage} */
    const response = await new Promise((resolve, reject) => {
      const outgoing = request(options, resolve).on("error", reject);
      outgoing.end(patch && JSON.stringify(patch));
    });
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) {
      text += chunk;
      if (text.length > 2 ** 21) throw new Problem("unexpected", `${path}: over 2 MiB`);
    }
    const leastPauseMs = 1_000 * (Number(response.headers["retry-after"]) || 0);
    // Whatever an answer echoes, the token stays out of the log.
    return { status: response.statusCode ?? 0, leastPauseMs, body: tryParse(text.replaceAll(token, "***")) };
  } catch (error) {
    throw connectionProblem(error, `${method} https://${server.host}:${server.port}${path}`, limitMs);
  }
}

/**
 * By OpenSSL where the server has an address instead of a name: Node 22.23.3 finds no IPv6 address in any certificate.
 * @param {string} host @param {import("node:tls").PeerCertificate} certificate
 */
function checkServerIdentity(host, certificate) {
  const isItsAddress = isIP(host) !== 0 && new X509Certificate(certificate.raw).checkIP(host) !== undefined;
  return isItsAddress ? undefined : nodeCheckServerIdentity(host, certificate);
}

/** @param {unknown} error @param {string} label @param {number} limitMs */
function connectionProblem(error, label, limitMs) {
  if (error instanceof Problem || !(error instanceof Error && "code" in error)) return error;
  const code = String(error.code);
  const said = code === "ABORT_ERR" ? `no answer within ${limitMs} ms` : `${code} ${oneLine(error.message)}`;
  const tls = /CERT|SSL|TLS|EPROTO|UNABLE_TO|INVALID_CA|HOSTNAME_MISMATCH/.test(code);
  return new Problem(tls ? "untrusted" : "unreachable", `${label}: ${said}`);
}

/** Read again for each request: a bound token is replaced while the pod runs. */
function readEnvironment() {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = process.env;
  if (!host || !port) throw new Problem("environment", "KUBERNETES_SERVICE_HOST or _PORT is not set");
  const token = readMounted("token", /^[!-~]+$/);
  const ca = readMounted("ca.crt", /BEGIN CERTIFICATE/); // without any, Node would trust its own list of CAs
  return { host: host.replace(/^\[|\]$/g, ""), port, token, ca };
}

/** @param {string} file @param {RegExp} expected */
function readMounted(file, expected) {
  let text = "";
  try {
    text = readFileSync(`${MOUNT}/${file}`, "utf8").trim();
  } catch {}
  if (expected.test(text)) return text;
  throw new Problem("environment", `${MOUNT}/${file} is missing or malformed`);
}

/** @param {string} text */
function tryParse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {unknown} text */
function oneLine(text) {
  return String(text)
    .slice(0, 400)
    .replace(/[^ -~]+/g, " ");
}

/** @param {unknown} error */
function report(error) {
  const malformed = /ERR_PARSE_ARGS/.test(String(Object(error).code));
  const problem = error instanceof Problem ? error : new Problem(malformed ? "usage" : "bug", oneLine(error));
  console.error(`error (exit code ${problem.code}): ${problem.message}. ${problem.advice}`);
  return problem.code;
}
