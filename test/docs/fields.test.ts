// Whatever is emitted has its reason in a document: a new field without one fails here, and so does a row about a field
// that is gone. The remedy is a row in the table of that section.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { albAnnotationPrefix } from "../../config/alb-annotations.ts";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, valueAt } from "../../core/json.ts";
import { computedValuePaths, distinct, emittedObjects, leafPaths, root } from "./emitted.ts";
import { findSection, firstColumn, readPage } from "./pages.ts";

const objects = emittedObjects();
const ofKind = (kind: string) => objects.filter((object) => object.kind === kind);
const documented = (file: string, title: string) => distinct(firstColumn(findSection(readPage(file), title)));

/** Values and what identifies an object's kind have no reason of their own here. */
const withoutKind = (paths: readonly string[]) =>
  paths.filter((path) => path !== "apiVersion" && path !== "kind");

const fieldsOf = (list: readonly JsonObject[]) =>
  distinct(list.flatMap((object) => withoutKind(leafPaths(object, ["spec.source.helm.valuesObject"]))));

const listsAt = (list: readonly JsonObject[], ...path: readonly string[]): readonly JsonValue[] =>
  list.map((object) => valueAt(object, path)).flatMap((value) => (isJsonArray(value) ? value : []));

describe("docs/explanation/argocd-objects.md", () => {
  const file = "docs/explanation/argocd-objects.md";

  test("explains exactly the fields of Applications that are emitted", () => {
    expect(documented(file, "Application")).toEqual(fieldsOf(ofKind("Application")));
  });

  test("explains exactly the sync options that are emitted", () => {
    const options = listsAt(ofKind("Application"), "spec", "syncPolicy", "syncOptions");
    expect(documented(file, "Sync options")).toEqual(distinct(options.map(String)));
  });

  test("explains exactly the fields of AppProjects that are emitted", () => {
    expect(documented(file, "AppProject")).toEqual(fieldsOf(ofKind("AppProject")));
  });

  test("explains exactly the kinds that AppProjects allow", () => {
    const kinds = ["clusterResourceWhitelist", "namespaceResourceWhitelist"].flatMap((list) =>
      listsAt(ofKind("AppProject"), "spec", list),
    );
    const names = kinds.map((entry) => (isJsonObject(entry) ? String(entry.kind) : ""));
    expect(documented(file, "Allowed kinds")).toEqual(distinct(names));
  });

  test("explains exactly what is in argocd-cm", () => {
    const fragments = ofKind("ConfigMap").filter(
      (object) => valueAt(object, ["metadata", "name"]) === "argocd-cm",
    );
    expect(documented(file, "ConfigMap argocd-cm")).toEqual(fieldsOf(fragments));
  });
});

describe("docs/explanation/istio-values.md", () => {
  test.each(["base", "istiod", "gateway"] as const)(
    "explains exactly the values computed for %s",
    (chart) => {
      expect(documented("docs/explanation/istio-values.md", chart)).toEqual(computedValuePaths(chart));
    },
  );
});

describe("docs/explanation/alb-annotations.md", () => {
  test("explains exactly the annotations that are emitted", () => {
    const keys = ofKind("Ingress").flatMap((object) => {
      const annotations = valueAt(object, ["metadata", "annotations"]);
      return isJsonObject(annotations) ? Object.keys(annotations) : [];
    });
    const suffixes = keys.map((key) => key.replace(albAnnotationPrefix, ""));
    expect(documented("docs/explanation/alb-annotations.md", "Annotations")).toEqual(distinct(suffixes));
  });
});

describe("docs/explanation/health-check-port.md", () => {
  test("explains exactly the exit codes of the program", () => {
    const program = readFileSync(join(root, "hook/healthcheck-port.mjs"), "utf8");
    const table = program.slice(program.indexOf("const EXIT"), program.indexOf("class Problem"));
    const codes = [...table.matchAll(/^ {2}\w+: \[\s*(\d+),/gm)].map(([, code]) => code ?? "");
    expect(codes).toHaveLength(14);
    expect(documented("docs/explanation/health-check-port.md", "Exit codes")).toEqual(
      distinct(["0", ...codes]),
    );
  });
});
