// What synth and check share: a loaded project -> the plan of what the disk would need.
import { parseAllDocuments } from "yaml";
import { argocdConfigMapPath, buildArgocd, buildCluster } from "../charts/cluster.ts";
import { isJsonObject } from "../config/json.ts";
import { clusterScope, sharedScope } from "../manifests/inventory.ts";
import { type DesiredScope, planScope, type ScopePlan } from "../manifests/plan.ts";
import { listOrphanedScopes, nodeReadFileSystem, readScope } from "../manifests/read-output.ts";
import { identityOf, render } from "../manifests/render.ts";
import type { Project } from "./load-project.ts";
import { readPrograms } from "./read-programs.ts";

/** Renders what the selected clusters should have, in memory. */
export function renderProject({ selected, allConfigs, allNames }: Project): readonly DesiredScope[] {
  const programs = readPrograms();
  const names = new Set(selected.map(({ config }) => config.cluster.name));
  const clusters = selected.map(({ config, facts }) => ({
    scope: clusterScope(config.cluster.name),
    files: render(buildCluster(config, facts, programs), () => config.file),
  }));
  const shared = render(buildArgocd(allConfigs, programs), sourceOfShared);
  const isWanted = (path: string) =>
    path === argocdConfigMapPath || names.has(path.slice("argocd/".length, -".yaml".length));
  return [
    ...clusters,
    {
      scope: sharedScope,
      files: shared.filter(({ path }) => isWanted(path)),
      partial: names.size < allNames.length,
    },
  ];
}

const sourceOfShared = (path: string): string =>
  path === argocdConfigMapPath ? "the key argocd in clusters/" : path.replace(/^argocd\//, "clusters/");

/** Compares with the disk. A run over all clusters also plans the end of those that have no file any more. */
export function planProject(root: string, project: Project): readonly ScopePlan[] {
  const isWhole = project.selected.length === project.allNames.length;
  const orphaned = isWhole ? listOrphanedScopes(nodeReadFileSystem, root, new Set(project.allNames)) : [];
  const desired: readonly DesiredScope[] = [
    ...renderProject(project),
    ...orphaned.map((scope) => ({ scope, files: [] })),
  ];
  return desired.map((scope) => planScope(scope, readScope(nodeReadFileSystem, root, scope), identitiesOf));
}

/** Identities of the objects in a file of an earlier run, or undefined where people left nothing readable of it. */
function identitiesOf(text: string): readonly string[] | undefined {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const objects: unknown[] = documents.map((document) => document.toJS());
  return objects.every(isJsonObject) ? objects.map(identityOf) : undefined;
}
