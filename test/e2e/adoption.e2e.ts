/** docs/how-to/adopt.md, step by step: the same releases installed by Helm and Terraform first, then ours over them. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { parse } from "yaml";
import { demoConfig, demoWaves, gatewayNamespace } from "./demo-platform.ts";
import {
  getIngress,
  healthCheckPortHistory,
  healthCheckPortOf,
  isSettled,
  statusNodePort,
  tryGetDeployment,
  untilScaled,
  untilWell,
} from "./demo-state.ts";
import { isRolledOut } from "./journal.ts";
import { collection, type KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { ANNOTATION_PREFIX } from "./target-groups.ts";
import type { TestBed } from "./test-bed.ts";
import { waitUntil } from "./wait-until.ts";

const TRACKING = "argocd.argoproj.io/tracking-id";

const releases = [
  { name: "istio-base", namespace: "istio-system" },
  { name: "istiod", namespace: "istio-system" },
  { name: "istio-ingress", namespace: gatewayNamespace },
] as const;

interface HelmSource {
  readonly chart: string;
  readonly repoURL: string;
  readonly targetRevision: string;
  readonly helm: { readonly valuesObject: Readonly<Record<string, unknown>> };
}

/** With the values of the child, except the one that only Argo CD needs: nobody sets that with Helm. */
async function installWithHelm(bed: TestBed, name: string, namespace: string): Promise<void> {
  const child = readFileSync(join(bed.platform.folder, `dist/demo/applications/${name}.yaml`), "utf8");
  const source: HelmSource = parse(child).spec.source;
  const { base: _, ...values } = source.helm.valuesObject;
  const valuesFile = join(bed.folder, `${name}.values.json`);
  writeFileSync(valuesFile, JSON.stringify(values));
  const binaries = inject("binaries");
  if (typeof binaries === "string") throw new Error("expected the binaries of the bed");
  await promisify(execFile)(
    binaries.programs.helm,
    [
      ...["install", name, source.chart, "--repo", source.repoURL, "--version", source.targetRevision],
      ...["--namespace", namespace, "--create-namespace", "--values", valuesFile],
    ],
    { env: { ...process.env, HOME: bed.folder, KUBECONFIG: bed.plane.kubeconfig } },
  );
}

/** Terraform's template writes it even where there is no web ACL, and then it detaches what somebody else attached. */
const harmful = "wafv2-acl-arn";
/** Nobody removes it before Argo CD comes. */
const leftover = "shield-advanced-protection";

/** What the command of adopt.md prints for the door `services`. */
const keysThatStay = async (bed: TestBed): Promise<readonly string[]> =>
  (await runFromPage(bed, /```sh\n( *keys=.*?)```/s)).trim().split("\n");

/** A command of adopt.md, run as it stands there. */
async function runFromPage(bed: TestBed, pattern: RegExp, change = (text: string) => text): Promise<string> {
  const page = readFileSync(new URL("../../docs/how-to/adopt.md", import.meta.url), "utf8");
  const command = change(pattern.exec(page)?.[1] ?? "");
  const binaries = inject("binaries");
  if (typeof binaries === "string" || command === "") throw new Error("expected binaries and the command");
  const PATH = `${dirname(binaries.programs.kubectl)}:${process.env.PATH}`;
  const { stdout } = await promisify(execFile)("bash", ["-c", command], {
    cwd: bed.platform.folder,
    env: { ...process.env, PATH, HOME: bed.folder, KUBECONFIG: bed.plane.kubeconfig },
  });
  return stdout;
}

const kinds =
  "serviceaccounts,services,deployments.apps,replicasets.apps,horizontalpodautoscalers,poddisruptionbudgets,roles," +
  "rolebindings,ingresses,gateways.networking.istio.io,virtualservices.networking.istio.io,clusterroles," +
  "clusterrolebindings,customresourcedefinitions,validatingwebhookconfigurations,namespaces";

/** `Kind namespace/name` -> object, of all that could be adopted. */
async function liveObjects(bed: TestBed): Promise<ReadonlyMap<string, KubernetesObject>> {
  const text = await bed.plane.kubectl("get", kinds, "--all-namespaces", "--output=json");
  const { items }: { items: readonly KubernetesObject[] } = JSON.parse(text);
  return new Map(
    items.map((item) => [`${item.kind} ${item.metadata.namespace ?? ""}/${item.metadata.name}`, item]),
  );
}

/** Those of the charts that Argo CD would not prune, because they do not carry its mark. */
const untracked = (objects: ReadonlyMap<string, KubernetesObject>): readonly string[] =>
  [...objects]
    .filter(
      ([name, { metadata }]) =>
        !/^(CustomResourceDefinition|ReplicaSet)/.test(name) && // never marked; made by the Deployment
        metadata.annotations?.["meta.helm.sh/release-name"] !== undefined &&
        metadata.annotations[TRACKING] === undefined,
    )
    .map(([name]) => name);

const uidsOf = (objects: ReadonlyMap<string, KubernetesObject>, names: Iterable<string>) =>
  [...names].map((name) => `${name}: ${objects.get(name)?.metadata.uid}`);

describeOnTestBed("an installation by Helm and Terraform is adopted", (bed) => {
  let config: ReturnType<typeof demoConfig>;
  let revision: string;
  let nodePort: string;
  let before: ReadonlyMap<string, KubernetesObject>;

  test("what was live before: three releases, an Ingress with the number in it, the routes", async () => {
    config = demoConfig(bed());
    revision = await bed().commit("What is live", config);
    for (const { name, namespace } of releases) await installWithHelm(bed(), name, namespace);
    nodePort = await statusNodePort(bed());
    const ingress = readFileSync(
      join(bed().platform.folder, "dist/demo/ingress-services/ingress.yaml"),
      "utf8",
    ).replace(
      "healthcheck-port: status-port",
      [
        `healthcheck-port: "${nodePort}"`,
        `    ${ANNOTATION_PREFIX}${harmful}: ""`,
        `    ${ANNOTATION_PREFIX}${leftover}: "false"`,
      ].join("\n"),
    );
    expect(ingress).toContain(`"${nodePort}"\n    ${ANNOTATION_PREFIX}${harmful}`);
    writeFileSync(join(bed().folder, "ingress.yaml"), ingress);
    await bed().plane.kubectl(
      ...["apply", "--server-side", "--field-manager=Terraform", `--filename=${bed().folder}/ingress.yaml`],
    );
    await bed().plane.kubectl("apply", `--filename=${bed().platform.folder}/dist/demo/gateway`);
    await waitUntil("the gateway rolled out", 60, async () => {
      const gateway = await tryGetDeployment(bed(), gatewayNamespace, "istio-ingress");
      return gateway !== undefined && isRolledOut(gateway);
    });
    await untilScaled(bed());
    before = await liveObjects(bed());
    expect(before.size).toBeGreaterThan(40);
  });

  test("the commands of adopt.md find the annotations that only Terraform writes, and remove one", async () => {
    const [kept, removed] = [leftover, harmful].map((suffix) => `${ANNOTATION_PREFIX}${suffix}`);
    expect(await keysThatStay(bed())).toEqual([kept, removed]);
    await runFromPage(bed(), /`(kubectl [^`]* annotate [^`]*)`/, (text) =>
      text.replace("<key>", removed ?? ""),
    );
    expect(await keysThatStay(bed())).toEqual([kept]);
    before = await liveObjects(bed());
  });

  test("Argo CD takes everything over: no UID, no NodePort and no ReplicaSet changes, and no number flaps", async () => {
    const since = await bed().position();
    await bed().applyArgocdFolderClientSide();
    await untilWell(bed(), revision, { holds: isSettled });
    const after = await liveObjects(bed());
    expect(uidsOf(after, before.keys())).toEqual(uidsOf(before, before.keys()));
    const replicaSets = [...after.keys()].filter((name) => name.startsWith("ReplicaSet"));
    expect([...before.keys()]).toEqual(expect.arrayContaining(replicaSets));
    expect(await statusNodePort(bed())).toBe(nodePort);
    expect(healthCheckPortHistory(bed(), "services", since)).toEqual([nodePort]);
    expect(healthCheckPortOf(await getIngress(bed(), "addons"))).toBe(nodePort);
  });

  test("its charts are Synced without any operation, and nothing of them is marked as Argo CD's own", async () => {
    for (const release of releases) {
      const { status } = await bed().applications.get(`demo-${release.name}`);
      expect(status?.operationState, release.name).toBeUndefined();
    }
    expect(untracked(await liveObjects(bed())).length).toBeGreaterThan(10);
  });

  test("one full sync of each child gives every object Argo CD's tracking-id, and still nothing is recreated", async () => {
    for (const name of demoWaves.flat()) {
      const { status } = await bed().applications.syncInFull(name);
      expect(status?.operationState?.phase, name).toBe("Succeeded");
    }
    await untilWell(bed(), revision);
    const after = await liveObjects(bed());
    expect(uidsOf(after, before.keys())).toEqual(uidsOf(before, before.keys()));
    expect(untracked(after)).toEqual([]);
    // Argo CD removes only what it applied itself once.
    expect(await keysThatStay(bed())).toContain(`${ANNOTATION_PREFIX}${leftover}`);
  });

  test("the releases' Secrets can go, and what leaves a chart afterwards is pruned", async () => {
    for (const { name, namespace } of releases) {
      await bed().plane.kubectl("delete", "secret", "--namespace", namespace, `-lowner=helm,name=${name}`);
    }
    const autoscaler = `${collection("autoscaling/v2", "horizontalpodautoscalers", "istio-system")}/istiod`;
    expect(await bed().plane.api.tryGet(autoscaler)).toBeDefined();
    const values = { ...config.istio.istiod.values, autoscaleEnabled: false, replicaCount: 2 };
    revision = await bed().commit("Without an autoscaler", {
      ...config,
      istio: { ...config.istio, istiod: { values } },
    });
    await untilWell(bed(), revision);
    expect(await bed().plane.api.tryGet(autoscaler)).toBeUndefined();
  });
});
