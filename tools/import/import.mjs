// @ts-check
// `npm run import`: type packages -> CRD files -> `cdk8s import` -> imports/*.ts, and -> imports/schemas.json. Run it
// after a change of the versions in tools/import/package.json, of sources.mjs or of the patches; read the diff of imports/
// and commit it.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { renderNotice } from "./notice.mjs";
import { installPackages, kubernetesPackage, readIdentity, readPackage } from "./packages.mjs";
import { sources } from "./sources.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run() {
  installPackages();
  // Only now: these read YAML and TypeScript with the packages that were just installed.
  const { renderCrdFile } = await import("./crd-files.mjs");
  const { renderSchemas } = await import("./schemas-file.mjs");
  const { parse } = await import("yaml");

  expectImports(parse(readFileSync(join(root, "cdk8s.yaml"), "utf8")).imports, sources.map(crdFile));

  const inputs = sources.map((source) => ({ source, facts: readPackage(source) }));
  // Everything is rendered before anything is written: a needless patch leaves imports/ as it was.
  /** @type {[string, string][]} */
  const files = inputs.map(({ source, facts }) => [crdFile(source), renderCrdFile(source, facts)]);
  files.push(["imports/schemas.json", renderSchemas(sources)]);
  files.push(["imports/NOTICE", renderNotice(inputs, readIdentity(kubernetesPackage))]);
  mkdirSync(join(root, "imports/crds"), { recursive: true });
  for (const [file, text] of files) writeFileSync(join(root, file), text);
  for (const { source, facts } of inputs) {
    console.error(`${facts.name} ${facts.version} (${source.upstream.name} ${facts.upstreamVersion})`);
  }
  importWithCdk8s();
}

/** @param {import("./sources.mjs").Source} source */
function crdFile({ group }) {
  return `imports/crds/${group}.yaml`;
}

/**
 * `cdk8s import` takes its work from cdk8s.yaml; whatever is missing there would silently stay as it was.
 *
 * @param {unknown} found
 * @param {readonly string[]} expected
 */
function expectImports(found, expected) {
  if (JSON.stringify(found) === JSON.stringify(expected)) return;
  throw new Error(
    `Expected \`imports\` of cdk8s.yaml to be ${JSON.stringify(expected)} (tools/import/sources.mjs), found ${JSON.stringify(found)}. Make the two agree.`,
  );
}

/** The same as `npx cdk8s import`, and offline: the upgrade check would call the registry and has no timeout. */
function importWithCdk8s() {
  const cdk8s = join(root, "node_modules/.bin/cdk8s");
  execFileSync(cdk8s, ["import", "--no-save"], {
    cwd: root,
    env: { ...process.env, CDK8S_CHECK_UPGRADE: "false" },
    stdio: ["ignore", "inherit", "inherit"],
  });
}
