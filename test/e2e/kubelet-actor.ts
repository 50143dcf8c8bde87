// IMITATION of a kubelet and of the container runtime, because no node runs here: pods become Ready without running, and
// a pod of a Job runs its program as a process of this machine: the very text in the ConfigMap, with a token that the
// API server issued for the pod's ServiceAccount, so that RBAC is the cluster's. Not imitated: images (this Node runs
// the program, or the one in MESHFRONT_E2E_HOOK_NODE), users and other security settings, resources.
import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { collection, type KubernetesApi, type KubernetesObject } from "./kubernetes-api.ts";
import type { Processes } from "./processes.ts";

const TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";

interface Container {
  readonly name: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Pod extends KubernetesObject {
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly Container[];
    readonly nodeSelector?: Readonly<Record<string, string>>;
    readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
  };
  readonly status?: { readonly phase?: string };
}

/** One run of a Job's program. */
export interface ProgramRun {
  readonly pod: string;
  readonly job: string;
  readonly exitCode: number;
  readonly output: string;
}

export class KubeletActor {
  readonly runs: ProgramRun[] = [];
  /** Images that no registry has: a pod with one of them stays Pending, as in ImagePullBackOff. */
  readonly missingImages = new Set<string>();
  readonly #api: KubernetesApi;
  readonly #processes: Processes;
  readonly #folder: string;
  readonly #pods = new Map<string, Pod>();
  readonly #started = new Set<string>();
  readonly #held = new Set<string>();

  /** @param folder scratch folder for what pods mount, and their logs */
  constructor(api: KubernetesApi, processes: Processes, folder: string) {
    this.#api = api;
    this.#processes = processes;
    this.#folder = folder;
  }

  start(signal: AbortSignal): void {
    void this.#api.watch<Pod>(collection("v1", "pods"), signal, ({ type, object }) => {
      const key = object.metadata.uid ?? "";
      if (type === "DELETED") this.#pods.delete(key);
      else this.#pods.set(key, object);
      this.#startPending();
    });
  }

  /** New pods with this label `app` stay as they are until released. */
  hold(app: string): void {
    this.#held.add(app);
  }

  release(app: string): void {
    this.#held.delete(app);
    this.#startPending();
  }

  #startPending(): void {
    for (const [key, pod] of this.#pods) {
      if (this.#started.has(key) || this.#held.has(pod.metadata.labels?.app ?? "")) continue;
      if (this.#cannotStart(pod)) continue;
      this.#started.add(key);
      // A pod that was deleted meanwhile has no status to write.
      this.#run(pod).catch(() => undefined);
    }
  }

  /** The one node has no labels, and every image but the missing ones. */
  #cannotStart({ spec: { containers, nodeSelector } }: Pod): boolean {
    return nodeSelector !== undefined || containers.some(({ image = "" }) => this.missingImages.has(image));
  }

  async #run(pod: Pod): Promise<void> {
    await this.#setStatus(pod, "Running", { running: { startedAt: new Date().toISOString() } });
    const job = pod.metadata.ownerReferences?.find(({ kind }) => kind === "Job")?.name;
    if (job === undefined) return;
    const { exitCode, output } = await this.#runProgram(pod);
    this.runs.push({ pod: pod.metadata.name, job, exitCode, output });
    const phase = exitCode === 0 ? "Succeeded" : "Failed";
    const finishedAt = new Date().toISOString();
    await this.#setStatus(pod, phase, {
      terminated: { exitCode, message: output.slice(-4_000), finishedAt },
    });
  }

  async #setStatus(pod: Pod, phase: string, state: Readonly<Record<string, unknown>>): Promise<void> {
    const isReady = phase === "Running";
    const time = new Date().toISOString();
    const ready = isReady ? "True" : "False";
    await this.#api.patch(`${pathOf(pod)}/status`, {
      status: {
        phase,
        startTime: pod.metadata.creationTimestamp,
        conditions: ["Ready", "ContainersReady"].map((type) => ({
          type,
          status: ready,
          lastTransitionTime: time,
        })),
        containerStatuses: pod.spec.containers.map(({ name }) => ({
          ...{ name, state, ready: isReady, restartCount: 0, image: name, imageID: name },
        })),
      },
    });
  }

  async #runProgram(pod: Pod): Promise<{ readonly exitCode: number; readonly output: string }> {
    const [container] = pod.spec.containers;
    if (container === undefined) throw new Error("expected a container");
    const mounts = await this.#materialise(pod, container);
    // A path inside the container -> where it is on this machine.
    const local = (text: string) => {
      const mount = mounts.find(({ mountPath }) => text.startsWith(`${mountPath}/`));
      return mount === undefined ? text : mount.folder + text.slice(mount.mountPath.length);
    };
    const [command = "", ...args] = [...(container.command ?? []), ...(container.args ?? [])].map(local);
    if (command !== "node") throw new Error(`expected node as the command, found ${command}`);
    const { host, port } = this.#api.endpoint;
    const child = this.#processes.start({
      name: pod.metadata.name,
      command: process.env.MESHFRONT_E2E_HOOK_NODE ?? process.execPath,
      args,
      env: {
        KUBERNETES_SERVICE_HOST: host,
        KUBERNETES_SERVICE_PORT: String(port),
        MESHFRONT_SERVICEACCOUNT_DIR: local(`${TOKEN_FOLDER}/`),
      },
    });
    const exitCode = await new Promise<number>((resolve) =>
      child.once("exit", (code) => resolve(code ?? 143)),
    );
    return { exitCode, output: readFileSync(this.#processes.logOf(pod.metadata.name), "utf8") };
  }

  /** Folders with what the container mounts from ConfigMaps, and its token where the pod has one. */
  async #materialise(
    pod: Pod,
    container: Container,
  ): Promise<readonly { mountPath: string; folder: string }[]> {
    const mounts = (container.volumeMounts ?? []).map(({ name, mountPath }) => ({
      mountPath,
      volume: pod.spec.volumes?.find((volume) => volume.name === name),
      folder: join(this.#folder, pod.metadata.name, name),
    }));
    for (const { mountPath, volume, folder } of mounts) {
      if (mountPath === TOKEN_FOLDER) await writeFiles(folder, await this.#credentials(pod));
      else if (volume?.configMap !== undefined)
        await writeFiles(folder, await this.#configMap(pod, volume.configMap.name));
    }
    return mounts;
  }

  async #configMap(pod: Pod, name: string): Promise<Readonly<Record<string, string>>> {
    const path = `${collection("v1", "configmaps", pod.metadata.namespace)}/${name}`;
    return (await this.#api.get<{ data?: Record<string, string> }>(path)).data ?? {};
  }

  async #credentials(pod: Pod): Promise<Readonly<Record<string, string>>> {
    const account = `${collection("v1", "serviceaccounts", pod.metadata.namespace)}/${pod.spec.serviceAccountName}`;
    const { name, uid } = pod.metadata;
    const boundObjectRef = { apiVersion: "v1", kind: "Pod", name, uid };
    const answer = await this.#api.create<{ status: { token: string } }>(`${account}/token`, {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { boundObjectRef },
    });
    return { token: answer.status.token, ...(await this.#configMap(pod, "kube-root-ca.crt")) };
  }
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text, { mode: 0o600 });
  }
}

const pathOf = ({ metadata }: KubernetesObject): string =>
  `${collection("v1", "pods", metadata.namespace)}/${metadata.name}`;
