// Least privilege of AppProjects. That everything needed is allowed is a rule (manifests/rules/project-rules.ts).
import { type GroupKind, kindsOfRow, nameOfKind, tryFindRow } from "../../../config/applications.ts";
import { type Application, type AppProject, groupKindOf, ofKind } from "../kubernetes.ts";
import { type Output, objectsOf } from "../output.ts";
import { folderOf } from "./applications.ts";
import type { Invariant } from "./invariant.ts";

export const projectInvariants: readonly Invariant[] = [
  {
    name: "an AppProject allows nothing that none of its Applications needs",
    violations: (output) =>
      ofKind(objectsOf(output), "AppProject").flatMap((project) => {
        const members = applications(output).filter(({ spec }) => spec.project === project.metadata.name);
        return excess(output, project, members).map((what) => `${project.metadata.name}: ${what}`);
      }),
  },
];

const applications = (output: Output): readonly Application[] => ofKind(objectsOf(output), "Application");

/** Kinds of one Application: of the objects in its folder, or of its chart. */
function needs(output: Output, application: Application): readonly GroupKind[] {
  const { chart = "", helm } = application.spec.source;
  const row = chart === "" ? undefined : tryFindRow(chart, []);
  const { cluster, namespaced } = kindsOfRow(row ?? { creates: {} }, helm?.valuesObject ?? {});
  const creates = application.spec.syncPolicy.syncOptions?.includes("CreateNamespace=true") === true;
  return [
    ...(creates ? [{ group: "", kind: "Namespace" }] : []),
    ...cluster,
    ...namespaced,
    ...folderOf(output, application).map(groupKindOf),
  ];
}

function excess(output: Output, { spec }: AppProject, members: readonly Application[]): readonly string[] {
  const needed = members.flatMap((member) => needs(output, member));
  const allowed = [...(spec.clusterResourceWhitelist ?? []), ...spec.namespaceResourceWhitelist];
  const repositories = members.map(({ spec: { source } }) => source.repoURL);
  const namespaces = members.map(({ spec: { destination } }) => destination.namespace);
  return [
    ...missing(allowed, needed),
    ...spec.sourceRepos.filter((repository) => !repositories.includes(repository)),
    ...spec.destinations
      .filter(({ namespace }) => !namespaces.includes(namespace))
      .map(({ namespace }) => namespace),
  ];
}

/** What of `wanted` is not in `allowed`. */
const missing = (wanted: readonly GroupKind[], allowed: readonly GroupKind[]): readonly string[] => {
  const names = new Set(allowed.map(nameOfKind));
  return [...new Set(wanted.map(nameOfKind))].filter((name) => !names.has(name));
};
