// @ts-check
// `npm run import`: what Argo CD, Istio and Kubernetes publish in their Go modules -> CRD files -> `cdk8s import` ->
// imports/*.ts, and -> imports/schemas.json, mesh-schema.json and pod-schema.json. Run it after a change of sources.mjs or of the patches; read the diff of
// imports/ and commit it.
import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findOrInstallGo, NOT_RUN, Unavailable } from "../go-toolchain.mjs";
import { findCrd, renderCrdFile } from "./crd-files.mjs";
import { renderMeshSchema } from "./mesh-schema.mjs";
import { renderNotice } from "./notice.mjs";
import { renderPodSchema } from "./pod-schema.mjs";
import { renderOwnSchemas, renderSchemas } from "./schemas-file.mjs";
import { groupOf, kinds, modules, openApiFile, ownKinds } from "./sources.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

try {
  const read = await downloadModules();
  const folder = mkdtempSync(join(tmpdir(), "meshfront-import-"));
  try {
    writeImports(read, folder);
    // Only now, and all of it: what fails leaves imports/ as it was.
    rmSync(join(root, "imports"), { recursive: true, force: true });
    cpSync(join(folder, "imports"), join(root, "imports"), { recursive: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const isMissing = error instanceof Unavailable;
  console.error(isMissing ? `npm run import: not run: ${message.replace(/\s+/g, " ")}` : message);
  process.exitCode = isMissing ? NOT_RUN : 1;
}

/** @typedef {import("./sources.mjs").Kind} Kind */
/** @typedef {(from: keyof typeof modules, file: string) => string} Read the text of a file of a module */

/** @returns {Promise<Read>} */
async function downloadModules() {
  const go = await findOrInstallGo({ folder: root, progress: (line) => console.error(line) });
  /** @type {Map<string, string>} */
  const folders = new Map();
  for (const [name, { path, version }] of Object.entries(modules)) {
    const output = await go(`downloading ${path} ${version}`, [
      "mod",
      "download",
      "-json",
      `${path}@${version}`,
    ]);
    folders.set(name, JSON.parse(output).Dir);
  }
  return (from, file) => {
    const path = join(folders.get(from) ?? "", file);
    if (existsSync(path)) return readFileSync(path, "utf8");
    throw new Error(
      `Expected ${file} in ${modules[from].path} ${modules[from].version}; there is no such file.`,
    );
  };
}

/**
 * Everything that stands in imports/, in the folder of this name below `folder`.
 *
 * @param {Read} read
 * @param {string} folder
 */
function writeImports(read, folder) {
  const published = (/** @type {readonly Kind[]} */ wanted) =>
    wanted.flatMap((kind) =>
      kind.crd === undefined ? [] : [{ kind, ...findCrd(kind, read(kind.from, kind.crd)) }],
    );
  const ofKubernetes = (/** @type {readonly Kind[]} */ wanted) =>
    wanted.filter(({ crd, byHand }) => crd === undefined && byHand === undefined);
  const crds = published(kinds);
  const byHand = kinds.flatMap((kind) => (kind.byHand === undefined ? [] : [{ kind, schema: kind.byHand }]));
  const openApi = JSON.parse(read("kubernetes", openApiFile));
  const constructs = crds.filter(({ kind }) => kind.construct);
  const groups = [...new Set(constructs.map(({ kind }) => groupOf(kind)))];

  mkdirSync(join(folder, "imports/crds"), { recursive: true });
  for (const group of groups) {
    const text = renderCrdFile(constructs.filter(({ kind }) => groupOf(kind) === group));
    writeFileSync(join(folder, `imports/crds/${group}.yaml`), text);
  }
  writeFileSync(
    join(folder, "imports/schemas.json"),
    renderSchemas([...crds, ...byHand], ofKubernetes(kinds), openApi),
  );
  writeFileSync(
    join(folder, "imports/own-schemas.json"),
    renderOwnSchemas(published(ownKinds), ofKubernetes(ownKinds), openApi),
  );
  const meshSchema = renderMeshSchema((file) => read("istio", file));
  writeFileSync(join(folder, "imports/mesh-schema.json"), meshSchema);
  writeFileSync(join(folder, "imports/pod-schema.json"), renderPodSchema(openApi));
  writeFileSync(join(folder, "imports/NOTICE"), renderNotice());
  importWithCdk8s(folder);
  const missing = groups.filter((group) => !existsSync(join(folder, `imports/${group}.ts`)));
  if (missing.length > 0) {
    throw new Error(
      `Expected cdk8s.yaml to import ${missing.map((group) => `imports/crds/${group}.yaml`).join(", ")}.`,
    );
  }
}

/**
 * The same as `npx cdk8s import` here, and offline: the upgrade check would call the registry and has no timeout.
 *
 * @param {string} folder
 */
function importWithCdk8s(folder) {
  copyFileSync(join(root, "cdk8s.yaml"), join(folder, "cdk8s.yaml"));
  execFileSync(join(root, "node_modules/.bin/cdk8s"), ["import", "--no-save"], {
    cwd: folder,
    env: { ...process.env, CDK8S_CHECK_UPGRADE: "false" },
    stdio: ["ignore", "inherit", "inherit"],
  });
}
