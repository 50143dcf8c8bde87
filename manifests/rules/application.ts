// Argo CD's Applications as the rules read them.
import type { JsonObject } from "../../core/json.ts";
import { mapAt, mapsAt, textAt, textsAt } from "../object-fields.ts";
import { type ObjectScope, oncePerScope, type RenderedObject } from "./object-rule.ts";

/** Texts are empty where the field is not there. */
export interface Application {
  readonly object: RenderedObject;
  readonly name: string;
  /** Applied by a person, and creates the other Applications of its cluster. */
  readonly isRoot: boolean;
  readonly project: string;
  readonly source: {
    readonly repoURL: string;
    /** Name of a Helm chart; empty for a folder. */
    readonly chart: string;
    /** Folder in the Git repository. */
    readonly path: string;
    readonly targetRevision: string;
    readonly releaseName: string;
    readonly values: JsonObject;
  };
  readonly destination: Destination;
  readonly syncPolicy: JsonObject;
  readonly syncOptions: readonly string[];
  readonly ignoreDifferences: readonly JsonObject[];
  /** The objects in the folder it reads, as far as they are in this scope. */
  readonly folder: readonly RenderedObject[];
}

export interface Destination {
  readonly server: string;
  readonly name: string;
  readonly namespace: string;
}

export const argoprojGroup = "argoproj.io";

export const applicationsOf = oncePerScope((scope: ObjectScope): readonly Application[] =>
  scope
    .ofKind("Application")
    .filter(({ group }) => group === argoprojGroup)
    .map((object) => readApplication(scope, object)),
);

export const childrenOf = oncePerScope((scope: ObjectScope) =>
  applicationsOf(scope).filter(({ isRoot }) => !isRoot),
);

function readApplication(scope: ObjectScope, object: RenderedObject): Application {
  const { data } = object;
  const source = mapAt(data, ["spec", "source"]);
  const path = textAt(source, ["path"]);
  return {
    object,
    name: object.name,
    isRoot: object.file.startsWith("argocd/"),
    project: textAt(data, ["spec", "project"]),
    source: {
      repoURL: textAt(source, ["repoURL"]),
      chart: textAt(source, ["chart"]),
      path,
      targetRevision: textAt(source, ["targetRevision"]),
      releaseName: textAt(source, ["helm", "releaseName"]),
      values: mapAt(source, ["helm", "valuesObject"]),
    },
    destination: readDestination(mapAt(data, ["spec", "destination"])),
    syncPolicy: mapAt(data, ["spec", "syncPolicy"]),
    syncOptions: textsAt(data, ["spec", "syncPolicy", "syncOptions"]),
    ignoreDifferences: mapsAt(data, ["spec", "ignoreDifferences"]),
    folder: scope.folders.get(belowProject(scope, path)) ?? [],
  };
}

export const readDestination = (data: JsonObject): Destination => ({
  server: textAt(data, ["server"]),
  name: textAt(data, ["name"]),
  namespace: textAt(data, ["namespace"]),
});

/** A path in the Git repository as a path below the project's own folder, in which the objects' files are given. */
function belowProject({ configs: [config] }: ObjectScope, path: string): string {
  const prefix = config === undefined || config.repository.path === "." ? "" : `${config.repository.path}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : path;
}
