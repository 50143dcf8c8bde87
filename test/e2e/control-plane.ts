// A real Kubernetes control plane without nodes: etcd, kube-apiserver and those controllers that the test bed needs.
import { execFile } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Binaries } from "./binaries.ts";
import { collection, KubernetesApi } from "./kubernetes-api.ts";
import { freePorts, type Processes } from "./processes.ts";
import { waitUntil } from "./wait-until.ts";

/** Everything a Deployment, a Job, an autoscaler, a quota, RBAC and a deletion need; no node and no cloud controllers. */
const CONTROLLERS = [
  "clusterrole-aggregation-controller",
  "cronjob-controller",
  "deployment-controller",
  "disruption-controller",
  "endpointslice-controller",
  "garbage-collector-controller",
  "horizontal-pod-autoscaler-controller",
  "job-controller",
  "namespace-controller",
  "replicaset-controller",
  "resourcequota-controller",
  "root-ca-certificate-publisher-controller",
  "serviceaccount-controller",
];

export interface ControlPlane {
  readonly api: KubernetesApi;
  /** What the API server proves with that it is 127.0.0.1, and trusts by itself. */
  readonly keyPair: { readonly certificate: string; readonly key: string };
  /** Of an administrator. */
  readonly kubeconfig: string;
  /** Runs kubectl as that administrator and returns what it printed. */
  kubectl(...args: readonly string[]): Promise<string>;
}

/** @param run folder of this run */
export async function startControlPlane(
  binaries: Binaries,
  processes: Processes,
  run: string,
): Promise<ControlPlane> {
  const [etcd = 0, peer = 0, port = 0, managerPort = 0] = await freePorts(4);
  const tokens = { admin: randomBytes(16).toString("hex"), manager: randomBytes(16).toString("hex") };
  writeKeys(run, tokens);
  startEtcd(binaries, processes, run, etcd, peer);
  startApiServer(binaries, processes, run, etcd, port);
  const caFile = join(run, "pki/apiserver.crt");
  await waitUntil("the API server writes its certificate", 60, () => existsSync(caFile));
  const ca = readFileSync(caFile, "utf8");
  const api = new KubernetesApi({ host: "127.0.0.1", port, ca, token: tokens.admin });
  await waitUntil("the API server answers", 60, () => isReady(api));
  const manager = writeKubeconfig(run, "controller-manager", port, tokens.manager);
  startControllerManager(binaries, processes, run, managerPort, manager);
  const kubeconfig = writeKubeconfig(run, "admin", port, tokens.admin);
  const kubectl = async (...args: readonly string[]) => {
    const options = { env: { ...process.env, KUBECONFIG: kubeconfig, HOME: run }, maxBuffer: 64 << 20 };
    return (await promisify(execFile)(binaries.programs.kubectl, args, options)).stdout;
  };
  await waitUntil("the controllers run", 60, () =>
    api.tryGet(`${collection("v1", "serviceaccounts", "default")}/default`),
  );
  const keyPair = { certificate: ca, key: readFileSync(join(run, "pki/apiserver.key"), "utf8") };
  return { api, keyPair, kubeconfig, kubectl };
}

async function isReady(api: KubernetesApi): Promise<boolean> {
  try {
    // Not /readyz, which is no JSON; RBAC's default roles are the last thing the server sets up.
    return (
      (await api.tryGet(`${collection("rbac.authorization.k8s.io/v1", "clusterroles")}/cluster-admin`)) !==
      undefined
    );
  } catch {
    return false;
  }
}

function writeKeys(run: string, tokens: { readonly admin: string; readonly manager: string }): void {
  const pair = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  writeFileSync(join(run, "sa.key"), pair.privateKey, { mode: 0o600 });
  writeFileSync(join(run, "sa.pub"), pair.publicKey);
  const users = [
    `${tokens.admin},admin,admin,"system:masters"`,
    `${tokens.manager},system:kube-controller-manager,manager`,
  ];
  writeFileSync(join(run, "tokens.csv"), users.join("\n"), { mode: 0o600 });
}

function startEtcd(
  { programs }: Binaries,
  processes: Processes,
  run: string,
  port: number,
  peer: number,
): void {
  const client = `http://127.0.0.1:${port}`;
  const other = `http://127.0.0.1:${peer}`;
  processes.start({
    name: "etcd",
    command: programs.etcd,
    args: [
      `--data-dir=${run}/etcd`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${other}`,
      `--initial-advertise-peer-urls=${other}`,
      `--initial-cluster=default=${other}`,
      "--unsafe-no-fsync",
      "--log-level=warn",
    ],
  });
}

function startApiServer(
  { programs }: Binaries,
  processes: Processes,
  run: string,
  etcd: number,
  port: number,
): void {
  processes.start({
    name: "kube-apiserver",
    command: programs["kube-apiserver"],
    args: [
      `--etcd-servers=http://127.0.0.1:${etcd}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      `--cert-dir=${run}/pki`, // it writes a self-signed pair there
      "--service-cluster-ip-range=10.0.0.0/24",
      "--authorization-mode=RBAC",
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${run}/sa.pub`,
      `--service-account-signing-key-file=${run}/sa.key`,
      `--token-auth-file=${run}/tokens.csv`,
      "--endpoint-reconciler-type=none",
      "--enable-priority-and-fairness=false",
      "--profiling=false",
    ],
  });
}

function startControllerManager(
  { programs }: Binaries,
  processes: Processes,
  run: string,
  port: number,
  kubeconfig: string,
): void {
  processes.start({
    name: "kube-controller-manager",
    command: programs["kube-controller-manager"],
    args: [
      `--kubeconfig=${kubeconfig}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      `--cert-dir=${run}/pki-manager`,
      "--leader-elect=false",
      "--use-service-account-credentials=true",
      `--service-account-private-key-file=${run}/sa.key`,
      `--root-ca-file=${run}/pki/apiserver.crt`,
      `--controllers=${CONTROLLERS.join(",")}`,
    ],
  });
}

function writeKubeconfig(run: string, user: string, port: number, token: string): string {
  const file = join(run, `${user}.kubeconfig`);
  const server = {
    server: `https://127.0.0.1:${port}`,
    "certificate-authority": join(run, "pki/apiserver.crt"),
  };
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "bed", cluster: server }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: "bed", context: { cluster: "bed", user } }],
    "current-context": "bed",
  };
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
