import { describe, expect, it } from "vitest";
import { collectTypes, findDefinition, type OpenApi } from "../../tools/import/openapi.mjs";
import { plainSchema } from "../../tools/import/plain-schema.mjs";
import type { Kind } from "../../tools/import/sources.mjs";

const job: Kind = { apiVersion: "batch/v1", kind: "Job", from: "kubernetes" };
const jobName = "io.k8s.api.batch.v1.Job";
const text = { type: "string" };

const openApi: OpenApi = {
  definitions: {
    [jobName]: {
      type: "object",
      properties: { spec: { $ref: "#/definitions/io.k8s.api.batch.v1.JobSpec" } },
      "x-kubernetes-group-version-kind": [{ group: "batch", version: "v1", kind: "Job" }],
    },
    "io.k8s.api.batch.v1.JobSpec": {
      type: "object",
      properties: { parent: { $ref: `#/definitions/${jobName}` } },
    },
    "io.k8s.api.batch.v1.Unused": { type: "object", properties: { a: text } },
  },
};

const collect = (definitions: OpenApi["definitions"]) =>
  collectTypes([jobName], { definitions }, (name, published) => plainSchema(published, name));

describe("Kubernetes' OpenAPI document", () => {
  it("tells the definition of a kind", () => {
    expect(findDefinition(job, openApi)).toBe(jobName);
  });

  it("has to have the kind, in the version that is used", () => {
    expect(() => findDefinition({ ...job, apiVersion: "batch/v2" }, openApi)).toThrow(
      /^Expected a definition of batch\/v2 Job; api\/openapi-spec\/swagger\.json of k8s\.io\/kubernetes v\S+ has none\.$/,
    );
  });

  it("gives the types that a kind is made of, by short names, and no others", () => {
    expect(Object.fromEntries(collect(openApi.definitions))).toEqual({
      Job: { type: "object", properties: { spec: { $ref: "#/types/JobSpec" } } },
      JobSpec: { type: "object", properties: { parent: { $ref: "#/types/Job" } } },
    });
  });

  it("does not give what only a field that is left out refers to", () => {
    const types = collectTypes([jobName], openApi, () => ({ type: "object", properties: {} }));
    expect([...types.keys()]).toEqual(["Job"]);
  });

  it("has to have every type that it refers to", () => {
    const { "io.k8s.api.batch.v1.JobSpec": _, ...definitions } = openApi.definitions;
    expect(() => collect(definitions)).toThrow("refers to io.k8s.api.batch.v1.JobSpec and does not have it.");
  });

  it("may not have two types of one short name", () => {
    const spec = { type: "object", properties: { other: { $ref: "#/definitions/io.k8s.api.core.v1.Job" } } };
    const definitions = {
      ...openApi.definitions,
      "io.k8s.api.batch.v1.JobSpec": spec,
      "io.k8s.api.core.v1.Job": { type: "object", properties: { a: text } },
    };
    expect(() => collect(definitions)).toThrow(
      "io.k8s.api.batch.v1.Job and io.k8s.api.core.v1.Job have the same short name.",
    );
  });
});
