// Invariants of AppProjects: everything that is synced is allowed, and nothing else is.
import { type Application, type AppProject, type GroupKind, groupKindOf, ofKind } from "../kubernetes.ts";
import { type Output, objectsOf } from "../output.ts";
import { folderOf } from "./applications.ts";
import type { Invariant } from "./invariant.ts";

const list = (text: string): readonly GroupKind[] =>
  text.split(" ").map((entry) => {
    const [group = "", kind = ""] = entry.split("/");
    return { group, kind };
  });

const rbac = "rbac.authorization.k8s.io";
const webhooks = "admissionregistration.k8s.io";

/**
 * What the charts of Istio 1.28 to 1.31 print (each was taken out once, and nothing was applied
 * then); the namespace is what CreateNamespace=true makes.
 */
const kindsOfChart: Readonly<
  Record<string, { cluster: readonly GroupKind[]; namespaced: readonly GroupKind[] }>
> = {
  base: {
    cluster: list(
      `/Namespace apiextensions.k8s.io/CustomResourceDefinition ${webhooks}/ValidatingWebhookConfiguration`,
    ),
    namespaced: list("/ServiceAccount"),
  },
  istiod: {
    cluster: list(
      `/Namespace ${rbac}/ClusterRole ${rbac}/ClusterRoleBinding ${webhooks}/MutatingWebhookConfiguration ${webhooks}/ValidatingWebhookConfiguration`,
    ),
    namespaced: list(
      `/ConfigMap /Service /ServiceAccount apps/Deployment autoscaling/HorizontalPodAutoscaler policy/PodDisruptionBudget ${rbac}/Role ${rbac}/RoleBinding`,
    ),
  },
  gateway: {
    cluster: list("/Namespace"),
    namespaced: list(
      `/Service /ServiceAccount apps/Deployment autoscaling/HorizontalPodAutoscaler policy/PodDisruptionBudget ${rbac}/Role ${rbac}/RoleBinding`,
    ),
  },
};

/** Kinds that values of a chart switch on; test/charts/project.test.ts has them one by one. */
const switchedKinds = list(
  `apps/DaemonSet networking.k8s.io/NetworkPolicy ${webhooks}/ValidatingAdmissionPolicy ${webhooks}/ValidatingAdmissionPolicyBinding`,
);

export const projectInvariants: readonly Invariant[] = [
  {
    name: "every Application is allowed its source, its destination and its kinds by its AppProject",
    violations: (output) => applications(output).flatMap((application) => refusals(output, application)),
  },
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

const show = ({ group, kind }: GroupKind): string => `${group}/${kind}`;

/** Kinds of one Application: of the objects in its folder, or of its chart. */
function needs(output: Output, application: Application) {
  const { chart = "" } = application.spec.source;
  const objects = folderOf(output, application).map(groupKindOf);
  const creates = application.spec.syncPolicy.syncOptions?.includes("CreateNamespace=true") === true;
  return kindsOfChart[chart] ?? { cluster: creates ? list("/Namespace") : [], namespaced: objects };
}

function refusals(output: Output, application: Application): readonly string[] {
  const { name } = application.metadata;
  const project = ofKind(objectsOf(output), "AppProject").find(
    ({ metadata }) => metadata.name === application.spec.project,
  );
  if (project === undefined) return [`${name}: no AppProject ${application.spec.project}`];
  const { spec } = project;
  const { cluster, namespaced } = needs(output, application);
  const { destination, source } = application.spec;
  const isAllowed = spec.destinations.some(
    (each) =>
      each.namespace === destination.namespace &&
      each.server === destination.server &&
      each.name === destination.name,
  );
  return [
    ...(spec.sourceRepos.includes(source.repoURL) ? [] : [source.repoURL]),
    ...(isAllowed ? [] : [JSON.stringify(destination)]),
    ...missing(cluster, spec.clusterResourceWhitelist ?? []),
    ...missing(namespaced, spec.namespaceResourceWhitelist),
  ].map((what) => `${name}: ${what}`);
}

function excess(output: Output, { spec }: AppProject, members: readonly Application[]): readonly string[] {
  const needed = members.map((member) => needs(output, member));
  const allowed = [...(spec.clusterResourceWhitelist ?? []), ...spec.namespaceResourceWhitelist];
  const repositories = members.map(({ spec: { source } }) => source.repoURL);
  const namespaces = members.map(({ spec: { destination } }) => destination.namespace);
  return [
    ...missing(allowed, [
      ...needed.flatMap(({ cluster, namespaced }) => [...cluster, ...namespaced]),
      ...switchedKinds,
    ]),
    ...spec.sourceRepos.filter((repository) => !repositories.includes(repository)),
    ...spec.destinations
      .filter(({ namespace }) => !namespaces.includes(namespace))
      .map(({ namespace }) => namespace),
  ];
}

/** What of `wanted` is not in `allowed`. */
const missing = (wanted: readonly GroupKind[], allowed: readonly GroupKind[]): readonly string[] => {
  const names = new Set(allowed.map(show));
  return [...new Set(wanted.map(show))].filter((name) => !names.has(name));
};
