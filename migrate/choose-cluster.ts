// A state of several clusters: the part whose alias or instance key is the cluster's name, if exactly one is. What stays unchosen is still
// in `terraform`, so that the hand-over forgets single instances and not all of them.
import { groupBy } from "../core/group-by.ts";
import { listed } from "../core/listed.ts";
import type { LiveState, Origin, ReaderNote } from "./live.ts";

const code = "several-clusters";

/** `names`: what the cluster is called, here and in AWS. The state as it was where nothing has to be chosen, or nothing can be. */
export function chooseCluster(state: LiveState, names: readonly (string | undefined)[]): LiveState {
  if (!state.notes.some((note) => note.code === code)) return state;
  const labels = labelsByAddress(state);
  const rivals = rivalsIn(state).map((addresses) => addresses.map((address) => labels.get(address) ?? []));
  const name = names.find(
    (each) =>
      each !== undefined && rivals.every((same) => same.filter((own) => own.includes(each)).length === 1),
  );
  if (name === undefined) return state;
  const all = rivals.flat();
  const ours = new Set(all.filter((own) => own.includes(name)).flat());
  const others = new Set(all.flat().filter((label) => !ours.has(label)));
  const isOurs = ({ origin }: { readonly origin: Origin }) =>
    !labelsOf(origin.address ?? "", labels).some((label) => others.has(label));
  return {
    ...state,
    objects: state.objects.filter(isOurs),
    releases: state.releases.filter(isOurs),
    awsFacts: state.awsFacts.filter(isOurs),
    notes: [
      ...state.notes.filter((note) => note.code !== code && isOurs(note)),
      ...state.notes.filter((note) => note.code === code).map((note) => chosen(note, name, [...others])),
    ],
  };
}

const chosen = ({ origin }: ReaderNote, name: string, others: readonly string[]): ReaderNote => ({
  code: "chosen-cluster",
  severity: "note",
  message: `the state holds several clusters: what belongs to ${name} is taken, what belongs to ${listed(others)} is left alone`,
  advice: "Look through the addresses in MIGRATION.md: not one may be of another cluster.",
  origin,
});

/** Addresses of releases that have the same name in one file. */
const rivalsIn = ({ releases }: LiveState): readonly (readonly string[])[] =>
  [...groupBy(releases, ({ origin, namespace, name }) => `${origin.file} ${namespace}/${name}`).values()]
    .map((same) => same.flatMap(({ origin }) => origin.address ?? []))
    .filter((addresses) => addresses.length > 1);

/** What may be called like a cluster: the provider's alias, and keys of modules and resources. */
function labelsByAddress({ terraform }: LiveState): ReadonlyMap<string, readonly string[]> {
  const resources = terraform.flatMap((source) => source.resources);
  return new Map(
    resources.map(({ address, provider }) => {
      const alias = /\]\.([^.]+)$/.exec(provider ?? "")?.[1];
      return [address, [...(alias === undefined ? [] : [alias]), ...keysIn(address)]];
    }),
  );
}

/** A data source is in no list of resources; its keys are in its address. */
const labelsOf = (address: string, labels: ReadonlyMap<string, readonly string[]>): readonly string[] =>
  labels.get(address) ?? keysIn(address);

const keysIn = (address: string): readonly string[] =>
  [...address.matchAll(/\["((?:[^"\\]|\\.)*)"\]/g)].map(([, key = ""]) => key);
