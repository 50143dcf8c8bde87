// charts/ makes plain ApiObjects of Kubernetes' kinds. cdk8s-plus-29 has a construct for each, which knows every field:
// given the same, it writes the same.
import { type ApiObject, App, Chart } from "cdk8s";
import * as k8s from "cdk8s-plus-29/lib/imports/k8s";
import type { Construct } from "constructs";
import { describe, expect, test } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import { emitDocuments } from "../../manifests/yaml.ts";
import { goldenCases } from "../golden/golden-cases.ts";
import { apiObjectsOf } from "./cdk8s-output.ts";
import { loadOutputs } from "./output.ts";

const constructs: Readonly<Record<string, new (scope: Construct, id: string, props: never) => ApiObject>> = {
  ConfigMap: k8s.KubeConfigMap,
  CronJob: k8s.KubeCronJob,
  Ingress: k8s.KubeIngress,
  IngressClass: k8s.KubeIngressClass,
  Job: k8s.KubeJob,
  Role: k8s.KubeRole,
  RoleBinding: k8s.KubeRoleBinding,
  ServiceAccount: k8s.KubeServiceAccount,
};

/** The field of which the constructs want instances of a class. */
function withQuantities(value: JsonValue, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => withQuantities(item));
  if (!isJsonObject(value)) return value;
  const isQuantities = key === "requests" || key === "limits";
  const entries = Object.entries(value).map(([name, item]) => [
    name,
    isQuantities ? k8s.Quantity.fromString(String(item)) : withQuantities(item, name),
  ]);
  return Object.fromEntries(entries);
}

function asConstruct(object: ApiObject): JsonObject {
  const { apiVersion: _, kind, ...props } = object.toJson();
  const Kind = constructs[kind];
  if (Kind === undefined) throw new Error(`add Kube${kind} to this test`);
  return new Kind(new Chart(new App(), "again"), object.node.id, withQuantities(props) as never).toJson();
}

const isOfKubernetes = ({ apiVersion }: ApiObject): boolean =>
  !/^(?:argoproj\.io|eks\.amazonaws\.com|networking\.istio\.io)\//.test(apiVersion);

describe.each(goldenCases)("the objects of Kubernetes' kinds in the golden case $name", ({ root }) => {
  const objects = loadOutputs(root).flatMap(apiObjectsOf).filter(isOfKubernetes);

  test.each(objects.map((object) => [object.node.path, object] as const))(
    "%s is what the construct of cdk8s-plus-29 writes",
    (_, object) => {
      expect(emitDocuments([object.toJson()])).toBe(emitDocuments([asConstruct(object)]));
    },
  );
});

test("all constructs that charts/ replaces are among them", () => {
  const kinds = goldenCases
    .flatMap(({ root }) => loadOutputs(root).flatMap(apiObjectsOf))
    .filter(isOfKubernetes);
  expect([...new Set(kinds.map(({ kind }) => kind))].toSorted()).toEqual(Object.keys(constructs));
});
