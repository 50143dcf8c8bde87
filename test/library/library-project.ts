// A project with a program of its own, and the packages it would have installed.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeProject, type Tree, writeTree } from "../manifests/output-tree.ts";

export const checkout = fileURLToPath(new URL("../../", import.meta.url));
const example = join(checkout, "examples/own-charts");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The example of this repository with other files in the place of some, its packages linked. */
export function exampleProject(tree: Tree = {}): string {
  const root = makeProject();
  cpSync(example, root, { recursive: true });
  return linkPackages(withFiles(root, tree), ["meshfront", "cdk8s", "constructs", "cdk8s-cli"]);
}

/** Another with the clusters of the example and nothing else. */
export function projectWith(tree: Tree): string {
  const root = makeProject();
  cpSync(join(example, "clusters"), join(root, "clusters"), { recursive: true });
  return withFiles(root, tree);
}

function withFiles(root: string, tree: Tree): string {
  writeTree(root, tree);
  return root;
}

export function linkPackages(root: string, names: readonly string[]): string {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  for (const name of names) {
    const target = name === "meshfront" ? checkout : join(checkout, "node_modules", name);
    symlinkSync(target, join(root, "node_modules", name));
  }
  return root;
}

/** What npm would unpack, as files of its own: of a link Node looks for packages where it leads. */
export function copyPackage(root: string): string {
  const folder = join(root, "node_modules/meshfront");
  for (const part of [
    "package.json",
    "bin",
    "build",
    "hook",
    "charts",
    "imports/own-schemas.json",
    "library",
  ])
    cpSync(join(checkout, part), join(folder, part), { recursive: true });
  return root;
}

/** Runs a program of Node's in a folder. */
export function node(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH, CDK8S_CHECK_UPGRADE: "false", HOME: cwd, ...env },
  });
  return { code: status, stdout, stderr };
}

export const meshfront = "node_modules/meshfront/bin/meshfront.cjs";
