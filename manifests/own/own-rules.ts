// Stage 4, pure: what is wrong with an object that people bring, before it becomes a part of the output.

import { istioNamespace } from "../../config/chart-releases.ts";
import type { Config, ManifestConfig } from "../../config/config.ts";
import { deployedGateway } from "../../config/helm-values.ts";
import { formatPath, show } from "../../core/format-value.ts";
import { isJsonArray, isJsonObject, type JsonValue, type Path } from "../../core/json.ts";
import { listed } from "../../core/listed.ts";
import type { Problem, Severity } from "../../core/problem.ts";
import { didYouMean } from "../../core/suggest.ts";
import { mapAt, textAt } from "../object-fields.ts";
import type { OwnObject } from "./own-file.ts";
import type { OwnSchemas } from "./own-schemas.ts";
import { tryFindRefusal } from "./refused-kinds.ts";

/** What a rule may look at beside the object. */
export interface OwnContext {
  readonly config: Config;
  readonly manifest: ManifestConfig;
  readonly schemas: OwnSchemas;
}

interface OwnFinding {
  readonly code: string;
  readonly severity?: Severity;
  readonly path: Path;
  readonly message: string;
  readonly suggestion: string;
}

const schemaCode = "manifests/schema";

type OwnRule = (object: OwnObject, context: OwnContext) => readonly OwnFinding[];

/** One cause is said once: of an object that may not be there nothing else, of a field not what its schema says too. */
export function problemsOf(object: OwnObject, context: OwnContext): readonly Problem[] {
  const found = firstRules.map((rule) => rule(object, context)).find((findings) => findings.length > 0);
  const all = found ?? rules.flatMap((rule) => rule(object, context));
  const said = new Set(all.filter(({ code }) => code !== schemaCode).map(({ path }) => formatPath(path)));
  const kept = all.filter(({ code, path }) => code !== schemaCode || !said.has(formatPath(path)));
  return kept.map(({ severity = "error", path, message, ...finding }) => ({
    ...finding,
    severity,
    message: `${object.kind || "object"} ${object.name}: ${message}`.replace(" :", ":"),
    ...object.locate(path),
    ...(path.length > 0 && { path: formatPath(path) }),
  }));
}

const isObjectOfKubernetes: OwnRule = ({ data, kind, name }) => {
  const missing = [
    ...(textAt(data, ["apiVersion"]) === "" ? ["apiVersion"] : []),
    ...(kind === "" ? ["kind"] : []),
    ...(name === "" ? ["metadata.name"] : []),
  ];
  if (missing.length === 0) return [];
  return [
    {
      code: "manifests/syntax",
      path: [],
      message: `expected text in ${listed(missing)}, found none`,
      suggestion:
        kind === "Kustomization" || kind.endsWith("List")
          ? "Write the objects themselves, separated by `---`."
          : "Write one object of Kubernetes: apiVersion, kind, metadata.",
    },
  ];
};

/** As the API server names groups, versions and kinds. The AppProject lists the kind, and reads patterns there. */
const apiVersionGrammar = /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[a-z][a-z0-9]*$/;
const kindGrammar = /^[A-Za-z](?:[-A-Za-z0-9]*[A-Za-z0-9])?$/;

const namesOneKind: OwnRule = ({ data, kind }) => {
  const apiVersion = textAt(data, ["apiVersion"]);
  return [
    ...(apiVersionGrammar.test(apiVersion)
      ? []
      : [notOneKind("apiVersion", "a group and a version such as networking.istio.io/v1", apiVersion)]),
    ...(kindGrammar.test(kind) ? [] : [notOneKind("kind", "one kind (letters and digits)", kind)]),
  ];
};

const notOneKind = (key: string, expected: string, found: string): OwnFinding => ({
  code: "manifests/syntax",
  path: [key],
  message: `expected ${expected}, found ${show(found)}`,
  suggestion: "Write it as `kubectl api-resources` shows it.",
});

const isNoList: OwnRule = ({ kind, group }) => {
  if (!(kind === "List" && group === "") && group !== "kustomize.config.k8s.io") return [];
  return [
    {
      code: "manifests/syntax",
      path: ["kind"],
      message: "expected the objects themselves",
      suggestion: "Write each as a document of its own, separated by `---`.",
    },
  ];
};

const mayBeBrought: OwnRule = ({ group, kind }) => {
  const reason = tryFindRefusal(group, kind);
  if (reason === undefined) return [];
  return [
    {
      code: "manifests/refused-kind",
      path: ["kind"],
      message: `expected a kind that a change of this repository may bring, found ${kind}: ${reason}`,
      suggestion: "Take it out of the file, and apply it where its rights are reviewed.",
    },
  ];
};

const standsInAllowedNamespace: OwnRule = ({ namespace }, { config, manifest }) => {
  const allowed = allowedNamespaces(config, manifest);
  if (allowed.includes(namespace)) return [];
  const path = ["metadata", "namespace"];
  if (namespace === "")
    return [
      {
        code: "manifests/namespace",
        path: ["metadata"],
        message: "expected metadata.namespace, found none",
        suggestion: `Write one of ${listed(allowed)}. An object that has none belongs to the whole cluster and cannot be brought.`,
      },
    ];
  return [
    {
      code: "manifests/namespace",
      path,
      message: `expected one of the namespaces ${listed(allowed)}, found ${show(namespace)}`,
      suggestion:
        didYouMean(namespace, allowed) ??
        (manifest.isChart
          ? "If it is meant, make it the `namespace` of the chart."
          : `If it is meant, add it to \`namespaces\` of ${manifest.path} in the cluster file.`),
    },
  ];
};

const allowedNamespaces = ({ gateways }: Config, { namespaces }: ManifestConfig): readonly string[] => [
  ...new Set([...gateways.map(({ namespace }) => namespace), istioNamespace, ...namespaces]),
];

/** Set by the API server; in Git they are refused, or OutOfSync for ever. */
const serverFields: readonly Path[] = [
  ["status"],
  ...[
    "creationTimestamp",
    "generation",
    "managedFields",
    "ownerReferences",
    "resourceVersion",
    "selfLink",
    "uid",
  ].map((name) => ["metadata", name]),
  ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"],
];

const hasNoServerFields: OwnRule = ({ data }) =>
  serverFields
    .filter((path) => Object.hasOwn(mapAt(data, path.slice(0, -1)), String(path.at(-1))))
    .map((path) => ({
      code: "manifests/server-field",
      path,
      message: `expected only what people write, found ${formatPath(path)}, which the cluster sets`,
      suggestion: "Remove it: the object was copied from a cluster.",
    }));

/** cdk8s drops a null, and with it what the file says. */
const hasNoNulls: OwnRule = ({ data }) =>
  nullsIn(data, []).map((path) => ({
    code: "manifests/null",
    path,
    message: `expected a value at ${formatPath(path)}, found none`,
    suggestion: "Write the value, or remove the key: an empty one is lost on the way to the cluster.",
  }));

function nullsIn(value: JsonValue, path: Path): readonly Path[] {
  if (value === null) return [path];
  if (isJsonArray(value)) return value.flatMap((item, index) => nullsIn(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => nullsIn(item, [...path, key]));
}

/** JavaScript's own names: an object with such a key is no plain one to the libraries on the way. */
const hasNoReservedKeys: OwnRule = ({ data }) =>
  keysIn(data, [])
    .filter((path) => ["__proto__", "constructor"].includes(String(path.at(-1))))
    .map((path) => ({
      code: "manifests/syntax",
      path,
      message: `expected another key than ${path.at(-1)}, a name of JavaScript's own`,
      suggestion: "Rename it: it cannot be carried.",
    }));

function keysIn(value: JsonValue, path: Path): readonly Path[] {
  if (isJsonArray(value)) return value.flatMap((item, index) => keysIn(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...keysIn(item, [...path, key])]);
}

const hookAnnotations = ["argocd.argoproj.io/hook", "helm.sh/hook"];

const isNoHook: OwnRule = ({ data }) =>
  hookAnnotations
    .filter((name) => Object.hasOwn(mapAt(data, ["metadata", "annotations"]), name))
    .map((name) => ({
      code: "manifests/hook",
      path: ["metadata", "annotations", name],
      message: `expected an object that stays, found the hook annotation ${name}: Argo CD creates hooks anew with each sync, and neither heals nor prunes them`,
      suggestion: "Remove the annotation.",
    }));

const fitsItsSchema: OwnRule = ({ data, kind }, { schemas }) => {
  const violations = schemas.tryCheck(data);
  if (violations === undefined)
    return [
      {
        code: "manifests/unknown-kind",
        severity: "warning",
        path: ["kind"],
        message: `there is no schema for ${kind} of ${show(data.apiVersion)} here, so its fields are not checked`,
        suggestion: "Check apiVersion and kind; the API server checks the rest when Argo CD syncs it.",
      },
    ];
  return violations.map(({ path, expected, found, suggestion }) => ({
    code: schemaCode,
    path,
    message: `${path.length > 0 ? `${formatPath(path)}: ` : ""}expected ${expected}, found ${found}`,
    suggestion: suggestion ?? "Correct the field: the API server refuses the object, or drops the field.",
  }));
};

/** Where objects of Istio say which pods they are about. */
const selectorPaths: readonly Path[] = [
  ["spec", "selector", "matchLabels"],
  ["spec", "workloadSelector", "labels"],
];

/** In a gateway's namespace run its pods; elsewhere nobody here knows. */
const selectsPods: OwnRule = ({ data, group, namespace }, { config }) => {
  const gateways = config.gateways.filter((gateway) => gateway.namespace === namespace);
  if (gateways.length === 0 || !group.endsWith(".istio.io")) return [];
  const pods = gateways.map((gateway) => deployedGateway(config, gateway).podLabels);
  return selectorPaths.flatMap((path) => {
    const wanted = Object.entries(mapAt(data, path));
    if (wanted.length === 0 || pods.some((labels) => wanted.every(([key, value]) => labels[key] === value)))
      return [];
    const there = pods.map((labels) =>
      Object.entries(labels)
        .map((pair) => pair.join("="))
        .join(","),
    );
    return [
      {
        code: "manifests/selector",
        severity: "warning",
        path,
        message: `expected labels of the gateway's pods (${listed(there)}), found ${wanted.map((pair) => pair.join("=")).join(",")}: it would apply to no pod of a gateway`,
        suggestion: "Take the labels of the gateway; they follow `release` in the cluster file.",
      },
    ];
  });
};

const firstRules: readonly OwnRule[] = [
  isObjectOfKubernetes,
  namesOneKind,
  isNoList,
  mayBeBrought,
  hasNoReservedKeys,
];
const rules: readonly OwnRule[] = [
  standsInAllowedNamespace,
  hasNoServerFields,
  hasNoNulls,
  isNoHook,
  fitsItsSchema,
  selectsPods,
];
