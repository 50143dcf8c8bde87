import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import { validateSchema } from "../../manifests/validate-objects.ts";
import { parse } from "../charts/output.ts";
import { freshOutput, goldenCases } from "../golden/golden-cases.ts";
import { mutationsOf, withoutField } from "./mutations.ts";

/** Places where a mutation makes another valid object. One row a reason; a test holds that each row is needed. */
const harmless: readonly { readonly what: RegExp; readonly place: RegExp; readonly why: string }[] = [
  {
    what: /./,
    place: /^Application spec\.source\.helm\.valuesObject\./,
    why: "Helm values are free-form to Argo CD; config/ and the rules judge them.",
  },
  {
    what: /misspelt key/,
    place: /metadata\.(annotations|labels)\.[^[]+$/,
    why: "Any key of the right form may be there.",
  },
  { what: /misspelt key/, place: /^ConfigMap data\./, why: "The keys of a ConfigMap are its own." },
  {
    what: /misspelt key/,
    place: /^Gateway spec\.selector\./,
    why: "Labels of pods; that some pod has them is a rule's business.",
  },
  {
    what: /misspelt key/,
    place: /^(Job|CronJob) .*\.resources\.(limits|requests)\./,
    why: "A device plug-in may bring a resource of any name.",
  },
];

/** Fields without which the API server, or what reads the object, can do nothing with it. */
const required: Readonly<Record<string, readonly string[]>> = {
  AppProject: ["metadata", "metadata.name", "spec", "spec.namespaceResourceWhitelist[].kind"],
  Application: [
    "metadata",
    "metadata.name",
    "spec",
    "spec.project",
    "spec.destination",
    "spec.source.repoURL",
  ],
  ConfigMap: ["metadata", "metadata.name"],
  CronJob: [
    "metadata.name",
    "spec",
    "spec.schedule",
    "spec.jobTemplate",
    "spec.jobTemplate.spec",
    "spec.jobTemplate.spec.template.spec.containers",
  ],
  IngressClass: ["metadata", "metadata.name"],
  IngressClassParams: ["metadata", "metadata.name", "spec"],
  Gateway: [
    "metadata",
    "metadata.name",
    "spec",
    "spec.servers[].hosts",
    "spec.servers[].port",
    "spec.servers[].port.number",
  ],
  Ingress: [
    "metadata.name",
    "spec",
    "spec.rules[].http.paths",
    "spec.rules[].http.paths[].backend",
    "spec.rules[].http.paths[].pathType",
    "spec.rules[].http.paths[].backend.service.name",
    "spec.rules[].http.paths[].backend.service.port",
  ],
  Job: [
    "metadata.name",
    "spec",
    "spec.template",
    "spec.template.spec",
    "spec.template.spec.containers",
    "spec.template.spec.containers[].name",
    "spec.template.spec.containers[].image",
    "spec.template.spec.containers[].volumeMounts[].mountPath",
    "spec.template.spec.restartPolicy",
    "spec.template.spec.volumes[].name",
  ],
  Role: ["metadata.name", "rules[].apiGroups", "rules[].resources", "rules[].verbs"],
  RoleBinding: [
    "metadata.name",
    "roleRef",
    "roleRef.kind",
    "roleRef.name",
    "subjects[].kind",
    "subjects[].name",
  ],
  ServiceAccount: ["metadata", "metadata.name"],
  VirtualService: ["metadata", "metadata.name", "spec", "spec.http[].route[].destination.host"],
};

const objects: readonly JsonObject[] = goldenCases
  .flatMap((golden) => Object.entries(freshOutput(golden)))
  .filter(([path]) => path.endsWith(".yaml"))
  .flatMap(([, text]) => parse(text) as unknown as readonly JsonObject[]); // read from YAML just now

const isRefused = (data: JsonObject): boolean => {
  const object = { file: "", group: "", kind: "", namespace: "", name: "", annotations: {}, data };
  return validateSchema(object).length > 0;
};

describe("the schema check of every object of the golden cases", () => {
  it("takes all of them as they are", () => {
    expect(objects.filter(isRefused)).toEqual([]);
    expect(objects.length).toBeGreaterThan(60);
  });

  it("notices every misspelt key and every value of another type", { timeout: 60_000 }, () => {
    const missed = new Set<string>();
    const needed = new Set<string>();
    let count = 0;
    for (const object of objects) {
      for (const { what, path, object: spoilt } of mutationsOf(object)) {
        count += 1;
        if (isRefused(spoilt)) continue;
        const row = harmless.find((row) => row.what.test(what) && row.place.test(`${object.kind} ${path}`));
        if (row === undefined) missed.add(`${object.kind} ${path}: ${what}`);
        else needed.add(row.why);
      }
    }
    expect([...missed]).toEqual([]);
    expect(harmless.filter(({ why }) => !needed.has(why))).toEqual([]);
    expect(count).toBeGreaterThan(5000);
  });

  it.each(Object.keys(required))("notices that a %s lacks a required field", (kind) => {
    const ofKind = objects.filter((object) => object.kind === kind);
    for (const path of required[kind] ?? []) {
      const spoilt = ofKind.flatMap((object) => withoutField(object, path));
      expect(spoilt.length, path).toBeGreaterThan(0);
      expect(
        spoilt.filter((object) => !isRefused(object)),
        path,
      ).toEqual([]);
    }
  });

  it("covers every kind of the golden cases", () => {
    expect(Object.keys(required).sort()).toEqual(
      [...new Set(objects.map(({ kind }) => String(kind)))].sort(),
    );
  });
});
