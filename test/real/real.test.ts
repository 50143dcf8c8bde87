// Public set-ups that put an ALB before Istio, one folder each: set-up.yaml is theirs, cluster.yaml what one writes for it,
// expected.yaml what the real controller made of theirs, and each difference of ours with its reason.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse, parseAllDocuments, stringify } from "yaml";
import { synth } from "../../commands/synth.ts";
import { loadClusters } from "../../config/load.ts";
import type { JsonObject } from "../../core/json.ts";
import { valueAt } from "../../core/json.ts";
import { isError } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { serialiseLock } from "../../facts/lock.ts";
import { queriesOf } from "../../facts/queries.ts";
import { lockFor } from "../config/valid-lock.ts";
import { controllerView, fieldsOf, type GatewayService, mapsIn, realView } from "./controller-view.ts";

interface Difference {
  readonly theirs?: string;
  readonly ours?: string;
  readonly why: string;
}

interface Expected {
  readonly need: string;
  readonly source: string;
  /** What the controller's model builder printed of set-up.yaml. */
  readonly controller: string;
  readonly differences: readonly Difference[];
  /** What is said beside the output: codes of warnings. */
  readonly warnings?: readonly string[];
}

const folder = fileURLToPath(new URL(".", import.meta.url));
const setUps = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const documentsIn = (path: string): readonly JsonObject[] =>
  parseAllDocuments(readFileSync(path, "utf8")).map((document) => document.toJS());

/** The project that one would have, synthesised; own objects stand in set-up.yaml. */
async function synthesise(name: string) {
  const root = mkdtempSync(join(tmpdir(), "meshfront-real-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const file = join(root, "clusters/demo.yaml");
  mkdirSync(dirname(file));
  cpSync(join(folder, name, "cluster.yaml"), file);
  const bytes = readFileSync(file);
  const [cluster] = loadClusters([{ file: "clusters/demo.yaml", bytes }], undefined).clusters;
  if (cluster !== undefined && queriesOf(cluster.config).length > 0)
    writeFileSync(join(root, "clusters/demo.lock.json"), serialiseLock(lockFor(cluster.config)));
  const own = documentsIn(join(folder, name, "set-up.yaml")).filter(
    ({ kind }) => kind === "AuthorizationPolicy",
  );
  for (const { path } of cluster?.config.manifests ?? []) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), own.map((object) => stringify(object)).join("---\n"));
  }
  const input = { disk: nodeReadFileSystem, root, words: [], options: {}, progress: () => {} };
  return { root, result: await synth.run(input) };
}

const filesBelow = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));

function objectsOf(root: string): readonly JsonObject[] {
  const dist = join(root, "dist/demo");
  return filesBelow(dist).flatMap((file) => documentsIn(join(dist, file)));
}

/** The Service that the gateway chart makes, by the values of its Application. */
function serviceOf(objects: readonly JsonObject[], ingress: JsonObject): GatewayService {
  const [rule] = mapsIn(valueAt(ingress, ["spec", "rules"]));
  const [path] = mapsIn(valueAt(rule, ["http", "paths"]));
  const name = String(valueAt(path, ["backend", "service", "name"]));
  const values = objects
    .filter((object) => valueAt(object, ["spec", "source", "helm", "releaseName"]) === name)
    .map((object) => valueAt(object, ["spec", "source", "helm", "valuesObject", "service", "ports"]))[0];
  const ports = mapsIn(values).map(({ port, targetPort }) => ({
    port: Number(port),
    targetPort: Number(targetPort),
  }));
  return { name, ports: ports.length > 0 ? ports : [80, 443].map((port) => ({ port, targetPort: port })) };
}

/** Certificates and subnets by look-up are whatever the lock says. */
const isNamed = (line: string): boolean =>
  !/^certificate-arn: .*certificate\/0{6}|^subnets: subnet-0{6}/.test(line);

describe.each(setUps)("%s", (name) => {
  const expected: Expected = parse(readFileSync(join(folder, name, "expected.yaml"), "utf8"));

  test("is written as the public set-up has it, but for the differences that are named", async () => {
    const { root, result } = await synthesise(name);
    const said = result.problems.map(({ code, message }) => `${code}: ${message}`).join("\n");
    expect(result.problems.filter(isError), said).toEqual([]);
    expect([...new Set(result.problems.map(({ code }) => code))].sort()).toEqual(
      [...(expected.warnings ?? [])].sort(),
    );
    const objects = objectsOf(root);
    const ingresses = objects.filter(({ kind }) => kind === "Ingress");
    const ours = [
      ...ingresses.flatMap((ingress) => controllerView(ingress, serviceOf(objects, ingress))),
      ...ingresses.flatMap(fieldsOf).filter(isNamed),
    ];
    const setUp = documentsIn(join(folder, name, "set-up.yaml")).filter(({ kind }) => kind === "Ingress");
    const theirs = [...realView(expected.controller), ...setUp.flatMap(fieldsOf)];
    expect({
      theirs: theirs.filter((line) => !ours.includes(line)).sort(),
      ours: ours.filter((line) => !theirs.includes(line)).sort(),
    }).toEqual({
      theirs: expected.differences.flatMap(({ theirs }) => theirs ?? []).sort(),
      ours: expected.differences.flatMap(({ ours }) => ours ?? []).sort(),
    });
  });
});
