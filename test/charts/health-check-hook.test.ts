import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import { goldenCases } from "../golden/golden-cases.ts";
import { outputWith, outputWithDoor } from "./configurations.ts";
import { type JobSpec, ofKind } from "./kubernetes.ts";
import { loadOutputs, type Output, objectsIn, objectsOf, programs } from "./output.ts";
import { argument, runs } from "./programs.ts";

const hookFile = /healthcheck\/hook\.yaml$/;

/** The annotation whose change makes Argo CD sync, and so run the hook again. */
function hookHash(output: Output): string | undefined {
  const [configMap] = ofKind(objectsIn(output, hookFile), "ConfigMap");
  return configMap?.metadata.annotations?.["meshfront/hook-hash"];
}

describe("the hash beside the hook's program", () => {
  const usual = hookHash(outputWith({}));

  it("has the form sha256-<hex>", () => {
    expect(usual).toMatch(/^sha256-[0-9a-f]{64}$/);
  });

  it("changes with the program", () => {
    const changed = { ...programs, hook: `${programs.hook}// one more line\n` };
    expect(hookHash(outputWith({}, changed))).not.toBe(usual);
  });

  const jobChanges: readonly JsonObject[] = [
    { image: "docker.io/library/node:22.0.0-alpine" },
    { timeoutSeconds: 46 },
    { resources: { limits: { memory: "129Mi" } } },
    { nodeSelector: { "kubernetes.io/arch": "arm64" } },
    { tolerations: [{ key: "dedicated", operator: "Exists" }] },
  ];
  it.each(jobChanges)("changes when only the Job changes: %j", (hook) => {
    expect(hookHash(outputWith({ hook }))).not.toBe(usual);
  });

  it("stays when something changes that the hook does not depend on", () => {
    expect(hookHash(outputWith({ argocd: { version: "3.6" }, hook: { recheck: "off" } }))).toBe(usual);
  });
});

describe("the program's own parser accepts the arguments", () => {
  const program = fileURLToPath(new URL("../../hook/healthcheck-port.mjs", import.meta.url));
  const env = {
    MESHFRONT_SERVICEACCOUNT_DIR: "/nonexistent",
    KUBERNETES_SERVICE_HOST: "127.0.0.1",
    KUBERNETES_SERVICE_PORT: "1",
  };
  const usage = 2;
  const noServiceAccount = 3;

  function exitCode(job: JobSpec): number | null {
    const [{ args }] = job.template.spec.containers;
    return spawnSync(process.execPath, [program, ...args], { env }).status;
  }

  it.each(
    goldenCases
      .flatMap(({ root }) => loadOutputs(root))
      .flatMap(runs)
      .map(({ name, job }) => ({ name, job })),
  )("of $name", ({ job }) => {
    expect(exitCode(job)).toBe(noServiceAccount);
  });

  it("and would refuse others", () => {
    const [run] = runs(outputWith({}));
    if (run === undefined) throw new Error("expected a run of the program, found none");
    const { template } = run.job;
    const [container] = template.spec.containers;
    const containers = [{ ...container, args: container.args.slice(1) }] as const;
    const job = { ...run.job, template: { ...template, spec: { ...template.spec, containers } } };
    expect(exitCode(job)).toBe(usage);
  });
});

describe("the recheck", () => {
  it("is off where the configuration says so, and the hook stays", () => {
    const paths = outputWith({ hook: { recheck: "off" } }).files.map(({ path }) => path);
    expect(paths.filter((path) => path.includes("recheck"))).toEqual([]);
    expect(paths.filter((path) => path.includes("hook"))).toEqual(["dist/demo/healthcheck/hook.yaml"]);
  });

  it.each(["named", "discovered"])("has no run for a door that is not in mode discovered (%s)", (mode) => {
    const output = outputWithDoor({ healthCheck: { mode } });
    const expected = mode === "discovered" ? ["recheck"] : [];
    expect(ofKind(objectsOf(output), "CronJob").map(({ metadata }) => metadata.name)).toEqual(expected);
  });
});

describe("the hook", () => {
  const app = (key: string, changes: JsonObject): JsonObject => ({
    hosts: [`${key}.example.com`],
    certificate: {
      arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001",
    },
    subnets: { ids: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"] },
    ...changes,
  });
  const two = outputWith({
    gateways: { front: {}, staff: {} },
    ingresses: {
      app: app("app", { gateway: "front" }),
      shop: app("shop", { gateway: "front" }),
      wiki: app("wiki", { gateway: "staff" }),
      logs: app("logs", { gateway: "staff", healthCheck: { mode: "named" } }),
    },
  });

  it("of each gateway serves its doors in mode discovered, under a name and in a folder of its own", () => {
    expect(
      runs(two).map(({ kind, name, namespace, job }) => [kind, namespace, name, argument(job, "ingress")]),
    ).toEqual([
      ["Job", "istio-front", "healthcheck-front", ["ingress-app", "ingress-shop"]],
      ["CronJob", "istio-front", "recheck-front", ["ingress-app", "ingress-shop"]],
      ["Job", "istio-staff", "healthcheck-staff", ["ingress-wiki"]],
      ["CronJob", "istio-staff", "recheck-staff", ["ingress-wiki"]],
    ]);
    expect(two.files.map(({ path }) => path).filter((path) => path.endsWith("hook.yaml"))).toEqual([
      "dist/demo/healthcheck-front/hook.yaml",
      "dist/demo/healthcheck-staff/hook.yaml",
    ]);
  });

  it("shows within three minutes that it cannot start: one attempt of a bounded Job, and one retry", () => {
    const [job] = ofKind(objectsIn(outputWith({}), hookFile), "Job");
    const [application] = ofKind(
      objectsIn(outputWith({}), /applications\/healthcheck\.yaml$/),
      "Application",
    );
    expect(job?.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 75 });
    // Argo CD doubles the pause before the first retry too: 75 + 2 + 75 s.
    expect(application?.spec.syncPolicy.retry).toMatchObject({ limit: 1, backoff: { duration: "1s" } });
  });
});
