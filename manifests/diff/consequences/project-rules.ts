// AppProjects: what one that permits less leaves in the cluster, and when a person applies one.
import { mapsAt, textAt, textsAt } from "../../object-fields.ts";
import type { ClusterObjects, OutputDiff, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code, codes, nameOfObject } from "./consequence.ts";

export const projectRules: readonly ConsequenceRule[] = [
  {
    code: "diff/moves-argocd",
    level: "critical",
    check: ({ clusters }) => clusters.flatMap(describeOtherArgocd),
    source:
      "Argo CD docs, Automated Sync Policy and App Deletion; removal of roots and children run on 3.5.7; the EKS capability: AWS, EKS user guide, not run",
  },
  {
    code: "diff/leaves-objects",
    level: "critical",
    check: describeLeftovers,
    source:
      "Argo CD 3.5.7: controller/appcontroller.go, getPermittedAppLiveObjects, and controller/sync.go, validateSyncPermissions; run on 3.5.7 with a kind that left the AppProject",
  },
  {
    code: "diff/applied-by-hand",
    level: "warning",
    check: describeApplied,
    source:
      "The output itself: no Application has argocd/ as its source. Argo CD 3.5: controller/appcontroller.go, processAppRefreshQueueItem (an Application that its project refuses is not synced)",
  },
];

/** The AppProject of a cluster's children: the root applies it, or with the EKS capability a person. */
const projectIn = (objects: readonly PlacedObject[], cluster: string | undefined): PlacedObject | undefined =>
  objects.find(
    ({ kind, group, name }) => kind === "AppProject" && group === "argoproj.io" && name === cluster,
  );

/** With the EKS capability the root cannot create the project that it runs under. */
const isAppliedByHand = ({ file }: PlacedObject): boolean => file.startsWith("argocd/");

/** The old root syncs a merge before anybody has made a new one, and takes its own children for the new ones. */
function describeOtherArgocd({ cluster, before, after }: ClusterObjects): readonly ConsequenceFinding[] {
  const [was, project] = [projectIn(before, cluster), projectIn(after, cluster)];
  if (was === undefined || project === undefined || !isOtherArgocd(was, project)) return [];
  return [
    {
      object: project,
      message: `The Applications of ${code(cluster)} move from ${argocdOf(was)} to ${argocdOf(project)}. The old root syncs this merge first, with what is said here of Applications that go. So before it is merged, take out there, in this order, the finalizer of the root ${code(`${cluster}-root`)}, the root, the finalizers of its children and the children, as docs/how-to/eks-capability.md says. Then merge, and apply ${code(`argocd/${cluster}.yaml`)} in the other one: Argo CD deletes nothing, and what is no longer generated stays in the cluster.`,
    },
  ];
}

/** Each Argo CD reads the Applications of its own namespace. */
const isOtherArgocd = (was: PlacedObject, project: PlacedObject): boolean =>
  isAppliedByHand(was) !== isAppliedByHand(project) || was.namespace !== project.namespace;

const argocdOf = (project: PlacedObject): string =>
  `${isAppliedByHand(project) ? "the EKS capability" : "an Argo CD of your own"} (namespace ${code(project.namespace)})`;

function describeApplied({ files, objects, clusters }: OutputDiff): readonly ConsequenceFinding[] {
  const paths = files.flatMap(({ path, fate }) =>
    path.startsWith("argocd/") && fate !== "removed" ? [path] : [],
  );
  const object = objects.map(({ after }) => after).find((each) => each?.file.startsWith("argocd/"));
  if (paths.length === 0 || object === undefined) return [];
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : "";
  return [
    {
      object,
      message: `No Application syncs argocd/: a person has to apply ${codes(paths.slice(0, 5))}${more}, as docs/how-to/apply-argocd.md says.`,
    },
    ...clusters.flatMap(describeOrder),
  ];
}

/** An AppProject that a person applies permits a thing too late, or forbids its deletion too early. */
function describeOrder({ cluster, before, after }: ClusterObjects): readonly ConsequenceFinding[] {
  const [was, project] = [projectIn(before, cluster), projectIn(after, cluster)];
  if (was === undefined || project === undefined || !isAppliedByHand(project)) return [];
  if (isOtherArgocd(was, project)) return []; // the order is that of diff/moves-argocd
  const [old, now] = [permissionsOf(was), permissionsOf(project)];
  const file = code(project.file);
  const replaces = isMissingIn(placesOf(was), placesOf(project));
  const grows = isMissingIn(old, now);
  const shrinks = isMissingIn(now, old);
  const early = replaces
    ? `Apply ${file} right before this is merged: it permits another repository or destination in place of one that is there. In between Argo CD refuses the Applications that still name the old one, and deletes nothing.`
    : `Apply ${file} before this is merged: it permits more, and until it is there Argo CD refuses what is new.`;
  const late = `Apply ${file} after the sync that follows the merge: it permits less, and what goes can only be deleted while it is permitted.`;
  const both = `${file} permits more and less than before. Make two changes of this: what is new first, with the file applied before the merge; then what goes, with the file applied after the sync.`;
  const isEarly = replaces || grows;
  if (!isEarly && !shrinks) return [];
  return [{ object: project, message: isEarly && shrinks ? both : isEarly ? early : late }];
}

/** Whether `some` lacks one of the `others`. */
const isMissingIn = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...others].some((each) => !some.has(each));

const permissionsOf = (project: PlacedObject): ReadonlySet<string> =>
  new Set([...childNamespacesOf(project), ...kindsOf(project)]);

/** Where its Applications read and where they deploy, whatever the namespace: one of these only ever takes the place of another. */
const placesOf = (project: PlacedObject): ReadonlySet<string> =>
  new Set([
    ...textsAt(project.data, ["spec", "sourceRepos"]),
    ...childDestinationsOf(project).map(
      (destination) => textAt(destination, ["server"]) || textAt(destination, ["name"]),
    ),
  ]);

/** Without the root's own, which moves with the root: both stand in the file that a person applies. */
const childDestinationsOf = (project: PlacedObject) =>
  mapsAt(project.data, ["spec", "destinations"]).filter(
    (destination) => !isAppliedByHand(project) || textAt(destination, ["namespace"]) !== project.namespace,
  );

const childNamespacesOf = (project: PlacedObject): ReadonlySet<string> =>
  new Set(childDestinationsOf(project).map((destination) => textAt(destination, ["namespace"])));

/** Those without a namespace stand in a list of their own. */
const kindsOf = ({ data }: PlacedObject): ReadonlySet<string> =>
  new Set([
    ...mapsAt(data, ["spec", "clusterResourceWhitelist"]).map((entry) => kindKey(entry, "")),
    ...mapsAt(data, ["spec", "namespaceResourceWhitelist"]).map((entry) => kindKey(entry, "namespaced")),
  ]);

const kindKey = (entry: PlacedObject["data"], scope: string): string =>
  `${textAt(entry, ["group"])}/${textAt(entry, ["kind"])} ${scope}`;

/** What the AppProject of a cluster ceases to permit, in the commit that takes it from the output. */
interface Lost {
  readonly project: PlacedObject;
  readonly namespaces: readonly string[];
  readonly isLostKind: (object: PlacedObject) => boolean;
}

/**
 * Undefined where nothing is lost. Argo CD applies the AppProject first, and then deletes nothing of what it no longer
 * permits. One that a person applies in time does not forbid it: diff/applied-by-hand says when.
 */
function tryFindLost({ before, after, cluster }: ClusterObjects): Lost | undefined {
  const [was, project] = [projectIn(before, cluster), projectIn(after, cluster)];
  if (was === undefined || project === undefined) return undefined;
  if (isAppliedByHand(was) || isAppliedByHand(project)) return undefined;
  const [permitted, permits] = [childNamespacesOf(was), childNamespacesOf(project)];
  const [kindsBefore, kinds] = [kindsOf(was), kindsOf(project)];
  const namespaces = [...permitted].filter((namespace) => !permits.has(namespace)).sort();
  const isLostKind = ({ group, kind, namespace }: PlacedObject): boolean => {
    const key = `${group}/${kind} ${namespace === "" ? "" : "namespaced"}`;
    return !namespaces.includes(namespace) && kindsBefore.has(key) && !kinds.has(key);
  };
  return { project, namespaces, isLostKind };
}

function describeLeftovers({ clusters, objects }: OutputDiff): readonly ConsequenceFinding[] {
  return clusters.flatMap((each): readonly ConsequenceFinding[] => {
    const lost = tryFindLost(each);
    if (lost === undefined) return [];
    const { project, namespaces } = lost;
    return [
      ...namespaces.map((namespace) => ({
        object: project,
        message: `Whatever the Applications deployed into the namespace ${code(namespace)} stays, load balancers included: the AppProject ${code(project.name)} no longer permits it, and Argo CD deletes nothing there. Where nothing else is in it, delete it by hand after the sync: ${code(`kubectl delete namespace ${namespace}`)}.`,
      })),
      ...leftByKind(objects, lost).map((group) => describeLeftKind(project, group)),
    ];
  });
}

function describeLeftKind(
  project: PlacedObject,
  [object, ...others]: readonly [PlacedObject, ...PlacedObject[]],
): ConsequenceFinding {
  const names = [object, ...others].map((each) => `${each.kind} ${nameOfObject(each)}`);
  return {
    object,
    message: `${codes(names)} ${names.length === 1 ? "stays" : "stay"} in the cluster: the AppProject ${code(project.name)} no longer permits this kind, and Argo CD deletes nothing of it. Delete it by hand after the sync.`,
  };
}

function leftByKind(objects: OutputDiff["objects"], { project, isLostKind }: Lost) {
  const left = new Map<string, [PlacedObject, ...PlacedObject[]]>();
  for (const { fate, before } of objects) {
    if (before === undefined || (fate !== "removed" && fate !== "renamed")) continue;
    if (before.cluster !== project.cluster || !isLostKind(before)) continue;
    const kind = `${before.group}/${before.kind}`;
    const group = left.get(kind);
    if (group === undefined) left.set(kind, [before]);
    else group.push(before);
  }
  return [...left.values()];
}

/** Why an Application that goes leaves all that it deployed, although it has the finalizer; undefined where it does not. */
export function tryDescribeForbidden(
  { clusters }: OutputDiff,
  application: PlacedObject,
  deployed: readonly PlacedObject[],
): string | undefined {
  const cluster = clusters.find((each) => each.cluster === application.cluster);
  const lost = cluster === undefined ? undefined : tryFindLost(cluster);
  if (lost === undefined) return undefined;
  const namespace = textAt(application.data, ["spec", "destination", "namespace"]);
  if (lost.namespaces.includes(namespace)) return `the namespace ${code(namespace)}`;
  return deployed.length > 0 && deployed.every(lost.isLostKind)
    ? codes([...new Set(deployed.map(({ kind }) => kind))])
    : undefined;
}
