// The objects that synth would write against those that are live, one by one.
import { isJsonObject, type JsonObject, valueAt } from "../../core/json.ts";
import type { LiveObject, LiveRelease, LiveState } from "../live.ts";
import type { Draft } from "../recognise/index.ts";
import { releaseTitle } from "../recognise/istio-values.ts";
import { groupOf, kindOf, mapOf, nameOf, namespaceOf, textOf, titleOf } from "../recognise/objects.ts";
import { type Comparison, compareLive, compareValues } from "./comparison.ts";
import { effectiveIngress } from "./effective-ingress.ts";
import { effectiveIstio } from "./effective-istio.ts";

/** Kinds of the front that a person recognises; Applications, the hook and its rights are new by nature. */
const compared: readonly string[] = ["Ingress", "Gateway", "VirtualService"];

export function compareDraft(draft: Draft, rendered: readonly JsonObject[]): readonly Comparison[] {
  const { state } = draft;
  const ours = rendered.filter(({ kind }) => compared.includes(textOf(kind)));
  return [
    ...ours.map((object) => compareObject(state, draft, object)),
    ...rendered.flatMap((object) => compareRelease(state, object)),
  ];
}

function compareObject(state: LiveState, draft: Draft, manifest: JsonObject): Comparison {
  const ours: LiveObject = { manifest, origin: { file: "" } };
  const door = draft.doors.find(({ view }) => kindOf(ours) === "Ingress" && isSame(view.object, ours));
  if (door !== undefined)
    return compareLive(
      titleOf(ours),
      effectiveIngress(door),
      manifest,
      door.view.object.configuredOnly !== true,
    );
  const live = state.objects.find((each) => isSame(each, ours)) ?? elsewhere(state, ours);
  return compareLive(
    titleOf(ours),
    live === undefined ? undefined : effectiveIstio(withoutNotes(live.manifest)),
    effectiveIstio(manifest),
    live?.configuredOnly !== true,
  );
}

const isSame = (a: LiveObject, b: LiveObject): boolean =>
  kindOf(a) === kindOf(b) && nameOf(a) === nameOf(b) && namespaceOf(a) === namespaceOf(b) && isKin(a, b);

/** Ours stand beside the gateway, theirs often elsewhere. */
const elsewhere = ({ objects }: LiveState, ours: LiveObject): LiveObject | undefined =>
  objects.find((each) => kindOf(each) === kindOf(ours) && nameOf(each) === nameOf(ours) && isKin(each, ours));

const isKin = (a: LiveObject, b: LiveObject): boolean => groupOf(a) === groupOf(b) || kindOf(a) === "Ingress";

/** What tools note on objects says nothing of them. */
function withoutNotes({ status: _, metadata, ...object }: JsonObject): JsonObject {
  const { name, namespace, labels } = mapOf(metadata);
  return {
    ...object,
    metadata: {
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
      ...(isJsonObject(labels) && { labels }),
    },
  };
}

function compareRelease({ releases }: LiveState, object: JsonObject): readonly Comparison[] {
  if (object.kind !== "Application") return [];
  const helm = mapOf(valueAt(object, ["spec", "source", "helm"]));
  const namespace = textOf(valueAt(object, ["spec", "destination", "namespace"]));
  const chart =
    textOf(valueAt(object, ["spec", "source", "chart"]))
      .split("/")
      .at(-1) ?? "";
  const release = releases.find((each) => isOf(each, chart, textOf(helm.releaseName), namespace));
  if (release === undefined) return [];
  return [compareValues(releaseTitle(release), plain(release.values), mapOf(helm.valuesObject))];
}

const isOf = (release: LiveRelease, chart: string, name: string, namespace: string): boolean =>
  release.chart === chart &&
  release.namespace === namespace &&
  (chart !== "gateway" || release.name === name);

function plain(values: JsonObject): JsonObject {
  const { _internal_defaults_do_not_set: wrapped, ...own } = values;
  return isJsonObject(wrapped) ? { ...wrapped, ...own } : own;
}
