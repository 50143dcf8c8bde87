// One complete bed: control plane, Argo CD, actors, chart server, Git. In a folder of its own, which stays, with the
// logs, when a test failed.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfigInput } from "../../config/schema.ts";
import { AlbActor } from "./alb-actor.ts";
import { Applications } from "./applications.ts";
import { startArgocd } from "./argocd.ts";
import type { Binaries } from "./binaries.ts";
import { type ChartServer, startChartServer } from "./chart-server.ts";
import { type ControlPlane, startControlPlane } from "./control-plane.ts";
import { IstiodActor } from "./istiod-actor.ts";
import { Journal } from "./journal.ts";
import { KubeletActor } from "./kubelet-actor.ts";
import { collection, type Metadata } from "./kubernetes-api.ts";
import type { Aws } from "./load-balancer.ts";
import { PlatformRepository } from "./platform-repository.ts";
import { Processes } from "./processes.ts";

export class TestBed {
  /** Logs are in `logs/` below. */
  readonly folder: string;
  readonly plane: ControlPlane;
  readonly applications: Applications;
  readonly journal: Journal;
  readonly kubelet: KubeletActor;
  readonly alb: AlbActor;
  readonly charts: ChartServer;
  readonly platform: PlatformRepository;
  readonly #processes: Processes;
  readonly #watches: AbortController;

  private constructor(parts: {
    readonly folder: string;
    readonly plane: ControlPlane;
    readonly charts: ChartServer;
    readonly platform: PlatformRepository;
    readonly processes: Processes;
    readonly aws: Aws;
  }) {
    const { folder, plane, charts, platform, processes, aws } = parts;
    this.folder = folder;
    this.plane = plane;
    this.charts = charts;
    this.platform = platform;
    this.#processes = processes;
    this.#watches = new AbortController();
    this.applications = new Applications(plane.api);
    this.journal = new Journal(plane.api, this.#watches.signal);
    this.kubelet = new KubeletActor(plane.api, processes, join(folder, "pods"));
    this.alb = new AlbActor(plane, aws);
  }

  static async start(binaries: Binaries, aws: Aws, chartVersions: readonly string[]): Promise<TestBed> {
    const folder = mkdtempSync(join(tmpdir(), "meshfront-e2e-"));
    const processes = new Processes(join(folder, "logs"));
    try {
      const chartFolder = join(folder, "chart-server");
      mkdirSync(chartFolder);
      const [plane, charts, platform] = await Promise.all([
        startControlPlane(binaries, processes, folder),
        startChartServer(binaries, chartFolder, chartVersions),
        PlatformRepository.create(join(folder, "git")),
      ]);
      await startArgocd(binaries, processes, plane, folder);
      const bed = new TestBed({ folder, plane, charts, platform, processes, aws });
      bed.kubelet.start(bed.#watches.signal);
      new IstiodActor(plane.api).start(bed.#watches.signal);
      await bed.alb.start(bed.#watches.signal);
      return bed;
    } catch (error) {
      await processes.stop();
      throw new Error(`the test bed did not start; logs: ${folder}/logs`, { cause: error });
    }
  }

  /**
   * What a commit of a platform team is: a changed cluster file, its output, and Argo CD's look at Git.
   *
   * @param options of `meshfront synth`
   */
  async commit(message: string, config: ConfigInput, ...options: readonly string[]): Promise<string> {
    await this.platform.synth(config, ...options);
    return await this.push(message);
  }

  async push(message: string): Promise<string> {
    const revision = await this.platform.push(message);
    await this.applications.refreshAll();
    return revision;
  }

  /** What a person does once per cluster. */
  async applyArgocdFolder(): Promise<void> {
    await this.plane.kubectl("apply", "--server-side", `--filename=${join(this.platform.folder, "argocd")}`);
  }

  /** The same with the very commands of docs/how-to/apply-argocd.md. */
  async applyArgocdFolderClientSide(): Promise<void> {
    const folder = join(this.platform.folder, "argocd");
    const serverSide = ["--server-side", "--field-manager=meshfront"];
    await this.plane.kubectl("apply", ...serverSide, `--filename=${folder}/argocd-cm.yaml`);
    await this.plane.kubectl("apply", `--filename=${folder}/demo.yaml`);
  }

  /** Kills a program and starts it again. @param program name of its log file */
  restart(program: "kube-apiserver" | "argocd-repo-server" | "argocd-application-controller"): Promise<void> {
    return this.#processes.restart(program);
  }

  /** Where etcd's counter stands: changes from now on have a higher resourceVersion. */
  async position(): Promise<number> {
    const list = await this.plane.api.get<{ metadata: Metadata }>(
      `${collection("v1", "namespaces")}?limit=1`,
    );
    return Number(list.metadata.resourceVersion);
  }

  async stop(options: { readonly keepFolder: boolean }): Promise<void> {
    this.#watches.abort();
    this.charts.stop();
    await this.#processes.stop();
    if (!options.keepFolder) rmSync(this.folder, { recursive: true, force: true });
  }
}
