// The readers that emitted text must satisfy, and the writer whose bytes it must equal.
import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
import { load } from "js-yaml";
import { Document, isMap, isScalar, type Pair, parse } from "yaml";
import type { JsonObject } from "../../manifests/yaml.ts";

export interface Reader {
  readonly name: string;
  readonly read: (text: string) => unknown;
}

export const yaml11: Reader = { name: "yaml 1.1", read: (text) => parse(text, { version: "1.1" }) };
export const yaml12: Reader = { name: "yaml 1.2", read: (text) => parse(text, { version: "1.2" }) };
/** js-yaml 5 reads the YAML 1.2 core schema unless told otherwise: no timestamps, no merge keys, no `yes`. */
export const jsYaml: Reader = { name: "js-yaml", read: (text) => load(text) };
/** go-yaml as kubectl uses it; Argo CD reads files the same way. Needs `apiVersion`, `kind` and `metadata.name`. */
export const kubectl: Reader = { name: "kubectl", read: readWithKubectl };

export const libraries: readonly Reader[] = [yaml11, yaml12, jsYaml];

const client = spawnSync("kubectl", ["version", "--client"], { encoding: "utf8" });
/** Why the tests with kubectl are skipped, undefined where it runs. */
export const withoutKubectl: string | undefined =
  client.status === 0 ? undefined : "skipped: kubectl is not installed";
/** Whether it is the version whose misreadings yaml-ambiguous.ts records; another one may have mended some. */
export const isRecordedKubectl: boolean = client.status === 0 && /v1\.32\./.test(client.stdout);

/** `kubectl annotate --local` parses its input, adds one annotation and prints JSON, without a cluster. */
function readWithKubectl(text: string): unknown {
  const args = ["annotate", "--local", "-f", "-", "-o", "json", "x=y"];
  const env = { ...process.env, KUBECONFIG: devNull };
  const child = spawnSync("kubectl", args, { input: text, encoding: "utf8", env, maxBuffer: 2 ** 28 });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

/** What the `yaml` package writes with the options of cdk8s (node_modules/cdk8s/lib/yaml.js), keys sorted as ours. */
export function writtenByYamlPackage(object: JsonObject): string {
  const document = new Document(structuredClone(object), {
    version: "1.1",
    keepUndefined: true,
    aliasDuplicateObjects: false,
    sortMapEntries: (a, b) => compare(keyOf(a), keyOf(b)),
  });
  const leading = ["metadata", "kind", "apiVersion"]; // the later, the further to the front
  const rank = (pair: Pair): number => leading.indexOf(keyOf(pair));
  if (isMap(document.contents)) document.contents.items.sort((a, b) => rank(b) - rank(a));
  return document.toString({ lineWidth: 0 });
}

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
