// AppProjects: what their Applications read, where they write, and which kinds they create must be allowed.
import {
  type CreatedKinds,
  type GroupKind,
  kindsOfRow,
  nameOfKind,
  tryFindRow,
} from "../../config/applications.ts";
import { redact, show } from "../../core/format-value.ts";
import { type JsonValue, valueAt } from "../../core/json.ts";
import { mapsIn, textAt, textsIn } from "../object-fields.ts";
import {
  type Application,
  applicationsOf,
  argoprojGroup,
  type Destination,
  readDestination,
} from "./application.ts";
import { type ObjectFinding, type ObjectRule, type ObjectScope, oncePerScope } from "./object-rule.ts";

const projectsOf = oncePerScope(
  (scope) =>
    new Map(
      [...scope.ofKind("AppProject"), ...scope.elsewhere.filter(({ kind }) => kind === "AppProject")]
        .filter(({ group }) => group === argoprojGroup)
        .map((project) => [project.name, project]),
    ),
);

/** Applications by the AppProject they name. */
const membersOf = oncePerScope((scope) => {
  const members = new Map<string, Application[]>();
  for (const application of applicationsOf(scope)) {
    const others = members.get(application.project);
    if (others === undefined) members.set(application.project, [application]);
    else others.push(application);
  }
  return members;
});

function missingProjects(scope: ObjectScope): readonly ObjectFinding[] {
  return applicationsOf(scope)
    .filter(({ project }) => !projectsOf(scope).has(project))
    .map(({ object, project }) => ({
      object,
      path: ["spec", "project"],
      message: `expected an AppProject that is written beside the Application, found ${show(project)}`,
    }));
}

/** With the EKS capability the root lives in its children's project, which so stands beside it in argocd/. */
const standsInArgocd = ({ configs }: ObjectScope, project: string): boolean =>
  configs.some(({ argocd, cluster }) => argocd.managedBy === "eks" && cluster.name === project);

/** Something that an Application needs and its AppProject has to allow. */
interface Permission<T> {
  /** Of the AppProject's spec. */
  readonly field: string;
  readonly needs: (application: Application, scope: ObjectScope) => readonly T[];
  /** Whether what stands in the field allows a need. */
  readonly allowance: (field: JsonValue | undefined) => (need: T) => boolean;
  readonly show: (need: T) => string;
  /** What happens without. */
  readonly otherwise: string;
}

/** Every need that is not allowed, once per AppProject, with the first Application that has it. */
const refusals =
  <T>({ field, needs, allowance, show, otherwise }: Permission<T>) =>
  (scope: ObjectScope): readonly ObjectFinding[] =>
    [...projectsOf(scope).values()].flatMap((object) => {
      const path = ["spec", field];
      const isAllowed = allowance(valueAt(object.data, path));
      const refused = new Map<string, ObjectFinding>();
      for (const application of membersOf(scope).get(object.name) ?? []) {
        for (const need of needs(application, scope)) {
          if (isAllowed(need) || refused.has(show(need))) continue;
          const message = `expected ${show(need)} in ${field}, for ${application.name}, found no such entry: ${otherwise}`;
          refused.set(show(need), { object, path, message });
        }
      }
      return [...refused.values()];
    });

/** AppProjects match by globs; meshfront writes none, and reads `*` only. */
const matches = (pattern: string, value: string): boolean => pattern === value || pattern === "*";

const sourceRepos: Permission<string> = {
  field: "sourceRepos",
  needs: ({ source }) => [source.repoURL],
  allowance: (field) => {
    const allowed = textsIn(field);
    return (wanted) => allowed.some((each) => matches(each, wanted));
  },
  show: redact,
  otherwise: "Argo CD would refuse the Application",
};

const destinations: Permission<Destination> = {
  field: "destinations",
  needs: ({ destination }) => [destination],
  allowance: (field) => {
    const allowed = mapsIn(field).map(readDestination);
    return ({ server, name, namespace }) =>
      allowed.some(
        (each) =>
          matches(each.namespace, namespace) &&
          (server === "" ? matches(each.name, name) : matches(each.server, server)),
      );
  },
  show: ({ server, name, namespace }) => `the namespace ${namespace} of ${server === "" ? name : server}`,
  otherwise: "Argo CD would refuse the Application",
};

/** Kinds without a namespace that meshfront could come to write into a folder. */
const kindsOutsideNamespaces: readonly string[] = [
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "IngressClass",
  "IngressClassParams",
  "Namespace",
];

const isClusterWide = ({ kind }: GroupKind): boolean => kindsOutsideNamespaces.includes(kind);

/** What an Application creates, with the namespace that CreateNamespace=true asks for. */
function kindsOf(
  scope: ObjectScope,
  { isRoot, project, source, syncOptions, folder }: Application,
): CreatedKinds {
  const namespace = syncOptions.includes("CreateNamespace=true") ? [{ group: "", kind: "Namespace" }] : [];
  if (source.chart !== "") {
    const row = tryFindRow(source.chart, []);
    if (row === undefined) return { cluster: namespace, namespaced: [] }; // a rule of its own
    const { cluster, namespaced } = kindsOfRow(row, source.values);
    return { cluster: [...namespace, ...cluster], namespaced };
  }
  // A root's folder is in the scope of its cluster, and holds these.
  if (isRoot) {
    const projects = standsInArgocd(scope, project) ? [] : [argoproj("AppProject")];
    return { cluster: namespace, namespaced: [...projects, argoproj("Application")] };
  }
  return {
    cluster: [...namespace, ...folder.filter(isClusterWide)],
    namespaced: folder.filter((object) => !isClusterWide(object)),
  };
}

const createdKinds = oncePerScope(
  (scope) => new Map(applicationsOf(scope).map((application) => [application, kindsOf(scope, application)])),
);

/** Kinds by group: the list is read once, and no need has to be spelt out to be found in it. */
function allowedKinds(field: JsonValue | undefined): (need: GroupKind) => boolean {
  const byGroup = new Map<string, Set<string>>();
  for (const entry of mapsIn(field)) {
    const [group, kind] = [textAt(entry, ["group"]), textAt(entry, ["kind"])];
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(kind));
  }
  const allows = (group: string, kind: string): boolean => {
    const kinds = byGroup.get(group);
    return kinds !== undefined && (kinds.has(kind) || kinds.has("*"));
  };
  return ({ group, kind }) => allows(group, kind) || allows("*", kind);
}

const argoproj = (kind: string): GroupKind => ({ group: argoprojGroup, kind });

const kindsWithoutNamespace: Permission<GroupKind> = {
  field: "clusterResourceWhitelist",
  needs: (application, scope) => createdKinds(scope).get(application)?.cluster ?? [],
  allowance: allowedKinds,
  show: nameOfKind,
  otherwise: "its sync would apply nothing",
};

const namespacedKinds: Permission<GroupKind> = {
  ...kindsWithoutNamespace,
  field: "namespaceResourceWhitelist",
  needs: (application, scope) => createdKinds(scope).get(application)?.namespaced ?? [],
  // Without this list everything is allowed; without the other one nothing is.
  allowance: (field) => (field === undefined ? () => true : allowedKinds(field)),
};

export const projectRules: readonly ObjectRule[] = [
  { code: "argocd/no-project", severity: "error", check: missingProjects },
  { code: "argocd/repository-not-permitted", severity: "error", check: refusals(sourceRepos) },
  { code: "argocd/destination-not-permitted", severity: "error", check: refusals(destinations) },
  {
    code: "argocd/kind-not-permitted",
    severity: "error",
    check: (scope) => [...refusals(kindsWithoutNamespace)(scope), ...refusals(namespacedKinds)(scope)],
  },
];
