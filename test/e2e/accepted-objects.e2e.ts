/** The real API server's and Argo CD's own judgement of files: nothing is rolled out here. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { parseAllDocuments, stringify } from "yaml";
import { assess } from "../charts/health-checks/assess-application.ts";
import { syncedChild, syncedFolderChild } from "../charts/health-checks/child-application.ts";
import { committedOutput, type GoldenCase, goldenCases } from "../golden/golden-cases.ts";
import type { KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import type { TestBed } from "./test-bed.ts";

const repository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const yamlFilesOf = (golden: GoldenCase): readonly string[] =>
  Object.keys(committedOutput(golden))
    .filter((path) => path.endsWith(".yaml"))
    .map((path) => join(golden.root, path));

const objectsIn = (file: string): readonly KubernetesObject[] =>
  parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS());

async function createNamespaces(bed: TestBed, objects: readonly KubernetesObject[]): Promise<void> {
  const names = new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []));
  const items = [...names].map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  const file = join(bed.folder, "namespaces.json");
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items }));
  await bed.plane.kubectl("apply", `--filename=${file}`);
}

/**
 * What comes before the doors on EKS Auto Mode. AWS publishes no CRD of the parameters: this one takes anything, so that of
 * these objects no more is shown than that they are objects.
 */
async function createClasses(bed: TestBed, objects: readonly KubernetesObject[]): Promise<void> {
  const classes = objects.filter(({ kind }) => kind === "IngressClass");
  if (classes.length === 0) return;
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  const crd = {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "ingressclassparams.eks.amazonaws.com" },
    spec: {
      group: "eks.amazonaws.com",
      names: { kind: "IngressClassParams", plural: "ingressclassparams" },
      scope: "Cluster",
      versions: [{ name: "v1", served: true, storage: true, schema }],
    },
  };
  const file = join(bed.folder, "classes.json");
  writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: [crd, ...classes] }));
  await bed.plane.kubectl("apply", `--filename=${file}`);
  await bed.plane.kubectl("wait", "--for=condition=Established", `crd/${crd.metadata.name}`);
}

const dryRun = (bed: TestBed, files: readonly string[], ...options: readonly string[]): Promise<string> =>
  bed.plane.kubectl(
    ...["apply", "--dry-run=server", "--validate=strict", ...options],
    ...files.map((file) => `--filename=${file}`),
  );

/** What the API server says to a file of the demo after an edit, past `meshfront check`. */
function refusalOf(bed: TestBed, file: string, change: (text: string) => string): Promise<string> {
  const before = readFileSync(repository(`dist/demo/${file}`), "utf8");
  const after = change(before);
  if (after === before) throw new Error(`expected the edit to change ${file}`);
  const copy = join(bed.folder, "edited.yaml");
  writeFileSync(copy, after);
  return dryRun(bed, [copy]).then(
    () => "accepted",
    (error: { stderr: string }) => error.stderr,
  );
}

/** `argocd admin settings …` on the committed argocd-cm. */
async function adminSettings(bed: TestBed, ...args: readonly string[]): Promise<string> {
  const binaries = inject("binaries");
  if (typeof binaries === "string") throw new Error("expected the binaries of the bed");
  const configMap = `--argocd-cm-path=${repository("argocd/argocd-cm.yaml")}`;
  const env = { ...process.env, ARGOCD_BINARY_NAME: "argocd", HOME: bed.folder };
  const run = promisify(execFile);
  return (await run(binaries.programs.argocd, ["admin", "settings", ...args, configMap], { env })).stdout;
}

async function healthByArgocd(bed: TestBed, object: unknown): Promise<string> {
  const file = join(bed.folder, "object.yaml");
  writeFileSync(file, stringify(object));
  return await adminSettings(bed, "resource-overrides", "health", file);
}

describeOnTestBed("what the API server and Argo CD's command line say of the files", (bed) => {
  test.each(goldenCases)(
    "the API server accepts every object of the golden case $name, strictly, by both ways of applying",
    async (golden) => {
      const files = yamlFilesOf(golden);
      const objects = files.flatMap(objectsIn);
      await bed().plane.kubectl(
        ...["apply", "--server-side", `--filename=${repository("imports/crds/networking.istio.io.yaml")}`],
      );
      await createNamespaces(bed(), objects);
      await createClasses(bed(), objects);
      for (const way of ["--server-side=false", "--server-side=true"]) {
        const conflicts = way.endsWith("true") ? ["--force-conflicts"] : [];
        const lines = (await dryRun(bed(), files, way, ...conflicts)).trim().split("\n");
        expect(lines).toHaveLength(objects.length);
      }
    },
  );

  test("it refuses a field that does not exist, so the test above can fail", async () => {
    const refusal = await refusalOf(bed(), "ingress-services/ingress.yaml", (text) =>
      text.replace("ingressClassName:", "ingressClassname:"),
    );
    expect(refusal).toContain('unknown field "spec.ingressClassname"');
  });

  test.each([
    {
      code: "hook/recheck-schedule",
      file: "recheck/recheck.yaml",
      change: (text: string) => text.replace(/schedule: .*/, "schedule: every minute"),
      refusal: /spec\.schedule: Invalid value: "every minute"/,
    },
    {
      code: "hook/requests-above-limits",
      file: "healthcheck/hook.yaml",
      change: (text: string) => text.replace("memory: 64Mi", "memory: 256Mi"),
      refusal: /must be less than or equal to memory limit/,
    },
    {
      code: "alb/ingress-name-length",
      file: "healthcheck/hook.yaml",
      change: (text: string) => text.replaceAll("healthcheck", "a".repeat(64)),
      refusal: /must be no more than 63 (?:bytes|characters)/,
    },
  ])("what the rule $code forbids, the API server refuses", async ({ file, change, refusal }) => {
    expect(await refusalOf(bed(), file, change)).toMatch(refusal);
  });

  test.each([
    { what: "a chart that is well", object: syncedChild(), status: "Healthy" },
    { what: "a folder that is well", object: syncedFolderChild(), status: "Healthy" },
    {
      what: "one whose spec has changed since",
      object: (() => {
        const child = syncedChild();
        child.spec.destination.namespace = "another";
        return child;
      })(),
      status: "Progressing",
    },
    {
      what: "one whose last sync failed",
      object: (() => {
        const child = syncedChild();
        child.status.operationState.phase = "Failed";
        child.status.sync.status = "OutOfSync";
        return child;
      })(),
      status: "Degraded",
    },
  ])("Argo CD's own Lua says of $what the same as the tests without Argo CD", async ({ object, status }) => {
    const verdict = assess(object);
    expect(verdict.status).toBe(status);
    const answer = await healthByArgocd(bed(), object);
    expect(answer).toContain(`STATUS: ${verdict.status}\n`);
    expect(answer).toContain(`MESSAGE: ${verdict.message}`);
  });

  test("Argo CD's own Lua calls an autoscaler without metrics Healthy, and a new CustomResourceDefinition too", async () => {
    const autoscaler = {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name: "istiod", namespace: "istio-system" },
      status: {
        conditions: [
          { type: "AbleToScale", status: "True", reason: "SucceededGetScale", message: "" },
          {
            type: "ScalingActive",
            status: "False",
            reason: "FailedGetResourceMetric",
            message: "no metrics",
          },
        ],
      },
    };
    expect(await healthByArgocd(bed(), autoscaler)).toContain("STATUS: Healthy\n");
    const definition = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "gateways.networking.istio.io" },
    };
    expect(await healthByArgocd(bed(), definition)).toContain("STATUS: Healthy\n");
  });

  test("Argo CD finds nothing wrong with argocd-cm", async () => {
    expect(await adminSettings(bed(), "validate")).not.toMatch(/❌|error/i);
  });
});
