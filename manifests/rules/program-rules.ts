// The programs that run in the cluster, as Jobs and CronJobs: they end, nothing is injected, and they may do little.

import { show } from "../../core/format-value.ts";
import { isJsonArray, type JsonObject, type Path, valueAt } from "../../core/json.ts";
import { mapAt, mapsAt, textAt, textsAt } from "../object-fields.ts";
import {
  type ObjectFinding,
  type ObjectRule,
  type ObjectScope,
  oncePerScope,
  type RenderedObject,
} from "./object-rule.ts";

interface Program {
  readonly object: RenderedObject;
  /** Where the Job's spec stands in the object. */
  readonly path: Path;
  readonly job: JsonObject;
}

const programsOf = oncePerScope((scope): readonly Program[] =>
  (
    [
      ["Job", ["spec"]],
      ["CronJob", ["spec", "jobTemplate", "spec"]],
    ] as const
  ).flatMap(([kind, path]) =>
    scope
      .ofKind(kind)
      .filter(({ group }) => group === "batch")
      .map((object) => ({ object, path, job: mapAt(object.data, path) })),
  ),
);

const bounds: Readonly<Record<string, string>> = {
  activeDeadlineSeconds: "a Job that waits would block the sync, which has no time limit of its own",
  backoffLimit: "Kubernetes would start it seven times",
};

function unbounded(scope: ObjectScope): readonly ObjectFinding[] {
  return programsOf(scope).flatMap(({ object, path, job }) =>
    Object.entries(bounds)
      .filter(([field]) => typeof job[field] !== "number")
      .map(([field, why]) => ({
        object,
        path: [...path, field],
        message: `expected a number for ${field}, found ${show(job[field])}: ${why}`,
      })),
  );
}

const injectLabel = "sidecar.istio.io/inject";

function injected(scope: ObjectScope): readonly ObjectFinding[] {
  return programsOf(scope).flatMap(({ object, path, job }) => {
    const label = valueAt(job, ["template", "metadata", "labels", injectLabel]);
    if (label === "false") return [];
    return [
      {
        object,
        path: [...path, "template", "metadata", "labels", injectLabel],
        message: `expected the pod label ${injectLabel}: "false", found ${show(label)}: where the namespace is injected, a sidecar could keep the Job from ending`,
      },
    ];
  });
}

/** The level "restricted" of the Pod Security Standards, and a root file system that cannot be written. */
function missingHardening(pod: JsonObject): readonly string[] {
  const seccomp = textAt(pod, ["securityContext", "seccompProfile", "type"]);
  return [
    ...(valueAt(pod, ["securityContext", "runAsNonRoot"]) === true ? [] : ["runAsNonRoot: true"]),
    ...(seccomp === "RuntimeDefault" || seccomp === "Localhost"
      ? []
      : ["seccompProfile.type: RuntimeDefault"]),
    ...mapsAt(pod, ["containers"]).flatMap((container) => {
      const context = mapAt(container, ["securityContext"]);
      return [
        ...(context.allowPrivilegeEscalation === false ? [] : ["allowPrivilegeEscalation: false"]),
        ...(context.readOnlyRootFilesystem === true ? [] : ["readOnlyRootFilesystem: true"]),
        ...(textsAt(context, ["capabilities", "drop"]).includes("ALL") ? [] : ["capabilities.drop: [ALL]"]),
      ];
    }),
  ];
}

function unhardened(scope: ObjectScope): readonly ObjectFinding[] {
  return programsOf(scope).flatMap(({ object, path, job }) => {
    const missing = missingHardening(mapAt(job, ["template", "spec"]));
    if (missing.length === 0) return [];
    return [
      {
        object,
        path: [...path, "template", "spec", "securityContext"],
        message: `expected a pod that Kubernetes calls restricted, with a read-only root file system, found it without ${missing.join(", ")}`,
      },
    ];
  });
}

/** All that a program does: it reads a Service, and reads and patches Ingresses. */
const neededVerbs: readonly string[] = ["get", "patch"];

function wideRoles(scope: ObjectScope): readonly ObjectFinding[] {
  const wide = (object: RenderedObject, path: Path, expected: string, found: string): ObjectFinding => ({
    object,
    path,
    message: `expected ${expected}, found ${found}: the program could do more than its work`,
  });
  const ofRoles = scope.ofKind("Role").flatMap((object) =>
    mapsAt(object.data, ["rules"]).flatMap((rule, index) => {
      const named = valueAt(rule, ["resourceNames"]);
      const verbs = textsAt(rule, ["verbs"]).filter((verb) => !neededVerbs.includes(verb));
      return [
        ...(isJsonArray(named) && named.length > 0
          ? []
          : [
              wide(
                object,
                ["rules", index, "resourceNames"],
                "resourceNames: the objects that are meant",
                show(named),
              ),
            ]),
        ...(verbs.length === 0
          ? []
          : [
              wide(
                object,
                ["rules", index, "verbs"],
                `the verbs ${neededVerbs.join(" and ")} only`,
                `${verbs.map(show).join(", ")} too`,
              ),
            ]),
      ];
    }),
  );
  const ofClusterRoles = scope
    .ofKind("ClusterRole")
    .map((object) => wide(object, ["kind"], "a Role in one namespace", "a ClusterRole"));
  return [...ofRoles, ...ofClusterRoles];
}

export const programRules: readonly ObjectRule[] = [
  { code: "hook/unbounded", severity: "error", check: unbounded },
  { code: "hook/injected-sidecar", severity: "error", check: injected },
  { code: "hook/not-hardened", severity: "error", check: unhardened },
  { code: "hook/wide-role", severity: "error", check: wideRoles },
];
