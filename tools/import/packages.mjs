// @ts-check
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** Plain JSON schemas of Kubernetes' own types; later versions have compiled validators instead. */
export const kubernetesPackage = "kubernetes-models";

/**
 * What an installed package says about itself.
 *
 * @typedef {object} PackageIdentity
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX id
 * @property {string} licenceText
 */

/**
 * @typedef {PackageIdentity & {
 *   upstreamVersion: string
 * }} PackageFacts `upstreamVersion`: release whose CRDs the package was made from, for example `2.14.11`
 */

/**
 * Installs exactly what package-lock.json says into tools/import/node_modules. Takes tarballs from npm's cache where it
 * has them, so a warm cache needs no network.
 */
export function installPackages() {
  // Level error: @kubernetes-models/istio declares Node >=22 and npm warns on 20 (EBADENGINE). Only its .d.ts are read.
  const flags = ["--loglevel=error", "--prefer-offline", "--ignore-scripts"];
  execFileSync("npm", ["ci", ...flags], { cwd: here, stdio: ["ignore", "ignore", "inherit"] });
}

/**
 * @param {import("./sources.mjs").Source} source
 * @returns {PackageFacts}
 */
export function readPackage(source) {
  /** @type {{ "crd-generate": { input: string[] } }} */
  const manifest = JSON.parse(readInstalled(source.package, "package.json"));
  return {
    ...readIdentity(source.package),
    upstreamVersion: upstreamVersion(source, manifest["crd-generate"].input),
  };
}

/**
 * @param {string} name package
 * @returns {PackageIdentity}
 */
export function readIdentity(name) {
  /** @type {{ version: string, license: string }} */
  const { version, license } = JSON.parse(readInstalled(name, "package.json"));
  return { name, version, licence: license, licenceText: readInstalled(name, "LICENSE").trim() };
}

/**
 * The text of a file of an installed package.
 *
 * @param {string} name package
 * @param {string} file path inside the package
 */
export function readInstalled(name, file) {
  return readFileSync(join(here, "node_modules", name, file), "utf8");
}

/**
 * @param {import("./sources.mjs").Source} source
 * @param {readonly string[]} inputs URLs such as …/istio/istio/1.29.2/manifests/charts/base/files/crd-all.gen.yaml
 */
function upstreamVersion({ package: name, upstream }, inputs) {
  const url = inputs.find((input) => input.endsWith(`/${upstream.file}`));
  const version = url?.match(/\/v?(\d+\.\d+\.\d+)\//)?.[1];
  if (version === undefined) {
    throw new Error(
      `Expected ${name}/package.json to name the release of ${upstream.name} in a URL of "crd-generate.input" that ends with ${upstream.file}; found ${JSON.stringify(inputs)}. Adapt \`upstream.file\` in tools/import/sources.mjs.`,
    );
  }
  return version;
}
