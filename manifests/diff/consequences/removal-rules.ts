// What Argo CD deletes, and what it leaves behind because nobody reads it any more.
import { isJsonArray, type JsonValue, valueAt } from "../../../core/json.ts";
import { textAt } from "../../object-fields.ts";
import type { ClusterObjects, ObjectDiff, OutputDiff, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code, codes, nameOfObject } from "./consequence.ts";
import { isIngress } from "./ingress-pairs.ts";
import { tryDescribeForbidden } from "./project-rules.ts";

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
                message: `It looks like ${code(`${before.kind} ${nameOfObject(before)}`)} under another name. Kubernetes knows no renaming: ${before.application === undefined ? "a person applies this one, and nobody deletes the old one" : "the old one is deleted, this one is created"}.`,
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

function describeCascade(application: PlacedObject, diff: OutputDiff): string {
  const { data, name } = application;
  if (!prunes(diff, application.application)) {
    return `The Application ${code(application.application)} leaves it in the cluster: its pruning is off.`;
  }
  const finalizers = valueAt(data, ["metadata", "finalizers"]);
  if (!isJsonArray(finalizers) || !finalizers.some(isCascading)) {
    return `The Application ${code(application.application)} deletes it. It has no finalizer: what it deployed stays, and nobody looks after it.`;
  }
  const deployed = diff.objects.flatMap(({ before }) => (before?.application === name ? [before] : []));
  const forbidden = tryDescribeForbidden(diff, application, deployed);
  if (forbidden !== undefined)
    return `The Application ${code(application.application)} deletes it, but not what it deployed: the AppProject no longer permits ${forbidden}.`;
  const count = deployed.length;
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
