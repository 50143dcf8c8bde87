// A project folder on the real disk for the tests of the writer, and files to put in it.
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { isError, type Problem } from "../../core/problem.ts";
import { clusterScope, generatedHeader, sharedScope } from "../../manifests/inventory.ts";
import { type DesiredScope, planScope, type RenderedFile, type ScopePlan } from "../../manifests/plan.ts";
import { isTemporaryName, readScope } from "../../manifests/read-output.ts";
import { type ApplyResult, applyPlans, type FileSystem, nodeFileSystem } from "../../manifests/write.ts";

/** Path -> content. What is compared is bytes, so latin1. */
export type Tree = Readonly<Record<string, string>>;

/** An empty folder. Whoever makes it removes it. */
export const makeFolder = (): string => mkdtempSync(join(tmpdir(), "meshfront-output-"));

/** An empty project, removed after the test. */
export function makeProject(tree: Tree = {}): string {
  const root = makeFolder();
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeTree(root, tree);
  return root;
}

export function writeTree(root: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, "latin1");
  }
}

/** All regular files below a folder, sorted. Symlinks are not followed. */
export function readTree(root: string, folder = ""): Tree {
  const tree: Record<string, string> = {};
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(tree, readTree(root, path));
    else if (entry.isFile()) tree[path] = readFileSync(join(root, path), "latin1");
  }
  return tree;
}

/** A tree without what an interrupted run leaves under temporary names. */
export const completeFiles = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => !path.split("/").some(isTemporaryName)));

export function modificationTimes(root: string): Readonly<Record<string, bigint>> {
  const paths = Object.keys(readTree(root));
  return Object.fromEntries(
    paths.map((path) => [path, lstatSync(join(root, path), { bigint: true }).mtimeNs]),
  );
}

/** A generated file: the header, a line for each object, and something to tell two versions apart. */
export function generated(path: string, version: string | number, ...identities: string[]): RenderedFile {
  const lines = [`${generatedHeader} from a test.`, ...identities.map((each) => `object: ${each}`)];
  return { path, text: `${lines.join("\n")}\nversion: ${version}\n`, identities };
}

/** Reads what `generated` wrote; stands for the caller's YAML parser. */
export function identitiesOf(text: string): readonly string[] | undefined {
  if (text.includes("not yaml")) return undefined;
  return text.split("\n").flatMap((line) => (line.startsWith("object: ") ? [line.slice(8).trimEnd()] : []));
}

export const textsOf = (files: readonly RenderedFile[]): Tree =>
  Object.fromEntries(files.map((file) => [file.path, file.text]));

export const demoScope = clusterScope("demo");
export const demo = (...files: RenderedFile[]): DesiredScope => ({ scope: demoScope, files });
export const shared = (...files: RenderedFile[]): DesiredScope => ({ scope: sharedScope, files });

/** What `synth` does after rendering. */
export function synth(
  root: string,
  desired: readonly DesiredScope[],
  { fs = nodeFileSystem, allowRemoval = false }: { fs?: FileSystem; allowRemoval?: boolean } = {},
): ApplyResult & { readonly plans: readonly ScopePlan[]; readonly problems: readonly Problem[] } {
  const plans = desired.map((scope) => planScope(scope, readScope(fs, root, scope), identitiesOf));
  const problems = plans.flatMap((plan) => plan.problems);
  const losses = plans.flatMap((plan) => plan.losses);
  const refused = problems.some(isError) || (losses.length > 0 && !allowRemoval);
  const result = refused ? { written: 0, removed: 0 } : applyPlans(fs, root, plans, { allowRemoval });
  return { ...result, plans, problems };
}

/** An error as Node reports it for a call to the system. */
export function diskError(code: string, message: string): Error {
  return Object.assign(new Error(`${code}: ${message}`), { code, syscall: "write" });
}
