// The real Argo CD: redis, repo-server and application controller, outside of the cluster they serve. No API server, no
// user interface: everything that meshfront relies on happens in these.
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { Binaries } from "./binaries.ts";
import type { ControlPlane } from "./control-plane.ts";
import { collection } from "./kubernetes-api.ts";
import { freePorts, type Processes } from "./processes.ts";
import { waitUntil } from "./wait-until.ts";

export async function startArgocd(
  binaries: Binaries,
  processes: Processes,
  plane: ControlPlane,
  run: string,
): Promise<void> {
  const [redis = 0, repo = 0, repoMetrics = 0, metrics = 0] = await freePorts(4);
  processes.start({
    name: "redis",
    command: binaries.programs.redis,
    args: [`127.0.0.1:${redis}`],
  });
  await install(binaries, plane, run);
  const env = environment(binaries, plane, run);
  processes.start({
    name: "argocd-repo-server",
    command: binaries.programs.argocd,
    env: { ...env, ARGOCD_BINARY_NAME: "argocd-repo-server" },
    args: [
      ...["--address", "127.0.0.1", "--port", String(repo)],
      ...["--metrics-address", "127.0.0.1", "--metrics-port", String(repoMetrics)],
      ...["--redis", `127.0.0.1:${redis}`],
      ...["--disable-tls", "--client-ca-path="], // it insists that the second is empty with the first
    ],
  });
  await waitUntil("repo-server listens", 60, () => isListening(repo));
  processes.start({
    name: "argocd-application-controller",
    command: binaries.programs.argocd,
    env: {
      ...env,
      ARGOCD_BINARY_NAME: "argocd-application-controller",
      HOSTNAME: "ctl-0",
      // Production's default is 2. With 0 the order of waves is not kept, which no installation sets.
      ARGOCD_SYNC_WAVE_DELAY: "1",
    },
    args: [
      ...["--kubeconfig", plane.kubeconfig, "-n", "argocd", "--redis", `127.0.0.1:${redis}`],
      ...["--repo-server", `127.0.0.1:${repo}`, "--repo-server-plaintext"],
      ...["--metrics-port", String(metrics)],
    ],
  });
  await waitUntil("the application controller listens", 60, () => isListening(metrics));
}

/** What Argo CD's own install manifests make, as far as these two programs read it. */
async function install(binaries: Binaries, plane: ControlPlane, run: string): Promise<void> {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "argocd" } };
  const configMap = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", ...argocdMetadata(name) });
  const secret = { apiVersion: "v1", kind: "Secret", ...argocdMetadata("argocd-secret") };
  const project = {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "default", namespace: "argocd" },
    spec: {},
  };
  const list = {
    apiVersion: "v1",
    kind: "List",
    items: [
      namespace,
      ...[
        "argocd-cm",
        "argocd-rbac-cm",
        "argocd-ssh-known-hosts-cm",
        "argocd-tls-certs-cm",
        "argocd-gpg-keys-cm",
      ].map(configMap),
      { ...secret, stringData: { "server.secretkey": randomBytes(32).toString("base64") } },
    ],
  };
  writeFileSync(join(run, "argocd.json"), JSON.stringify(list));
  await plane.kubectl(
    ...["apply", "--server-side", "--field-manager=argocd-installation"],
    ...[...binaries.argocdCrds, join(run, "argocd.json")].map((file) => `--filename=${file}`),
  );
  // Not `kubectl wait`, which fails while a new CRD has no conditions; and kubectl finds a new kind only a moment later.
  const isServed = async (plural: string) =>
    (await plane.api.tryGet(collection("argoproj.io/v1alpha1", plural, "argocd"))) !== undefined;
  await waitUntil("Argo CD's kinds to be served", 30, async () =>
    (await Promise.all(["applications", "appprojects"].map(isServed))).every(Boolean),
  );
  await plane.api.create(collection("argoproj.io/v1alpha1", "appprojects", "argocd"), project);
}

const argocdMetadata = (name: string) => ({
  metadata: { name, namespace: "argocd", labels: { "app.kubernetes.io/part-of": "argocd" } },
});

function environment(binaries: Binaries, plane: ControlPlane, run: string): Readonly<Record<string, string>> {
  const home = join(run, "argocd");
  for (const folder of ["tls", "ssh", "gpg/keys", "gpg/source", "plugins", "tmp"]) {
    mkdirSync(join(home, folder), { recursive: true });
  }
  writeFileSync(join(home, ".gitconfig"), "[safe]\n\tdirectory = *\n");
  return {
    KUBECONFIG: plane.kubeconfig,
    ARGOCD_FAKE_IN_CLUSTER: "true",
    ARGOCD_TLS_DATA_PATH: join(home, "tls"),
    ARGOCD_SSH_DATA_PATH: join(home, "ssh"),
    ARGOCD_GPG_ENABLED: "false",
    ARGOCD_GNUPGHOME: join(home, "gpg/keys"),
    ARGOCD_GPG_DATA_PATH: join(home, "gpg/source"),
    ARGOCD_PLUGINSOCKFILEPATH: join(home, "plugins"),
    // Its default is one path for the whole machine: two beds would collide.
    ARGOCD_ASK_PASS_SOCK: join(home, "ask-pass.sock"),
    TMPDIR: join(home, "tmp"),
    HOME: home,
    PATH: `${binaries.folder}:${process.env.PATH}`,
  };
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
      .once("connect", () => {
        socket.destroy();
        resolve(true);
      })
      .once("error", () => resolve(false));
  });
