// What Argo CD deletes, what it leaves, and what only a person changes.
import { isJsonArray, type JsonValue, valueAt } from "../../../core/json.ts";
import { mapsAt, textAt } from "../../object-fields.ts";
import type { ClusterObjects, ObjectDiff, OutputDiff, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code, codes, nameOfObject } from "./consequence.ts";
import { isIngress } from "./ingress-pairs.ts";

export const removalRules: readonly ConsequenceRule[] = [
  {
    code: "diff/removes-cluster",
    level: "critical",
    check: (diff) =>
      diff.clusters.flatMap(({ cluster, before, after }): readonly ConsequenceFinding[] => {
        const root = before.find(({ kind, file }) => kind === "Application" && file.startsWith("argocd/"));
        const [object] = root === undefined ? before : [root];
        if (after.length > 0 || object === undefined) return [];
        const rootName = code(root?.name ?? `${cluster}-root`);
        return [
          {
            object,
            message: `Nothing is generated for the cluster ${code(cluster)} any more. Nobody deletes the Application ${rootName} for it: without its folder it reports that the path does not exist, and what it deployed stays. Delete it before this is merged, as docs/how-to/remove-a-door.md says.`,
          },
        ];
      }),
    source:
      "Argo CD: an Application whose path is gone fails to compare (app path does not exist, issues 5205 and 23157); deletion of the root in reverse waves run on 3.5.7",
  },
  {
    code: "diff/moves-cluster",
    level: "critical",
    check: ({ clusters }) => clusters.flatMap(describeOtherCluster),
    source:
      "Argo CD docs, Declarative Setup (destination): an Application deploys to the cluster that its destination names; what it deployed elsewhere it knows no more",
  },
  {
    code: "diff/moves-argocd",
    level: "critical",
    check: ({ clusters }) => clusters.flatMap(describeOtherArgocd),
    source:
      "Argo CD docs, Automated Sync Policy and App Deletion; removal of roots and children run on 3.5.7; the EKS capability: AWS, EKS user guide, not run",
  },
  {
    code: "diff/deletes-application",
    level: "critical",
    check: (diff) =>
      goneByApplication(diff, isChild).map(({ before }) => ({
        object: before,
        message: describeCascade(before, diff),
      })),
    source:
      "Argo CD docs, App Deletion (cascading finalizer) and Automated Sync Policy (pruning); deletion of children with Istio's charts run on 3.5.7: all CRDs and namespaces stay",
  },
  {
    code: "diff/leaves-objects",
    level: "critical",
    check: describeLeftovers,
    source:
      "Argo CD 3.5.7: controller/appcontroller.go, getPermittedAppLiveObjects, and controller/sync.go, validateSyncPermissions; run on 3.5.7 with a kind that left the AppProject",
  },
  {
    code: "diff/deletes",
    level: "warning",
    check: describeDeletions,
    source: "Argo CD docs, Automated Sync Policy (automatic pruning)",
  },
  {
    code: "diff/renames",
    level: "warning",
    check: (diff) =>
      diff.objects.flatMap(({ fate, before, after }): readonly ConsequenceFinding[] =>
        fate === "renamed" &&
        before !== undefined &&
        after !== undefined &&
        !isIngress(after) &&
        !isChild(before) &&
        !isClusterRemoved(diff, before)
          ? [
              {
                object: after,
                message: `It looks like ${code(`${before.kind} ${nameOfObject(before)}`)} under another name. Kubernetes knows no renaming: the old one is deleted, this one is created.`,
              },
            ]
          : [],
      ),
    source: "Kubernetes docs, Object Names and IDs",
  },
  {
    code: "diff/moves-application",
    level: "critical",
    check: ({ objects }) => movesBetweenApplications(objects),
    source:
      "Argo CD: an object that two Applications have is deleted with the first, although the other still has it (issue 22607)",
  },
  {
    code: "diff/applied-by-hand",
    level: "warning",
    check: (diff) => {
      const files = diff.files.filter(({ path, fate }) => path.startsWith("argocd/") && fate !== "removed");
      const object = diff.objects.map(({ after }) => after).find((each) => each?.file.startsWith("argocd/"));
      if (files.length === 0 || object === undefined) return [];
      const paths = files.map(({ path }) => path);
      return [
        {
          object,
          message: `No Application syncs argocd/: a person has to apply ${codes(paths.slice(0, 5))}${paths.length > 5 ? ` and ${paths.length - 5} more` : ""}, as docs/how-to/apply-argocd.md says.`,
        },
        ...diff.clusters.flatMap(describeOrder),
      ];
    },
    source: "The output itself: no Application has argocd/ as its source",
  },
];

/** Whether all of a cluster goes: what its Applications would prune is then no longer read by any of them. */
export const isClusterRemoved = ({ clusters }: OutputDiff, { cluster }: PlacedObject): boolean =>
  clusters.some((each) => each.cluster === cluster && each.after.length === 0);

/** All children go together: one sentence for a cluster. */
function describeOtherCluster({ cluster, objects }: ClusterObjects): readonly ConsequenceFinding[] {
  const moved = objects.filter(
    ({ before, after }) =>
      before !== undefined &&
      after !== undefined &&
      isChild(after) &&
      destinationOf(before) !== destinationOf(after),
  );
  const [first] = moved;
  if (first?.before === undefined || first.after === undefined) return [];
  const [from, to] = [code(destinationOf(first.before)), code(destinationOf(first.after))];
  return [
    {
      object: first.after,
      message: `All that the Applications of ${code(cluster)} deploy goes to another cluster: from ${from} to ${to}. What they deployed to the first stays there, load balancers included, and nobody looks after it any more. If it is one cluster under another name, nothing moves.`,
    },
  ];
}

/** The old root syncs a merge before anybody has made a new one, and takes its own children for the new ones. */
function describeOtherArgocd({ cluster, before, after }: ClusterObjects): readonly ConsequenceFinding[] {
  const rootProject = (objects: readonly PlacedObject[]): PlacedObject | undefined =>
    objects.find(({ kind, name }) => kind === "AppProject" && name === `${cluster}-root`);
  const object = projectIn(after, cluster);
  if (object === undefined || projectIn(before, cluster) === undefined) return [];
  if ((rootProject(before) === undefined) === (rootProject(after) === undefined)) return [];
  const [from, to] =
    rootProject(after) === undefined
      ? ["an Argo CD of your own", "the EKS capability"]
      : ["the EKS capability", "an Argo CD of your own"];
  return [
    {
      object,
      message: `The Applications of ${code(cluster)} move from ${from} to ${to}. The old root syncs this merge first, with what is said here of Applications that go. So before it is merged, take out there, in this order, the finalizer of the root ${code(`${cluster}-root`)}, the root, and the finalizers of its children, as docs/how-to/eks-capability.md says: then nothing in the cluster changes.`,
    },
  ];
}

/** An AppProject that a person applies permits a thing too late, or forbids its deletion too early. */
function describeOrder({ cluster, before, after }: ClusterObjects): readonly ConsequenceFinding[] {
  const [was, project] = [projectIn(before, cluster), projectIn(after, cluster)];
  if (was === undefined || project === undefined || !isAppliedByHand(project)) return [];
  const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
    [...some].some((each) => !others.has(each));
  const [old, now] = [permissionsOf(was), permissionsOf(project)];
  const [grows, shrinks] = [without(now, old), without(old, now)];
  if (!grows && !shrinks) return [];
  const file = code(project.file);
  const order = !shrinks
    ? `Apply ${file} before this is merged: it permits more, and until it is there Argo CD refuses what is new.`
    : !grows
      ? `Apply ${file} after the sync that follows the merge: it permits less, and what goes can only be deleted while it is permitted.`
      : `${file} permits more and less than before. Make two changes of this: what is new first, with the file applied before the merge; then what goes, with the file applied after the sync.`;
  return [{ object: project, message: order }];
}

const permissionsOf = (project: PlacedObject): ReadonlySet<string> =>
  new Set([...namespacesOf(project), ...kindsOf(project)]);

/** With the EKS capability the root cannot create the project that it runs under. */
const isAppliedByHand = ({ file }: PlacedObject): boolean => file.startsWith("argocd/");

/** A server's URL or a name. */
const destinationOf = ({ data }: PlacedObject): string =>
  textAt(data, ["spec", "destination", "server"]) || textAt(data, ["spec", "destination", "name"]);

export const isHook = ({ data }: PlacedObject): boolean =>
  textAt(data, ["metadata", "annotations", "argocd.argoproj.io/hook"]) !== "";

const isChild = ({ kind, group, application }: PlacedObject): boolean =>
  kind === "Application" && group === "argoproj.io" && application !== undefined;

/** The objects that go, without those whose Application goes too: they are part of what it takes down. */
function goneByApplication(
  diff: OutputDiff,
  isMeant: (object: PlacedObject) => boolean,
): readonly { readonly before: PlacedObject }[] {
  const going = new Set(goneChildren(diff).map(({ name }) => name));
  return diff.objects.flatMap(({ fate, before }) => {
    // What is renamed goes too; of other kinds diff/renames says so.
    if (before === undefined || !(fate === "removed" || (fate === "renamed" && isChild(before)))) return [];
    if (!isMeant(before) || before.application === undefined || isClusterRemoved(diff, before)) return [];
    return going.has(before.application) ? [] : [{ before }];
  });
}

const goneChildren = ({ objects }: OutputDiff): readonly PlacedObject[] =>
  objects.flatMap(({ fate, before }) =>
    (fate === "removed" || fate === "renamed") && before !== undefined && isChild(before) ? [before] : [],
  );

/** One sentence per Application, whatever it deletes. Hooks are no part of what it keeps in step. */
function describeDeletions(diff: OutputDiff): readonly ConsequenceFinding[] {
  const gone = goneByApplication(diff, (object) => !isChild(object) && !isIngress(object) && !isHook(object));
  const groups = new Map<string, PlacedObject[]>();
  for (const { before } of gone) {
    const key = `${before.cluster} ${before.application}`;
    groups.set(key, [...(groups.get(key) ?? []), before]);
  }
  return [...groups.values()].flatMap((objects) => {
    const [first] = objects;
    if (first === undefined) return [];
    const names = codes(objects.map((object) => `${object.kind} ${nameOfObject(object)}`));
    const message = prunes(diff, first.application)
      ? `The Application ${code(first.application)} deletes ${names}.`
      : `The Application ${code(first.application)} leaves ${names} in the cluster and is OutOfSync: its pruning is off.`;
    return [{ object: first, message }];
  });
}

/**
 * What goes from the output while the AppProject that has to permit its deletion loses the namespace or the kind in the
 * same commit: Argo CD applies the AppProject first, and then deletes nothing of it.
 */
function describeLeftovers(diff: OutputDiff): readonly ConsequenceFinding[] {
  return diff.clusters.flatMap(({ cluster, before, after }): readonly ConsequenceFinding[] => {
    const project = projectIn(after, cluster);
    const was = projectIn(before, cluster);
    if (project === undefined || was === undefined) return [];
    // Applied in time it does not forbid what has to be deleted: diff/applied-by-hand says when.
    if (isAppliedByHand(project)) return [];
    const [permits, permitted] = [namespacesOf(project), namespacesOf(was)];
    const gone = [...permitted].filter((namespace) => !permits.has(namespace)).sort();
    const ofKinds = leftKinds(diff, was, project, new Set(gone));
    return [
      ...gone.map((namespace) => ({
        object: project,
        message: `Whatever the Applications deployed into the namespace ${code(namespace)} stays, load balancers included: the AppProject ${code(project.name)} no longer permits it, and Argo CD deletes nothing there. Where nothing else is in it, delete it by hand after the sync: ${code(`kubectl delete namespace ${namespace}`)}.`,
      })),
      ...ofKinds.map(({ object, names }) => ({
        object,
        message: `${codes(names)} ${names.length === 1 ? "stays" : "stay"} in the cluster: the AppProject ${code(project.name)} no longer permits this kind, and Argo CD deletes nothing of it. Delete it by hand after the sync.`,
      })),
    ];
  });
}

/** The AppProject of a cluster's children: the root applies it, or with the EKS capability a person. */
const projectIn = (objects: readonly PlacedObject[], cluster: string): PlacedObject | undefined =>
  objects.find(
    ({ kind, group, name }) => kind === "AppProject" && group === "argoproj.io" && name === cluster,
  );

const namespacesOf = ({ data }: PlacedObject): ReadonlySet<string> =>
  new Set(mapsAt(data, ["spec", "destinations"]).map((destination) => textAt(destination, ["namespace"])));

const kindsOf = ({ data }: PlacedObject): ReadonlySet<string> =>
  new Set(
    mapsAt(data, ["spec", "namespaceResourceWhitelist"]).map(
      (entry) => `${textAt(entry, ["group"])}/${textAt(entry, ["kind"])}`,
    ),
  );

function leftKinds(
  { objects }: OutputDiff,
  was: PlacedObject,
  project: PlacedObject,
  gone: ReadonlySet<string>,
): readonly { readonly object: PlacedObject; readonly names: readonly string[] }[] {
  const [permits, permitted] = [kindsOf(project), kindsOf(was)];
  const left = new Map<string, PlacedObject[]>();
  for (const { fate, before } of objects) {
    if (before === undefined || (fate !== "removed" && fate !== "renamed")) continue;
    const kind = `${before.group}/${before.kind}`;
    if (before.cluster !== project.cluster || gone.has(before.namespace)) continue;
    if (!permitted.has(kind) || permits.has(kind)) continue;
    left.set(kind, [...(left.get(kind) ?? []), before]);
  }
  return [...left.values()].flatMap((group) => {
    const [object] = group;
    return object === undefined
      ? []
      : [{ object, names: group.map((each) => `${each.kind} ${nameOfObject(each)}`) }];
  });
}

function describeCascade(application: PlacedObject, diff: OutputDiff): string {
  const { data, name } = application;
  if (!prunes(diff, application.application)) {
    return `The Application ${code(application.application)} leaves it in the cluster: its pruning is off.`;
  }
  const finalizers = valueAt(data, ["metadata", "finalizers"]);
  if (!isJsonArray(finalizers) || !finalizers.some(isCascading)) {
    return `The Application ${code(application.application)} deletes it. It has no finalizer: what it deployed stays, and nobody looks after it.`;
  }
  const namespace = textAt(data, ["spec", "destination", "namespace"]);
  const project = projectIn(
    diff.clusters.find(({ cluster }) => cluster === application.cluster)?.after ?? [],
    application.cluster ?? "",
  );
  if (project !== undefined && !isAppliedByHand(project) && !namespacesOf(project).has(namespace))
    return `The Application ${code(application.application)} deletes it, but not what it deployed: the AppProject no longer permits the namespace ${code(namespace)}.`;
  const count = diff.objects.filter(({ before }) => before?.application === name).length;
  const what =
    count === 0
      ? "everything that it deployed"
      : `everything that it deployed (${count} of the objects here)`;
  const chart = textAt(data, ["spec", "source", "chart"]);
  const stays = chart === "base" ? " The CRDs stay: Argo CD deletes none." : "";
  return `The Application ${code(application.application)} deletes it, and its finalizer first deletes ${what}.${stays}`;
}

const isCascading = (finalizer: JsonValue): boolean =>
  typeof finalizer === "string" && finalizer.startsWith("resources-finalizer.argocd.argoproj.io");

/** Whether an Application deletes what its folder no longer has, as it will be. */
function prunes({ clusters }: OutputDiff, name: string | undefined): boolean {
  const objects = clusters.flatMap(({ after }) => after);
  const application = objects.find((object) => object.kind === "Application" && object.name === name);
  return valueAt(application?.data, ["spec", "syncPolicy", "automated", "prune"]) === true;
}

function movesBetweenApplications(objects: readonly ObjectDiff[]): readonly ConsequenceFinding[] {
  const moves = objects.flatMap(({ fate, before, after }) =>
    fate === "moved" && before?.application !== undefined && after?.application !== undefined
      ? before.application === after.application
        ? []
        : [{ before, after }]
      : [],
  );
  const byPair = new Map<string, typeof moves>();
  for (const move of moves) {
    const key = `${move.before.application} ${move.after.application}`;
    byPair.set(key, [...(byPair.get(key) ?? []), move]);
  }
  return [...byPair.values()].flatMap((pair) => {
    const [first] = pair;
    if (first === undefined) return [];
    const [from, to] = [code(first.before.application), code(first.after.application)];
    const more = pair.length === 1 ? "It goes" : `It and ${pair.length - 1} more go`;
    return [
      {
        object: first.after,
        message: `${more} from the Application ${from} to ${to}. Until ${from} has let go, both have it, and ${from} may delete it after ${to} took it over.`,
      },
    ];
  });
}
