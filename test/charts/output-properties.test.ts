// What holds for the output of every valid cluster file and is no rule of manifests/rules.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allKinds, kindsOfRow, nameOfKind, tryFindRow } from "../../config/applications.ts";
import { lostKeys } from "../imports/key-loss.ts";
import { apiObjectsOf, comparable, synthesised } from "./cdk8s-output.ts";
import { clusterFiles } from "./cluster-files.ts";
import { outputOfInput } from "./configurations.ts";
import { type Application, type AppProject, type GroupKind, groupKindOf, ofKind } from "./kubernetes.ts";
import { type Output, objectsOf, parse } from "./output.ts";
import { argument, runs } from "./programs.ts";
import { reversedKeys } from "./reversed-keys.ts";

function holds(numRuns: number, check: (output: Output) => void): void {
  fc.assert(
    fc.property(clusterFiles, (input) => check(outputOfInput(input))),
    { numRuns },
  );
}

describe("for every valid cluster file", { timeout: 120_000 }, () => {
  it("every object has a namespace, but for classes, which have none", () => {
    holds(10, (output) => {
      const without = objectsOf(output).filter(({ metadata }) => (metadata.namespace ?? "") === "");
      expect(without.filter(({ kind }) => !kind.startsWith("IngressClass"))).toEqual([]);
    });
  });

  it("an AppProject allows nothing that none of its Applications needs", () => {
    holds(15, (output) => {
      for (const project of ofKind(objectsOf(output), "AppProject")) expectLeast(output, project);
    });
  });

  it("one hook and one recheck of each gateway serve its doors in mode discovered, and no other door", () => {
    holds(10, (output) => {
      const { gateways, ingresses, hook } = output.config;
      const doors = gateways
        .map(({ key }) =>
          ingresses
            .filter(({ gateway, healthCheck }) => gateway === key && healthCheck.mode === "discovered")
            .map(({ ingressName }) => ingressName),
        )
        .filter((names) => names.length > 0);
      const servedBy = (kind: string) =>
        runs(output)
          .filter((run) => run.kind === kind)
          .map(({ job }) => argument(job, "ingress"));
      expect(servedBy("Job")).toEqual(doors);
      expect(servedBy("CronJob")).toEqual(hook.recheck === undefined ? [] : doors);
    });
  });

  it("a program gets rights on the Ingresses of its arguments and the Service they send to, and no others", () => {
    holds(10, (output) => {
      for (const { job, name, namespace, objects } of runs(output)) {
        const { serviceAccountName, volumes } = job.template.spec;
        expect(serviceAccountName).toBe(name);
        expect(volumes).toEqual([{ name: "program", configMap: { name } }]);
        const [binding] = ofKind(objects, "RoleBinding");
        expect(binding).toMatchObject({
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
          subjects: [{ kind: "ServiceAccount", name, namespace }],
        });
        const [service, doors] = [argument(job, "service"), argument(job, "ingress")];
        expect(ofKind(objects, "Role").flatMap((role) => role.rules)).toEqual([
          { apiGroups: [""], resources: ["services"], resourceNames: service, verbs: ["get"] },
          {
            apiGroups: ["networking.k8s.io"],
            resources: ["ingresses"],
            resourceNames: doors,
            verbs: ["get", "patch"],
          },
        ]);
        const targets = ofKind(objectsOf(output), "Ingress").filter(({ metadata }) =>
          doors.includes(metadata.name),
        );
        expect(targets).toHaveLength(doors.length);
        for (const { metadata, spec } of targets) {
          expect(argument(job, "namespace")).toEqual([metadata.namespace]);
          const backends = spec.rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend));
          expect([...new Set(backends.map((backend) => backend.service.name))]).toEqual(service);
        }
      }
    });
  });

  it("a Job ends by itself, after its only attempt had the time to wait and to watch", () => {
    holds(5, (output) => {
      for (const { job } of runs(output)) {
        const [wait = 0, watch = 0] = ["timeout-seconds", "watch-seconds"].map((name) =>
          Number(argument(job, name)[0]),
        );
        expect(job.backoffLimit).toBe(0);
        expect(job.activeDeadlineSeconds).toBeGreaterThan(wait + watch);
      }
    });
  });

  it("the output has the same bytes whatever the order of the file's keys", () => {
    const bytes = (input: Parameters<typeof outputOfInput>[0]) =>
      outputOfInput(input).files.map(({ path, text }) => [path, text]);
    fc.assert(
      fc.property(clusterFiles, (input) => {
        expect(bytes(reversedKeys(input))).toEqual(bytes(input));
      }),
      { numRuns: 10 },
    );
  });

  it("the objects in the text are those that cdk8s itself writes, with every key they were given", () => {
    const folder = mkdtempSync(join(tmpdir(), "meshfront-cdk8s-"));
    try {
      let run = 0;
      holds(3, (output) => {
        const written = output.apps.flatMap((app) => synthesised(app, join(folder, String(run++))));
        expect(comparable(output.files.flatMap(({ text }) => parse(text)))).toEqual(comparable(written));
        expect(apiObjectsOf(output).flatMap(lostKeys)).toEqual([]);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Nothing of no use. That everything needed is allowed is a rule (manifests/rules/project-rules.ts). */
function expectLeast(output: Output, { metadata, spec }: AppProject): void {
  const members = ofKind(objectsOf(output), "Application").filter(
    (application) => application.spec.project === metadata.name,
  );
  const isRoot = metadata.name.endsWith("-root");
  // The children's kinds are those of any configuration: what is removed is deleted only while its kind is allowed.
  const { cluster, namespaced } = isRoot ? { cluster: [], namespaced: [] } : allKinds(output.config);
  const needed = new Set(
    [...members.flatMap((member) => kindsOf(output, member)), ...cluster, ...namespaced].map(nameOfKind),
  );
  const allowed = [...(spec.clusterResourceWhitelist ?? []), ...spec.namespaceResourceWhitelist];
  expect(allowed.map(nameOfKind).filter((kind) => !needed.has(kind))).toEqual([]);
  const repositories = members.map(({ spec: { source } }) => source.repoURL);
  expect(repositories).toEqual(expect.arrayContaining([...spec.sourceRepos]));
  const namespaces = members.map(({ spec: { destination } }) => destination.namespace);
  expect(namespaces).toEqual(expect.arrayContaining(spec.destinations.map(({ namespace }) => namespace)));
}

/** What one Application creates: what is in its folder, or what its chart makes. */
function kindsOf({ config, files }: Output, { spec: { source, syncPolicy } }: Application): GroupKind[] {
  const row = source.chart === undefined ? undefined : tryFindRow(source.chart, []);
  const { cluster, namespaced } = kindsOfRow(row ?? { creates: {} }, source.helm?.valuesObject ?? {});
  const makesNamespace = syncPolicy.syncOptions?.includes("CreateNamespace=true") === true;
  const prefix = config.repository.path === "." ? "" : `${config.repository.path}/`;
  const folder = files.filter(({ path }) => `${prefix}${path}`.replace(/\/[^/]*$/, "") === source.path);
  return [
    ...(makesNamespace ? [{ group: "", kind: "Namespace" }] : []),
    ...cluster,
    ...namespaced,
    ...folder.flatMap(({ objects }) => objects.map(groupKindOf)),
  ];
}
