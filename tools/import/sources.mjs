// @ts-check

/**
 * Where one CRD group comes from: a package whose `.d.ts` were made from the real CRDs of an upstream release. The
 * package's version stands in package.json only, the upstream's in the package's own package.json.
 *
 * @typedef {object} Source
 * @property {string} group API group; also the name of the CRD file and of the module that cdk8s makes of it
 * @property {string} version API version
 * @property {string} package npm package
 * @property {{ name: string, file: string, licence: string, copyright: string }} upstream where the package took the
 *   schemas from: `file` is the end of the URL in the package's `crd-generate.input` that names the release
 * @property {readonly Kind[]} kinds
 */

/**
 * @typedef {object} Kind
 * @property {string} kind
 * @property {string} plural
 */

/** Everything that imports/ contains. All of these kinds are namespaced. @type {readonly Source[]} */
export const sources = [
  {
    group: "argoproj.io",
    version: "v1alpha1",
    package: "@kubernetes-models/argo-cd",
    upstream: {
      name: "Argo CD",
      file: "manifests/crds/application-crd.yaml",
      licence: "Apache-2.0",
      copyright: "Copyright 2017-2018 The Argo Authors",
    },
    kinds: [
      { kind: "Application", plural: "applications" },
      { kind: "AppProject", plural: "appprojects" },
    ],
  },
  {
    group: "networking.istio.io",
    version: "v1",
    package: "@kubernetes-models/istio",
    upstream: {
      name: "Istio",
      file: "manifests/charts/base/files/crd-all.gen.yaml",
      licence: "Apache-2.0",
      copyright: "Copyright Istio Authors",
    },
    kinds: [
      { kind: "Gateway", plural: "gateways" },
      { kind: "VirtualService", plural: "virtualservices" },
    ],
  },
];
