/**
 * `meshfront migrate` from a real state to an adopted mesh: Helm installs the releases, OpenTofu with the kubectl provider the
 * front; what both left behind is all that migrate gets. Helm runs under the name that the helm provider's binary has, because
 * field managers are called after it; the provider itself cannot be had from a registry here.
 */
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, inject, test } from "vitest";
import { parse, parseAllDocuments, stringify } from "yaml";
import { demoConfig, demoWaves, gatewayNamespace } from "./demo-platform.ts";
import { applicationNames, isSettled, statusNodePort, untilScaled, untilWell } from "./demo-state.ts";
import type { KubernetesObject } from "./kubernetes-api.ts";
import { describeOnTestBed } from "./on-test-bed.ts";
import { findOrBuildOpenTofu, TofuProject } from "./opentofu.ts";
import type { TestBed } from "./test-bed.ts";

const binaries = inject("binaries");
const tofu =
  typeof binaries === "string"
    ? binaries
    : await findOrBuildOpenTofu((line) => console.error(`test bed: ${line}`));

const releases = [
  { name: "istio-base", namespace: "istio-system" },
  { name: "istiod", namespace: "istio-system" },
  { name: "istio-ingress", namespace: gatewayNamespace },
] as const;

/** As the helm provider leaves it: its name as the field manager, no Argo CD anywhere. */
async function installRelease(
  bed: TestBed,
  helm: string,
  { name, namespace }: (typeof releases)[number],
): Promise<void> {
  const child = parse(readFileSync(join(bed.platform.folder, `dist/demo/applications/${name}.yaml`), "utf8"));
  const { chart, repoURL, targetRevision, helm: own } = child.spec.source;
  // Nobody sets with Helm what only Argo CD needs.
  const { base: _, ...values } = own.valuesObject;
  const file = join(bed.folder, `${name}.values.json`);
  writeFileSync(file, JSON.stringify(values));
  await promisify(execFile)(
    helm,
    [
      ...["install", name, chart, "--repo", repoURL, "--version", targetRevision],
      ...["--namespace", namespace, "--create-namespace", "--values", file],
    ],
    { env: { ...process.env, HOME: bed.folder, KUBECONFIG: bed.plane.kubeconfig } },
  );
}

/** The front as one has it in Terraform: literal NodePort, an empty web ACL, no name of a class but the annotation's. */
function frontManifests(bed: TestBed, nodePort: string): ReadonlyMap<string, string> {
  const read = (path: string) =>
    parseAllDocuments(readFileSync(join(bed.platform.folder, path), "utf8")).map((document) =>
      document.toJS(),
    );
  const gateway = readdirSync(join(bed.platform.folder, "dist/demo/gateway")).flatMap((file) =>
    read(`dist/demo/gateway/${file}`),
  );
  const doors = ["services", "addons"].flatMap((door) => read(`dist/demo/ingress-${door}/ingress.yaml`));
  for (const { metadata } of doors) {
    metadata.annotations["alb.ingress.kubernetes.io/healthcheck-port"] = nodePort;
    metadata.annotations["alb.ingress.kubernetes.io/wafv2-acl-arn"] = "";
  }
  return new Map(
    [...gateway, ...doors].map((object) => [
      `${object.kind}_${object.metadata.name}`.toLowerCase().replaceAll("-", "_"),
      stringify(object),
    ]),
  );
}

const provider =
  'terraform {\n  required_providers {\n    kubectl = { source = "gavinbunney/kubectl", version = "1.19.0" }\n  }\n}\n\nprovider "kubectl" {}\n';

const resource = ([name, yaml]: readonly [string, string]): string =>
  `resource "kubectl_manifest" "${name}" {\n  yaml_body = <<-YAML\n${yaml.replace(/^/gm, "    ")}\n  YAML\n}\n`;

const kinds =
  "services,deployments.apps,replicasets.apps,ingresses,gateways.networking.istio.io,virtualservices.networking.istio.io,customresourcedefinitions,serviceaccounts";

async function uidsOf(bed: TestBed): Promise<ReadonlyMap<string, string>> {
  const { items }: { items: readonly KubernetesObject[] } = JSON.parse(
    await bed.plane.kubectl("get", kinds, "--all-namespaces", "--output=json"),
  );
  return new Map(
    items.map(({ kind, metadata }) => [
      `${kind} ${metadata.namespace ?? ""}/${metadata.name}`,
      metadata.uid ?? "",
    ]),
  );
}

if (typeof tofu === "string") {
  describe.skip("an installation by Helm and OpenTofu is taken over by `meshfront migrate`", () => {
    test(`not run: ${tofu}`, () => {});
  });
} else {
  describeOnTestBed("an installation by Helm and OpenTofu is taken over by `meshfront migrate`", (bed) => {
    let project: TofuProject;
    let before: ReadonlyMap<string, string>;
    let nodePort: string;
    let revision: string;

    test("what was live before: three releases, and the front in the state of OpenTofu", async () => {
      if (typeof binaries === "string") throw new Error("expected the binaries of the bed");
      await bed().platform.synth(demoConfig(bed()));
      const helm = join(bed().folder, "terraform-provider-helm_v3.1.2_x5");
      copyFileSync(binaries.programs.helm, helm);
      for (const release of releases) await installRelease(bed(), helm, release);
      nodePort = await statusNodePort(bed());
      project = new TofuProject(tofu, join(bed().folder, "tofu"), bed().plane.kubeconfig);
      writeFileSync(join(project.folder, "provider.tf"), provider);
      writeFileSync(
        join(project.folder, "front.tf"),
        [...frontManifests(bed(), nodePort)].map(resource).join("\n"),
      );
      await project.run("init", "-input=false");
      await project.run("apply", "-input=false", "-auto-approve");
      expect((await project.run("plan", "-input=false", "-detailed-exitcode")).code).toBe(0);
      await untilScaled(bed());
      for (const folder of ["dist", "argocd", "clusters"])
        rmSync(join(bed().platform.folder, folder), { recursive: true });
      before = await uidsOf(bed());
      expect(before.size).toBeGreaterThan(20);
    });

    test("migrate reads the state, the releases and the Services, and finds no load balancer to replace and no pod to roll", async () => {
      const input = join(bed().folder, "input");
      mkdirSync(input);
      writeFileSync(join(input, "state.json"), (await project.run("show", "-json")).stdout);
      writeFileSync(
        join(input, "releases.yaml"),
        await bed().plane.kubectl("get", "secret", "-A", "-lowner=helm", "-oyaml"),
      );
      writeFileSync(
        join(input, "services.yaml"),
        await bed().plane.kubectl("get", "service,ingress", "-A", "-oyaml"),
      );
      const files = ["state.json", "releases.yaml", "services.yaml"].map((file) => join(input, file));
      const said = await promisify(execFile)(
        process.execPath,
        [
          new URL("../../bin/meshfront.cjs", import.meta.url).pathname,
          "migrate",
          ...files,
          "--cluster=demo",
          "--json",
          `--repository=${bed().platform.url}`,
        ],
        { cwd: bed().platform.folder },
      ).catch((error: { stdout: string }) => error);
      const { exitCode, objects, findings } = JSON.parse(said.stdout);
      expect(exitCode, said.stdout).toBe(2);
      const effects = objects.flatMap(
        ({
          about,
          differences,
        }: {
          about: string;
          differences: readonly { path: string; effect: string }[];
        }) => differences.map(({ path, effect }) => ({ about, path, effect })),
      );
      expect(
        effects.filter(({ effect }: { effect: string }) =>
          ["replaces a load balancer", "rolls pods", "changes exposure"].includes(effect),
        ),
      ).toEqual([]);
      expect(findings.map(({ code }: { code: string }) => code)).toEqual(
        expect.arrayContaining(["node-port", "empty-web-acl"]),
      );
    });

    test("Argo CD adopts: no UID, no NodePort and no ReplicaSet changes", async () => {
      // What only the bed needs: its chart server in place of Istio's, and no recheck that repairs what this test looks at.
      bed().platform.edit("clusters/demo.yaml", (text) => {
        const file = parse(text);
        return stringify({
          ...file,
          istio: { ...file.istio, charts: bed().charts.url },
          hook: { recheck: "0 0 1 1 *" },
        });
      });
      await bed().platform.meshfront(["synth"]);
      revision = await bed().push("Taken over");
      await bed().applyArgocdFolderClientSide();
      await untilWell(bed(), revision, { holds: isSettled });
      const after = await uidsOf(bed());
      expect([...before].filter(([name, uid]) => after.get(name) !== uid)).toEqual([]);
      expect([...after.keys()].filter((name) => name.startsWith("ReplicaSet") && !before.has(name))).toEqual(
        [],
      );
      expect(await statusNodePort(bed())).toBe(nodePort);
    });

    test("one full sync of each Application, then the releases' Secrets go by the commands of MIGRATION.md", async () => {
      for (const name of demoWaves.flat())
        expect((await bed().applications.syncInFull(name)).status?.operationState?.phase, name).toBe(
          "Succeeded",
        );
      const steps = readFileSync(join(bed().platform.folder, "migration/demo/MIGRATION.md"), "utf8");
      const commands = [...steps.matchAll(/^kubectl (-n \S+ delete secret .*)$/gm)].map(([, words = ""]) =>
        words.split(" "),
      );
      expect(commands).toHaveLength(releases.length);
      for (const words of commands) await bed().plane.kubectl(...words);
      for (const name of applicationNames.filter((each) => each !== "demo-root"))
        expect(steps).toContain(name);
    });

    test("the removed blocks are applied by the real program, its next plan is empty, and nothing was deleted", async () => {
      rmSync(join(project.folder, "front.tf"));
      copyFileSync(
        join(bed().platform.folder, "migration/demo/removed.tf"),
        join(project.folder, "removed.tf"),
      );
      await project.run("plan", "-input=false", "-out=forget.plan");
      const { resource_changes } = JSON.parse((await project.run("show", "-json", "forget.plan")).stdout);
      expect([
        ...new Set(
          resource_changes.map(({ change }: { change: { actions: readonly string[] } }) =>
            change.actions.join(),
          ),
        ),
      ]).toEqual(["forget"]);
      await project.run("apply", "-input=false", "forget.plan");
      expect((await project.run("plan", "-input=false", "-detailed-exitcode")).code).toBe(0);
      rmSync(join(project.folder, "removed.tf"));
      expect((await project.run("plan", "-input=false", "-detailed-exitcode")).code).toBe(0);
      await untilWell(bed(), revision);
      const after = await uidsOf(bed());
      expect([...before].filter(([name, uid]) => after.get(name) !== uid)).toEqual([]);
      expect(await statusNodePort(bed())).toBe(nodePort);
    });
  });
}
