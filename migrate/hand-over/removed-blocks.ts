// Terraform forgets what ours takes over: `removed` blocks as Terraform 1.7 and newer and OpenTofu accept them.
// Run with terraform 1.11.4 and OpenTofu 1.12.6: addresses in a block take no instance keys (`init` fails); a block for a resource
// forgets all its instances in all instances of its modules; one instance of many goes by a `moved` block first; a block without
// destroy = false destroys with Terraform; the provider's configuration has to stay where it is aliased or inside the module.
import { groupBy } from "../../core/group-by.ts";
import type { TerraformResource, TerraformSource } from "../live.ts";

export interface RemovedBlocks {
  /** Text of removed.tf; empty where nothing is to be forgotten. */
  readonly tf: string;
  /** The same by hand: one command per address. */
  readonly stateRm: readonly string[];
  /** Whole sentences on what has to stay or to go beside it. */
  readonly warnings: readonly string[];
}

export function removedBlocks(
  { file, program, resources }: TerraformSource,
  addresses: ReadonlySet<string>,
): RemovedBlocks {
  const wanted = resources.filter(({ address }) => addresses.has(address));
  if (wanted.length === 0) return { tf: "", stateRm: [], warnings: [] };
  const groups = [...groupBy(wanted, withoutKeys)].map(([address, instances]) => ({
    address,
    instances,
    all: resources.filter((each) => withoutKeys(each) === address).length,
  }));
  const blocks = groups.flatMap(({ address, instances, all }) =>
    instances.length === all ? [removed(address)] : instances.flatMap(moveAndRemove),
  );
  return {
    tf: `${[header(file), ...blocks].join("\n")}`,
    stateRm: wanted.map(
      ({ address }) => `${program === "opentofu" ? "tofu" : "terraform"} state rm ${quoted(address)}`,
    ),
    warnings: warningsOf(wanted),
  };
}

const withoutKeys = ({ modules, resource }: TerraformResource): string =>
  [...modules.map((name) => `module.${name}`), resource].join(".");

const header = (file: string): string =>
  `# Written by \`meshfront migrate\` from ${file}: Terraform forgets these resources and destroys nothing.
# In the same change delete their resource blocks, and the locals, outputs and data sources that name them. \`terraform plan\` then
# says "0 to add, 0 to change, 0 to destroy". Remove this file after the apply.
`;

const removed = (address: string): string => `removed {
  from = ${address}

  lifecycle {
    destroy = false
  }
}
`;

/** One instance of several: moved to a name of its own, which is then forgotten. Its key has to leave for_each or count in the same change. */
function moveAndRemove({ address, type }: TerraformResource): readonly string[] {
  const own = `${type}.leave_${address.replaceAll(/[^A-Za-z0-9]+/g, "_").replace(/_$/, "")}`;
  return [
    `moved {
  from = ${address}
  to   = ${own}
}
`,
    removed(own),
  ];
}

/** For a POSIX shell. */
const quoted = (address: string): string => `'${address.replaceAll("'", "'\\''")}'`;

function warningsOf(wanted: readonly TerraformResource[]): readonly string[] {
  const inModule = wanted.filter(({ provider }) => provider?.startsWith("module."));
  const aliased = wanted.filter(({ provider }) => /\]\.\w+$/.test(provider ?? ""));
  const partly = wanted.filter(({ keyed }) => keyed);
  return [
    ...(inModule.length > 0
      ? [
          `The provider of ${inModule[0]?.address} is configured inside its module: keep the module's call and its provider block until the apply, delete the resources alone, and the module afterwards. Without it Terraform fails with "Provider configuration not present".`,
        ]
      : []),
    ...(aliased.length > 0
      ? [`The provider of ${aliased[0]?.address} has an alias: keep its provider block until the apply.`]
      : []),
    ...(partly.length > 0
      ? [
          "A block takes no instance keys and forgets every instance of its resource, in every instance of its module. Another root that calls the same module needs blocks of its own, or its instances are destroyed.",
        ]
      : []),
  ];
}
