// The other way from objects to text: app.synth(), which is what every other cdk8s project runs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ApiObject, type App } from "cdk8s";
import type { KubernetesObject } from "./kubernetes.ts";
import { type Output, parse } from "./output.ts";

/** The objects that `app.synth()` writes to `folder`. */
export function synthesised(app: App, folder: string): readonly KubernetesObject[] {
  // Readonly, and meant to be given to the constructor; stage 3 has no use for a folder.
  Object.assign(app, { outdir: folder });
  app.synth();
  return readdirSync(folder).flatMap((name) => parse(readFileSync(join(folder, name), "utf8")));
}

export const apiObjectsOf = ({ apps }: Output): readonly ApiObject[] =>
  apps.flatMap((app) => app.node.findAll().filter((construct) => construct instanceof ApiObject));

/** As a sorted list of texts that do not depend on the order of keys: cdk8s has its own order of files and keys. */
export const comparable = (objects: readonly KubernetesObject[]): readonly string[] =>
  objects.map((object) => JSON.stringify(object, sortKeys, 2)).sort();

const sortKeys = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
