// A Terraform or OpenTofu document -> what is live. Of a plan that is prior_state, never what would be: values that are known only
// after apply are absent there, and a door without its annotations would be read as one that has none.
import { groupBy } from "../../../core/group-by.ts";
import type { JsonObject } from "../../../core/json.ts";
import type {
  LiveObject,
  LiveRelease,
  LiveState,
  ReaderNote,
  TerraformResource,
  Unrecognised,
} from "../../live.ts";
import { mapOf, textOf } from "../../recognise/objects.ts";
import { withoutSecrets } from "../../secret-values.ts";
import { withoutServerFields } from "../manifests.ts";
import { awsFactOf } from "./aws.ts";
import { helmRelease } from "./helm-release.ts";
import { deposed, instanceNotes } from "./instance-notes.ts";
import { isKnownType } from "./known-types.ts";
import { objectsOf } from "./kubernetes.ts";
import { encrypted, noState, nothingApplied, notOfVersion4, withheldNote } from "./notes.ts";
import { planNotes } from "./plan-notes.ts";
import { providersOf } from "./plan-providers.ts";
import { instancesOfState, instancesOfValues, type TerraformInstance } from "./resources.ts";
import { secretTexts } from "./secrets.ts";
import { severalClusters } from "./several-clusters.ts";

/** What the document calls sensitive, for a check that none of it is printed. */
export const secretValues = (document: JsonObject): ReadonlySet<string> =>
  secretTexts(instancesOf(document), document);

/** Undefined for JSON that is neither a state nor a plan. */
export function readTerraform(document: JsonObject, file: string): LiveState | undefined {
  if (document.encrypted_data !== undefined) return refused(encrypted(file));
  if (
    typeof document.version === "number" &&
    (document.resources !== undefined || document.lineage !== undefined)
  ) {
    if (document.version !== 4) return refused(notOfVersion4(file, document.version));
    return liveState(instancesOfState(document), document, file, []);
  }
  if (typeof document.format_version !== "string") return undefined;
  if (Object.keys(document).length === 1) return refused(noState(file));
  if (document.terraform_version === undefined) return undefined;
  const isPlan = document.resource_changes !== undefined || document.planned_values !== undefined;
  const notes = isPlan ? planNotes(document, file) : [];
  const instances = instancesOf(document);
  const isEmpty = instances.every(({ isData }) => isData);
  return liveState(instances, document, file, isEmpty ? [...notes, nothingApplied(file, isPlan)] : notes);
}

/** What is live, in each of the formats. */
function instancesOf(document: JsonObject): readonly TerraformInstance[] {
  if (document.version === 4) return instancesOfState(document);
  const isPlan = document.resource_changes !== undefined || document.planned_values !== undefined;
  return isPlan
    ? instancesOfValues(mapOf(document.prior_state).values, providersOf(document))
    : instancesOfValues(document.values);
}

const emptyState: LiveState = {
  objects: [],
  releases: [],
  awsFacts: [],
  unrecognised: [],
  notes: [],
  terraform: [],
};
const refused = (note: ReaderNote): LiveState => ({ ...emptyState, notes: [note] });

function liveState(
  all: readonly TerraformInstance[],
  document: JsonObject,
  file: string,
  notes: readonly ReaderNote[],
): LiveState {
  const secrets = secretTexts(all, document);
  const instances = all.filter(({ isDeposed }) => !isDeposed);
  const known = instances.filter(({ type, isData }) => !isData && isKnownType(type));
  const gone = all.filter(({ isDeposed, type }) => isDeposed && isKnownType(type));
  const releases = instances.flatMap((each) =>
    each.type === "helm_release" && !each.isData ? [helmRelease(each, file, secrets)] : [],
  );
  const objects = instances.flatMap((each) => liveObjects(each, file, secrets));
  const istio = releases.filter(({ chart }) => istioCharts.includes(chart));
  return {
    objects,
    secrets,
    releases: istio,
    awsFacts: instances.flatMap((each) => awsFactOf(each, { file, address: each.address }) ?? []),
    unrecognised: unrecognisedIn(instances, releases, file),
    notes: [
      ...notes,
      ...gone.map((each) => deposed(each, file)),
      ...instanceNotes(known, file),
      ...severalClusters(istio, known, file),
      ...objects.flatMap(withheldNote),
    ],
    terraform: [
      {
        file,
        program: programOf(all),
        version: textOf(document.terraform_version) || undefined,
        resources: instances.filter(({ isData }) => !isData).map(handOverEntry),
      },
    ],
  };
}

const istioCharts: readonly string[] = ["base", "istiod", "gateway", "cni", "ztunnel"];

function liveObjects(
  instance: TerraformInstance,
  file: string,
  secrets: ReadonlySet<string>,
): readonly LiveObject[] {
  const origin = { file, address: instance.address };
  // Services are read as data, to look a NodePort up; any other data source holds nothing that anybody manages.
  if (instance.isData && !/^kubernetes_service/.test(instance.type)) return [];
  return (objectsOf(instance) ?? []).flatMap(({ manifest, configuredOnly }) => {
    if (textOf(manifest.kind) === "") return [];
    const { object, withheld } = withoutSecrets(withoutServerFields(manifest), secrets);
    return [
      {
        ...{ manifest: object, origin },
        ...(configuredOnly && { configuredOnly }),
        ...(withheld.length > 0 && { withheld }),
      },
    ];
  });
}

/** One entry for each type, so that a state of thousands of resources stays readable. */
function unrecognisedIn(
  instances: readonly TerraformInstance[],
  releases: readonly LiveRelease[],
  file: string,
): readonly Unrecognised[] {
  const others = instances.filter(
    (each) =>
      !each.isData &&
      each.type !== "helm_release" &&
      objectsOf(each) === undefined &&
      awsFactOf(each, { file }) === undefined,
  );
  const types = [...groupBy(others, ({ type }) => type)].map(([type, same]) => ({
    what: same.length === 1 ? (same[0]?.address ?? type) : `${same.length} of ${type}`,
    reason: type.startsWith("kubernetes_namespace")
      ? "A namespace: it stays Terraform's, and the Applications use it"
      : "It is no part of the front: it stays Terraform's",
    origin: { file },
  }));
  const charts = releases
    .filter(({ chart }) => !istioCharts.includes(chart))
    .map(({ chart, origin }) => ({
      what: origin.address ?? chart,
      reason: `A release of the chart ${chart}, which is none of Istio's: it stays Terraform's`,
      origin: { file },
    }));
  return [...charts, ...types];
}

const programOf = (instances: readonly TerraformInstance[]): "terraform" | "opentofu" =>
  instances.some(({ providerName }) => providerName.startsWith("registry.opentofu.org/"))
    ? "opentofu"
    : "terraform";

function handOverEntry(instance: TerraformInstance): TerraformResource {
  const { address, type, name, modules, isKeyed, provider } = instance;
  const kind = type === "helm_release" ? "release" : objectsOf(instance) === undefined ? "other" : "object";
  return { address, type, resource: `${type}.${name}`, modules, keyed: isKeyed, provider, kind };
}
