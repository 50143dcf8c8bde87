// An example of an explanation, run: text -> files -> what meshfront reports of them.
import { parseAllDocuments } from "yaml";
import type { Config } from "../../config/config.ts";
import { isJsonObject } from "../../core/json.ts";
import type { Problem } from "../../core/problem.ts";
import { identityOf } from "../../manifests/identity.ts";
import { clusterScope, sharedScope } from "../../manifests/inventory.ts";
import type { RenderedFile } from "../../manifests/render.ts";
import { applyObjectRules, objectScope } from "../../manifests/validate-objects.ts";
import { loadFleet, minimalCluster } from "../config/minimal-cluster.ts";

/** By path, in the order of the text. */
export type ExampleFiles = Readonly<Record<string, string>>;

const pathLine = /^# ((?:clusters|dist|argocd)\/\S+)$/;

/** The files of one side of an example; the format stands at `Example` in explanations/explanation.ts. */
export function filesOf(text: string): ExampleFiles {
  const files: Record<string, string> = {};
  let path = "clusters/demo.yaml";
  for (const line of text.split("\n")) {
    const named = pathLine.exec(line)?.[1];
    if (named === undefined) files[path] = `${files[path] ?? ""}${line}\n`;
    else {
      path = named;
      files[path] = "";
    }
  }
  return files;
}

/**
 * What is said of the cluster files, and of the objects as if they had been rendered from these. Objects are an excerpt,
 * not a whole cluster, so only `code` counts of them.
 */
export function problemsOf(text: string, code?: string): readonly Problem[] {
  const files = Object.entries(filesOf(text));
  const fragments = files.filter(([path]) => path.startsWith("clusters/"));
  const { clusters, problems } = loadFleet(
    Object.fromEntries((fragments.length > 0 ? fragments : [minimalFile]).map(named)),
    minimalCluster,
  );
  const configs = clusters.map(({ config }) => config);
  const rendered = files.filter(([path]) => !path.startsWith("clusters/")).map(asRendered);
  return [
    ...problems,
    ...objectProblems(rendered, configs).filter((problem) => code === undefined || problem.code === code),
  ];
}

const minimalFile = ["clusters/demo.yaml", "cluster: { name: demo }\n"] as const;

/** A cluster is called like its file, where the fragment does not say otherwise. */
function named([path, text]: readonly [string, string]): [name: string, content: string] {
  const name = path.replace(/^clusters\//, "").replace(/\.yaml$/, "");
  return [name, name === "demo" || /^cluster:/m.test(text) ? text : `${text}cluster: { name: ${name} }\n`];
}

function asRendered([path, text]: readonly [string, string]): RenderedFile {
  const documents: unknown[] = [...parseAllDocuments(text)].map((document) => document.toJS());
  const objects = documents.filter(isJsonObject);
  if (objects.length !== documents.length) throw new Error(`${path}: expected objects only`);
  return { path, text, objects, identities: objects.map(identityOf) };
}

/** Scope by scope, as synth judges. */
function objectProblems(files: readonly RenderedFile[], configs: readonly Config[]): readonly Problem[] {
  const scopes = [
    ...configs.map((config) => ({ folder: clusterScope(config.cluster.name).folder, configs: [config] })),
    { folder: sharedScope.folder, configs },
  ];
  return scopes.flatMap((scope) => {
    const own = files.filter(({ path }) => path.startsWith(`${scope.folder}/`));
    return own.length === 0 ? [] : applyObjectRules(objectScope(own, scope.configs), own);
  });
}
