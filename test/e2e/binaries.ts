// Finds the real programs of the test bed, or builds them once, from the Go module testbed/, into a folder outside of
// Git that is keyed by that module, so that a change of any version builds anew.
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findOrInstallGo } from "../../tools/go-toolchain.mjs";

const MODULE = fileURLToPath(new URL("testbed/", import.meta.url));
const CACHE = fileURLToPath(new URL("../../.cache/e2e/", import.meta.url));

/** As the release build of Kubernetes does it; without them the API server reports a version that clients cannot parse. */
const VERSION_FLAGS = Object.entries({
  gitVersion: "v1.36.1",
  gitMajor: "1",
  gitMinor: "36",
  gitCommit: "none",
  gitTreeState: "clean",
  buildDate: "1970-01-01T00:00:00Z",
}).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);

const ARGOCD_MODULE = "github.com/argoproj/argo-cd/v3";

/** Program -> its package in testbed/go.mod, and what `go build` calls the file. */
const TOOLS = {
  etcd: { path: "go.etcd.io/etcd/server/v3", builtAs: "server" },
  "kube-apiserver": { path: "k8s.io/kubernetes/cmd/kube-apiserver", builtAs: "kube-apiserver" },
  "kube-controller-manager": {
    path: "k8s.io/kubernetes/cmd/kube-controller-manager",
    builtAs: "kube-controller-manager",
  },
  kubectl: { path: "k8s.io/kubernetes/cmd/kubectl", builtAs: "kubectl" },
  helm: { path: "helm.sh/helm/v4/cmd/helm", builtAs: "helm" },
  argocd: { path: `${ARGOCD_MODULE}/cmd`, builtAs: "cmd" },
  redis: { path: "./redis", builtAs: "redis" },
} as const;

type Tool = keyof typeof TOOLS;

/** What is copied from the argo-cd module beside the binaries: the CRDs, and a script that repo-server calls for each Git source. */
const ARGOCD_FILES = [
  "manifests/crds/application-crd.yaml",
  "manifests/crds/applicationset-crd.yaml",
  "manifests/crds/appproject-crd.yaml",
  "hack/git-verify-wrapper.sh",
] as const;

export interface Binaries {
  /** Holds `helm` and git-verify-wrapper.sh, for PATH. */
  readonly folder: string;
  readonly programs: Readonly<Record<Tool, string>>;
  readonly argocdCrds: readonly string[];
}

/** @param progress gets one line per step and minute: a cold build takes minutes */
export async function findOrBuildBinaries(progress: (line: string) => void): Promise<Binaries> {
  const folder = join(CACHE, cacheKey(), "bin");
  mkdirSync(folder, { recursive: true });
  const tools = Object.keys(TOOLS) as Tool[]; // Object.keys forgets the names
  const missing = tools.filter((tool) => tryFindTool(folder, tool) === undefined);
  const isComplete = ARGOCD_FILES.every((file) => existsSync(join(folder, baseName(file))));
  if (missing.length > 0 || !isComplete) await build(folder, missing, progress);
  const found = tools.map((tool) => [tool, tryFindTool(folder, tool)]);
  return {
    folder,
    programs: Object.fromEntries(found),
    argocdCrds: ARGOCD_FILES.filter((file) => file.endsWith("-crd.yaml")).map((file) =>
      join(folder, baseName(file)),
    ),
  };
}

function cacheKey(): string {
  const hash = createHash("sha256")
    .update(VERSION_FLAGS.join())
    .update(`${process.platform}-${process.arch}`);
  for (const file of ["go.mod", "go.sum", "redis/main.go"]) hash.update(readFileSync(join(MODULE, file)));
  return hash.digest("hex").slice(0, 16);
}

/** The cache, or the folder in which people who test Kubernetes controllers have etcd, kube-apiserver and kubectl. */
function tryFindTool(folder: string, tool: Tool): string | undefined {
  const assets = process.env.KUBEBUILDER_ASSETS;
  return [folder, ...(assets ? [assets] : [])]
    .map((from) => join(from, tool))
    .find((file) => existsSync(file));
}

async function build(
  folder: string,
  tools: readonly Tool[],
  progress: (line: string) => void,
): Promise<void> {
  const go = await findOrInstallGo({ folder: MODULE, progress });
  const temporary = mkdtempSync(join(folder, "..", "build-"));
  try {
    // One after the other: the memory of two links at once is what small machines lack.
    for (const tool of tools) {
      await go(`building ${tool}`, buildArguments(temporary, TOOLS[tool].path));
      renameSync(join(temporary, TOOLS[tool].builtAs), join(folder, tool));
    }
    const module = await go("finding Argo CD's CRDs", ["mod", "download", "-json", ARGOCD_MODULE]);
    const { Dir }: { Dir: string } = JSON.parse(module);
    for (const file of ARGOCD_FILES) {
      copyFileSync(join(Dir, file), join(folder, baseName(file)));
      chmodSync(join(folder, baseName(file)), 0o755); // the module cache keeps no such mode
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const buildArguments = (output: string, path: string): readonly string[] => [
  "build",
  "-trimpath",
  "-buildvcs=false",
  "-ldflags",
  ["-s", "-w", ...VERSION_FLAGS].join(" "),
  "-o",
  `${output}/`,
  path,
];

const baseName = (file: string): string => file.slice(file.lastIndexOf("/") + 1);
