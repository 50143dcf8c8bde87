// One object that stands in the input several times: the same twice is one; two states that claim it, or two versions of it,
// are for a person to sort out.

import { groupBy } from "../../core/group-by.ts";
import { canonical } from "../../manifests/diff/canonical.ts";
import type { Findings } from "../finding.ts";
import type { LiveObject, LiveState } from "../live.ts";
import { groupOf, kindOf, nameOf, namespaceOf, originText, titleOf } from "./objects.ts";

const identity = (object: LiveObject): string => {
  // An Ingress is the same object under each of its groups.
  const group = kindOf(object) === "Ingress" ? "" : groupOf(object);
  return [group, kindOf(object), namespaceOf(object), nameOf(object)].join("/");
};

/** The state with each object once. */
export function sayClaims(state: LiveState, findings: Findings): LiveState {
  const objects = [...groupBy(state.objects, identity).values()].flatMap((same) => {
    const [first, ...others] = same;
    if (first === undefined) return [];
    if (others.length > 0) sayOne(first, others, findings);
    return [best(same)];
  });
  for (const [, same] of groupBy(state.releases, ({ namespace, name }) => `${namespace}/${name}`)) {
    const states = [
      ...new Set(same.flatMap(({ origin }) => (origin.address === undefined ? [] : [origin.file]))),
    ];
    if (states.length > 1)
      findings.refuse(
        "claimed-twice",
        `release ${same[0]?.namespace}/${same[0]?.name}`,
        `Two states claim it: ${states.join(", ")}. Whichever runs next fights the other. Remove it from one of them first, and give the states of one cluster only.`,
      );
  }
  return { ...state, objects, releases: uniqueReleases(state) };
}

/** Of a release that Terraform and Helm both tell, Helm's: its values are what is live. */
function uniqueReleases({ releases }: LiveState) {
  return [...groupBy(releases, ({ namespace, name }) => `${namespace}/${name}`).values()].flatMap((same) => {
    const best =
      same.find(({ origin }) => origin.address === undefined) ??
      same.find(({ guess }) => guess === undefined) ??
      same[0];
    const repository = same.find((each) => each.repository !== undefined)?.repository;
    return best === undefined ? [] : [{ ...best, repository }];
  });
}

function sayOne(first: LiveObject, others: readonly LiveObject[], findings: Findings): void {
  const all = [first, ...others];
  const states = [
    ...new Set(all.flatMap(({ origin }) => (origin.address === undefined ? [] : [origin.file]))),
  ];
  const places = all.map(({ origin }) => originText(origin)).join("; ");
  if (states.length > 1) {
    findings.refuse(
      "claimed-twice",
      titleOf(first),
      `Two states claim it: ${places}. Whichever runs next fights the other. Remove it from one of them first, and give the states of one cluster only.`,
    );
    return;
  }
  const read = all.filter(({ isRead }) => isRead === true);
  if (isOneContent(read.length > 0 ? read : all)) {
    const isSame = isOneContent(all);
    findings.step(
      isSame ? "twice" : "read-and-applied",
      titleOf(first),
      isSame
        ? `It stands in the input ${all.length} times with the same content: ${places}. It is one object; each address needs its own place in the hand-over.`
        : `What the cluster says of it is not what was applied: ${places}. What the cluster says is taken (${originText(best(all).origin)}).`,
    );
  } else
    findings.refuse(
      "two-versions",
      titleOf(first),
      `It stands in the input in several versions: ${places}. Give the one that is live (\`kubectl get -o yaml\`).`,
    );
}

/** What the cluster says is more than what somebody applied. */
const best = (same: readonly LiveObject[]): LiveObject => {
  const found =
    same.find(({ isRead }) => isRead === true) ??
    same.find(({ configuredOnly }) => configuredOnly !== true) ??
    same[0];
  if (found === undefined) throw new Error("an object that is nowhere");
  return found;
};

const isOneContent = (objects: readonly LiveObject[]): boolean =>
  new Set(objects.map(({ manifest }) => canonical({ ...manifest, status: null }))).size <= 1;
