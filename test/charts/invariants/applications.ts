// Invariants of Applications. Why each must hold was measured on Argo CD 3.5.7; charts/ says it where it is done.
import { type JsonValue, valueAt } from "../../../config/json.ts";
import { type Application, type IgnoredDifference, type KubernetesObject, ofKind } from "../kubernetes.ts";
import { type Output, objectsIn, objectsOf } from "../output.ts";
import type { Invariant } from "./invariant.ts";

const applications = (output: Output): readonly Application[] => ofKind(objectsOf(output), "Application");

export const children = (output: Output): readonly Application[] =>
  ofKind(objectsIn(output, /^dist\/[^/]+\/applications\//), "Application");

/** The output files that an Application with a folder for source reads. */
export const folderOf = (output: Output, { spec }: Application): readonly KubernetesObject[] => {
  const prefix = output.config.repository.path === "." ? "" : `${output.config.repository.path}/`;
  return output.files
    .filter(({ path }) => `${prefix}${path}`.replace(/\/[^/]*$/, "") === spec.source.path)
    .flatMap(({ objects }) => objects);
};

/** Argo CD compares them as text and ignores an unknown one silently (types.go, HasOption, v3.5.1). */
const knownSyncOptions: readonly string[] = [
  "CreateNamespace=true",
  "RespectIgnoreDifferences=true",
  "ServerSideApply=true",
  "SkipDryRunOnMissingResource=true",
];

export const applicationInvariants: readonly Invariant[] = [
  {
    name: "the waves follow the dependencies strictly",
    violations: (output) => {
      const steps = [/\/project\./, /\/istio-base\./, /\/istiod\./, /\/istio-ingress\./, /\/gateway\./];
      const last = /\/(?:ingress-|recheck\.)/;
      const waves = [...steps, last].map((step) =>
        objectsIn(output, new RegExp(`^dist/[^/]+/applications${step.source}`)).map(waveOf),
      );
      return waves.flatMap((wave, index) => {
        const before = waves.slice(0, index).flat();
        const inOrder = wave.length > 0 && wave.every((each) => before.every((earlier) => earlier < each));
        return inOrder ? [] : [`step ${index}: ${wave.join(", ")} after ${before.join(", ")}`];
      });
    },
  },
  {
    name: "specs of Applications and AppProjects have no null, empty map or empty list",
    violations: (output) =>
      objectsOf(output)
        .filter(({ kind }) => kind === "Application" || kind === "AppProject")
        .flatMap((object) => emptyValues({ ...object } as unknown as JsonValue, object.metadata.name)), // parsed YAML is JSON
  },
  {
    name: "every sync option is one that Argo CD knows",
    violations: (output) =>
      applications(output).flatMap(({ spec }) =>
        (spec.syncPolicy.syncOptions ?? []).filter((option) => !knownSyncOptions.includes(option)),
      ),
  },
  {
    name: "differences are respected on sync if and only if some are ignored",
    violations: (output) =>
      named(applications(output), ({ spec }) => {
        const respects = spec.syncPolicy.syncOptions?.includes("RespectIgnoreDifferences=true") ?? false;
        return respects === (spec.ignoreDifferences !== undefined);
      }),
  },
  {
    name: "every ignored annotation stands on the object that is named",
    violations: (output) =>
      applications(output).flatMap((application) =>
        (application.spec.ignoreDifferences ?? [])
          .flatMap((difference) => unresolvedPointers(difference, folderOf(output, application)))
          .map((pointer) => `${application.metadata.name}: ${pointer}`),
      ),
  },
  {
    name: "every Application with a folder finds objects in it",
    violations: (output) =>
      named(applications(output), (application) =>
        application.spec.source.path === undefined ? true : folderOf(output, application).length > 0,
      ),
  },
  {
    name: "every folder is read by exactly one Application",
    violations: (output) => {
      const sources = applications(output).map(({ spec }) => spec.source.path ?? "");
      const folders = new Set(output.files.map(({ path }) => path.replace(/\/[^/]*$/, "")));
      return [...folders]
        .filter((folder) => folder !== "argocd")
        .filter((folder) => sources.filter((source) => `/${source}`.endsWith(`/${folder}`)).length !== 1);
    },
  },
  {
    name: "every Helm source names its release and an exact version",
    violations: (output) =>
      named(applications(output), ({ spec: { source } }) =>
        source.chart === undefined
          ? source.helm === undefined
          : (source.helm?.releaseName ?? "") !== "" && /^\d+\.\d+\.\d+/.test(source.targetRevision),
      ),
  },
  {
    name: "a root retries for ever, a child a few times, and both take new commits",
    violations: (output) =>
      named(applications(output), ({ metadata, spec }) => {
        const { limit, refresh } = spec.syncPolicy.retry;
        return refresh && limit === (metadata.name.endsWith("-root") ? -1 : 5);
      }),
  },
  {
    name: "deleting the root deletes everything, in the order of the waves",
    violations: (output) =>
      named(
        applications(output),
        ({ metadata }) => metadata.finalizers?.includes("resources-finalizer.argocd.argoproj.io") === true,
      ),
  },
];

const named = (
  list: readonly Application[],
  holds: (application: Application) => boolean,
): readonly string[] =>
  list.filter((application) => !holds(application)).map(({ metadata }) => metadata.name);

const waveOf = ({ metadata }: KubernetesObject): number =>
  Number(metadata.annotations?.["argocd.argoproj.io/sync-wave"] ?? Number.NaN);

function emptyValues(value: JsonValue, path: string): readonly string[] {
  if (value === null) return [path];
  if (typeof value !== "object") return [];
  const entries = Object.entries(value).filter(([key]) => key !== "valuesObject");
  if (Object.keys(value).length === 0) return [path];
  return entries.flatMap(([key, inner]) => emptyValues(inner, `${path}.${key}`));
}

/** RFC 6901. */
function unresolvedPointers(
  difference: IgnoredDifference,
  objects: readonly KubernetesObject[],
): readonly string[] {
  const { kind, name, namespace, jsonPointers = [] } = difference;
  const target = objects.find(
    ({ kind: itsKind, metadata }) =>
      itsKind === kind && metadata.name === name && metadata.namespace === namespace,
  );
  const found = (pointer: string): JsonValue | undefined => {
    const path = pointer.split("/").slice(1);
    const keys = path.map((segment) => segment.replace(/~1/g, "/").replace(/~0/g, "~"));
    return target === undefined ? undefined : valueAt(target as unknown as JsonValue, keys); // parsed YAML is JSON
  };
  return jsonPointers.filter((pointer) => typeof found(pointer) !== "string");
}
