// Where Applications read from: charts with a fixed version and release name, folders that each have one reader.
import { show } from "../../core/format-value.ts";
import { clusterScope } from "../inventory.ts";
import { type Application, applicationsOf, argoprojGroup, childrenOf } from "./application.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./object-rule.ts";

const charts = (scope: ObjectScope): readonly Application[] =>
  applicationsOf(scope).filter(({ source }) => source.chart !== "");

function implicitReleases(scope: ObjectScope): readonly ObjectFinding[] {
  return charts(scope)
    .filter(({ source }) => source.releaseName === "")
    .map(({ object, name, source }) => ({
      object,
      path: ["spec", "source", "helm", "releaseName"],
      message: `expected a release name for the chart ${source.chart}, found none: Argo CD would use the Application's, ${name}, and charts derive names and immutable selectors from it`,
    }));
}

/** SemVer 2.0, which Helm demands of a chart's version; Argo CD reads anything else as a range. */
const exactVersion = /^v?\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

function floatingVersions(scope: ObjectScope): readonly ObjectFinding[] {
  return charts(scope)
    .filter(({ source }) => !exactVersion.test(source.targetRevision))
    .map(({ object, source }) => ({
      object,
      path: ["spec", "source", "targetRevision"],
      message: `expected an exact version of the chart ${source.chart}, found ${show(source.targetRevision)}: the mesh would change without a commit`,
    }));
}

function emptyFolders(scope: ObjectScope): readonly ObjectFinding[] {
  return childrenOf(scope)
    .filter(({ source, folder }) => source.chart === "" && folder.length === 0)
    .map(({ object, source }) => ({
      object,
      path: ["spec", "source", "path"],
      message: `expected a folder with objects in it, found ${show(source.path)}, for which nothing is written`,
    }));
}

/** A root that reads no folder of child Applications of this project. */
function strayRoots(scope: ObjectScope): readonly ObjectFinding[] {
  const expected = new Set(
    scope.configs.map(({ cluster, repository }) => {
      const prefix = repository.path === "." ? "" : `${repository.path}/`;
      return `${prefix}${clusterScope(cluster.name).folder}/applications`;
    }),
  );
  return applicationsOf(scope)
    .filter(({ isRoot, source }) => isRoot && !expected.has(source.path))
    .map(({ object, source }) => ({
      object,
      path: ["spec", "source", "path"],
      message: `expected the folder of a cluster's child Applications, found ${show(source.path)}`,
    }));
}

/** Folders of a cluster's output; the one with the Applications is read by the root, which is in another scope. */
function unreadFolders(scope: ObjectScope): readonly ObjectFinding[] {
  // Objects without any Application are an excerpt, such as an example of an explanation.
  if (applicationsOf(scope).length === 0) return [];
  const read = new Set(applicationsOf(scope).map(({ folder }) => folder));
  return [...scope.folders].flatMap(([path, objects]) => {
    const [object] = objects;
    if (object === undefined || !path.startsWith("dist/") || read.has(objects)) return [];
    if (objects.some(({ group }) => group === argoprojGroup)) return [];
    return [
      {
        object,
        path: [],
        message: `expected an Application that reads ${path}/, found none: nothing applies what is in it`,
      },
    ];
  });
}

function sharedFolders(scope: ObjectScope): readonly ObjectFinding[] {
  const readers = new Map<string, Application>();
  return applicationsOf(scope).flatMap((application) => {
    const { object, source } = application;
    const place = `${source.repoURL} ${source.path}`;
    const other = readers.get(place);
    readers.set(place, other ?? application);
    if (source.path === "" || other === undefined) return [];
    return [
      {
        object,
        path: ["spec", "source", "path"],
        message: `expected a folder that no other Application reads, found ${source.path}/, which ${other.name} reads too: both would apply and prune its objects`,
      },
    ];
  });
}

/** What a folder of plain manifests may hold. Another name is skipped, or (kustomization, Chart) changes how all are read. */
function isManifest(file: string): boolean {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return (
    name.endsWith(".yaml") && !name.startsWith(".") && name !== "kustomization.yaml" && name !== "Chart.yaml"
  );
}

function strangeFiles(scope: ObjectScope): readonly ObjectFinding[] {
  const inFolders = childrenOf(scope).flatMap(({ folder }) => folder);
  const files = new Map<string, RenderedObject>();
  for (const object of inFolders) if (!files.has(object.file)) files.set(object.file, object);
  return [...files]
    .filter(([file]) => !isManifest(file))
    .map(([file, object]) => ({
      object,
      path: [],
      message: `expected files named *.yaml, and none that turns the folder into a chart or a kustomization, found ${show(file)}`,
    }));
}

export const sourceRules: readonly ObjectRule[] = [
  { code: "argocd/implicit-release-name", severity: "error", check: implicitReleases },
  { code: "argocd/floating-version", severity: "error", check: floatingVersions },
  { code: "argocd/empty-folder", severity: "error", check: emptyFolders },
  { code: "argocd/stray-root", severity: "error", check: strayRoots },
  { code: "argocd/folder-unread", severity: "error", check: unreadFolders },
  { code: "argocd/folder-read-twice", severity: "error", check: sharedFolders },
  { code: "argocd/not-a-manifest", severity: "error", check: strangeFiles },
];
