// One state may hold two clusters: the same release in each, by providers with an alias. A cluster file is about one.
import { groupBy } from "../../../core/group-by.ts";
import { listed } from "../../../core/listed.ts";
import type { LiveRelease, ReaderNote } from "../../live.ts";
import type { TerraformInstance } from "./resources.ts";

/** `instances` are those of helm_release, in the order of `releases`. */
export function severalClusters(
  releases: readonly LiveRelease[],
  instances: readonly TerraformInstance[],
  file: string,
): readonly ReaderNote[] {
  const provider = new Map(instances.map((each) => [each.address, each.provider]));
  const twice = [...groupBy(releases, ({ namespace, name }) => `${namespace}/${name}`)].find(
    ([, same]) => same.length > 1,
  );
  if (twice === undefined) return [];
  const [release, same] = twice;
  const addresses = same.flatMap(({ origin }) => origin.address ?? []);
  const providers = [...new Set(addresses.flatMap((address) => provider.get(address) ?? []))];
  const why =
    providers.length > 1
      ? `its providers are ${listed(providers)}, so the state holds several clusters`
      : "so the state holds several clusters, or two resources that fight over one release";
  return [
    {
      code: "several-clusters",
      severity: "error",
      message: `release ${release} stands in ${file} at ${listed(addresses)}: ${why}`,
      advice:
        "Name the cluster as its provider's alias or its instance key is (`--cluster`, `--eks-name`). Or give one cluster's part of the raw state, for instance `terraform state pull | jq '.resources |= map(select(.provider | endswith(\".demo\")))'`, or of one module with `.module`. MIGRATION.md then knows that part alone: use its `state rm` lines, because a block would forget the other cluster's instances too.",
      origin: { file },
    },
  ];
}
