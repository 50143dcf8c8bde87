// Invariants of Applications that go beyond the rules on objects (manifests/rules): how we write them.
import type { JsonValue } from "../../../core/json.ts";
import { type Application, type KubernetesObject, ofKind } from "../kubernetes.ts";
import { type Output, objectsIn, objectsOf } from "../output.ts";
import type { Invariant } from "./invariant.ts";

export const children = (output: Output): readonly Application[] =>
  ofKind(objectsIn(output, /^dist\/[^/]+\/applications\//), "Application");

/** The output files that an Application with a folder for source reads. */
export const folderOf = (output: Output, { spec }: Application): readonly KubernetesObject[] => {
  const prefix = output.config.repository.path === "." ? "" : `${output.config.repository.path}/`;
  return output.files
    .filter(({ path }) => `${prefix}${path}`.replace(/\/[^/]*$/, "") === spec.source.path)
    .flatMap(({ objects }) => objects);
};

export const applicationInvariants: readonly Invariant[] = [
  {
    name: "specs of Applications and AppProjects have no null, empty map or empty list",
    violations: (output) =>
      objectsOf(output)
        .filter(({ kind }) => kind === "Application" || kind === "AppProject")
        .flatMap((object) => emptyValues({ ...object } as unknown as JsonValue, object.metadata.name)), // parsed YAML is JSON
  },
];

function emptyValues(value: JsonValue, path: string): readonly string[] {
  if (value === null) return [path];
  if (typeof value !== "object") return [];
  const entries = Object.entries(value).filter(([key]) => key !== "valuesObject");
  if (Object.keys(value).length === 0) return [path];
  return entries.flatMap(([key, inner]) => emptyValues(inner, `${path}.${key}`));
}
