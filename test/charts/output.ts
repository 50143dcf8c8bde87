// Configurations through stage 3 and 4: the objects that cdk8s holds, and the files with what is in them.
import type { App } from "cdk8s";
import { parseAllDocuments } from "yaml";
import { buildArgocd, buildCluster, type Programs } from "../../charts/cluster.ts";
import type { OwnObjects } from "../../charts/own-objects.ts";
import { loadProject } from "../../commands/load-project.ts";
import { readPrograms } from "../../commands/read-programs.ts";
import type { Config } from "../../config/config.ts";
import { formatProblem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import type { Facts } from "../../facts/resolve.ts";
import { render } from "../../manifests/render.ts";
import type { KubernetesObject } from "./kubernetes.ts";

export interface OutputText {
  readonly path: string;
  readonly text: string;
  readonly objects: readonly KubernetesObject[];
}

/** All that is written for one cluster. */
export interface Output {
  readonly config: Config;
  /** `dist/<cluster>/` and `argocd/` as cdk8s apps. */
  readonly apps: readonly App[];
  readonly files: readonly OutputText[];
}

export const programs: Programs = readPrograms(nodeReadFileSystem);

export function buildOutput(config: Config, facts: Facts, given: Programs = programs): Output {
  const apps = [
    buildCluster(config, facts, given, sampleObjects(config)),
    buildArgocd([config], given, sampleObjects),
  ];
  const files = apps.flatMap((app) => render(app, () => config.file));
  return { config, apps, files: files as unknown as readonly OutputText[] }; // the tests look further into the objects
}

/** One object for each file that a configuration names. */
const sampleObjects = ({ manifests }: Config): OwnObjects =>
  new Map(
    manifests.map(({ path }, index) => [
      path,
      [
        {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: `own-${index}`, namespace: "istio-system" },
          data: { key: path },
        },
      ],
    ]),
  );

const known = new Map<string, readonly Output[]>();

/** The output of every cluster of a project folder. */
export function loadOutputs(root: string): readonly Output[] {
  const outputs = known.get(root) ?? readOutputs(root);
  known.set(root, outputs);
  return outputs;
}

function readOutputs(root: string): readonly Output[] {
  const { exitCode, problems, selected } = loadProject({ disk: nodeReadFileSystem, root, words: [] });
  if (exitCode !== 0) throw new Error(problems.map(formatProblem).join("\n"));
  return selected.map(({ config, facts }) => buildOutput(config, facts));
}

export const objectsOf = ({ files }: Output): readonly KubernetesObject[] =>
  files.flatMap(({ objects }) => objects);

/** The objects in files whose path matches. */
export const objectsIn = ({ files }: Output, path: RegExp): readonly KubernetesObject[] =>
  files.filter((file) => path.test(file.path)).flatMap(({ objects }) => objects);

export function parse(text: string): readonly KubernetesObject[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) throw new Error("expected documents, found none");
  return documents.map((document) => document.toJS() as KubernetesObject); // the tests look further
}
