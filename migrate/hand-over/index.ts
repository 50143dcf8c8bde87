// The files of the hand-over, from what was recognised.
import { children } from "../../config/children.ts";
import type { Config } from "../../config/config.ts";
import type { JsonObject } from "../../core/json.ts";
import type { LiveObject, LiveRelease, LiveState } from "../live.ts";
import type { Draft } from "../recognise/index.ts";
import { kindOf, nameOf, namespaceOf } from "../recognise/objects.ts";
import { removedBlocks } from "./removed-blocks.ts";
import { migrationText } from "./steps.ts";

export interface HandOverFile {
  /** Relative to the project. */
  readonly path: string;
  readonly text: string;
}

const identity = (object: LiveObject): string =>
  [kindOf(object), namespaceOf(object), nameOf(object)].join("/");

/** `state` is the input as it was read: an object that stands in it twice has two addresses. */
export function handOverFiles(
  state: LiveState,
  draft: Draft,
  config: Config,
  rendered: readonly JsonObject[],
): readonly HandOverFile[] {
  const folder = `migration/${config.cluster.name}`;
  const taken = new Set(draft.takenOver.map(identity));
  const releases = draft.state.releases.filter(
    (release) => release.isValuesFile !== true && isTakenOver(release, draft),
  );
  const names = new Set(releases.map(({ namespace, name }) => `${namespace}/${name}`));
  const addresses = new Set([
    ...state.objects
      .filter((object) => taken.has(identity(object)))
      .flatMap(({ origin }) => origin.address ?? []),
    ...state.releases
      .filter(({ namespace, name }) => names.has(`${namespace}/${name}`))
      .flatMap(({ origin }) => origin.address ?? []),
  ]);
  const sources = state.terraform.map((source, index) => ({
    source,
    blocks: removedBlocks(source, addresses),
    file: `${folder}/removed${state.terraform.length > 1 ? `-${index + 1}` : ""}.tf`,
  }));
  const ours = new Set(rendered.map((manifest) => identity({ manifest, origin: { file: "" } })));
  const text = migrationText({
    cluster: config.cluster.name,
    findings: draft.findings.all,
    releases,
    sources,
    leftovers: draft.takenOver.filter((object) => !ours.has(identity(object))),
    argocdNamespace: config.argocd.namespace,
    applications: rendered
      .filter(({ kind }) => kind === "Application")
      .map((object) => nameOf({ manifest: object, origin: { file: "" } })),
    projects: [config.cluster.name, `${config.cluster.name}-root`],
    comparable: comparableIn(config),
  });
  return [
    { path: `${folder}/MIGRATION.md`, text },
    ...sources
      .filter(({ blocks }) => blocks.tf !== "")
      .map(({ file, blocks }) => ({ path: file, text: blocks.tf })),
  ];
}

/** Gateway and doors: what a person knows by name. The charts' objects are compared by their values, in the report. */
const comparableIn = (config: Config): readonly string[] => {
  const folder = `dist/${config.cluster.name}`;
  return children(config).flatMap(({ name, role }) =>
    role === "gateway" ? [`${folder}/${name}`] : role === "ingress" ? [`${folder}/${name}/ingress.yaml`] : [],
  );
};

/** The control plane's, and those of gateways with a door. */
const isTakenOver = (release: LiveRelease, { doors }: Draft): boolean =>
  release.chart === "base" ||
  release.chart === "istiod" ||
  doors.some(
    ({ gateway }) => gateway.release?.name === release.name && gateway.namespace === release.namespace,
  );
