// The readers that emitted text must satisfy.
import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
import { load } from "js-yaml";
import { parse } from "yaml";

export interface Reader {
  readonly name: string;
  readonly read: (text: string) => unknown;
}

const yaml11: Reader = { name: "yaml 1.1", read: (text) => parse(text, { version: "1.1" }) };
const yaml12: Reader = { name: "yaml 1.2", read: (text) => parse(text, { version: "1.2" }) };
/** js-yaml 5 reads the YAML 1.2 core schema unless told otherwise: no timestamps, no merge keys, no `yes`. */
const jsYaml: Reader = { name: "js-yaml", read: (text) => load(text) };
/** go-yaml as kubectl uses it; Argo CD reads files the same way. Needs `apiVersion`, `kind` and `metadata.name`. */
export const kubectl: Reader = { name: "kubectl", read: readWithKubectl };

export const libraries: readonly Reader[] = [yaml11, yaml12, jsYaml];

const client = spawnSync("kubectl", ["version", "--client"], { encoding: "utf8" });
/** Why the tests with kubectl are skipped, undefined where it runs. */
export const withoutKubectl: string | undefined =
  client.status === 0 ? undefined : "skipped: kubectl is not installed";

/** `kubectl annotate --local` parses its input, adds one annotation and prints JSON, without a cluster. */
function readWithKubectl(text: string): unknown {
  const args = ["annotate", "--local", "-f", "-", "-o", "json", "x=y"];
  const env = { ...process.env, KUBECONFIG: devNull };
  const child = spawnSync("kubectl", args, { input: text, encoding: "utf8", env, maxBuffer: 2 ** 28 });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}
