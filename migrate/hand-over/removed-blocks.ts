// Terraform forgets what ours takes over: `removed` blocks as Terraform 1.7 and newer and OpenTofu accept them.
// Run with terraform 1.11.4 and OpenTofu 1.12.6: addresses in a block take no instance keys (`init` fails); a block for a resource
// forgets all its instances in all instances of its modules; one instance of many goes by a `moved` block first; a block without
// destroy = false destroys with Terraform; the provider's configuration has to stay where it is aliased or inside the module.
import { groupBy } from "../../core/group-by.ts";
import { listed } from "../../core/listed.ts";
import type { TerraformResource, TerraformSource } from "../live.ts";

export interface RemovedBlocks {
  /** Text of removed.tf; empty where no block is needed. */
  readonly tf: string;
  /** The same by hand: one command per address. */
  readonly stateRm: readonly string[];
  /** Commands for what blocks cannot do, among those of `stateRm`. */
  readonly byHand: readonly string[];
  /** Whole sentences on what has to stay or to go beside it. */
  readonly warnings: readonly string[];
}

export function removedBlocks(source: TerraformSource, addresses: ReadonlySet<string>): RemovedBlocks {
  const { program, resources } = source;
  const [wanted, staying] = [
    resources.filter(({ address }) => addresses.has(address)),
    resources.filter(({ address }) => !addresses.has(address)),
  ];
  if (wanted.length === 0) return { tf: "", stateRm: [], byHand: [], warnings: [] };
  const inTheWay = wanted.filter((each) => staying.some((other) => isCountedAbove(other, each)));
  const partly = new Set(staying.map(withoutKeys));
  const names = new Set<string>();
  const blocks = [...groupBy(wanted, withoutKeys)].flatMap(([address, instances]) =>
    partly.has(address)
      ? instances.filter((each) => !inTheWay.includes(each)).flatMap((each) => moveAndRemove(each, names))
      : [removed(address)],
  );
  const stateRm = ({ address }: TerraformResource) =>
    `${program === "opentofu" ? "tofu" : "terraform"} state rm ${quoted(address)}`;
  return {
    tf: blocks.length === 0 ? "" : [header(source, wanted, staying), ...blocks].join("\n"),
    stateRm: wanted.map(stateRm),
    byHand: inTheWay.map(stateRm),
    warnings: [
      ...warningsOf(wanted, program),
      ...inTheWay.map(({ address }) => countWarning(address, program)),
    ],
  };
}

const withoutKeys = ({ modules, resource }: TerraformResource): string =>
  [...modules.map((name) => `module.${name}`), resource].join(".");

/**
 * Whether `other` stays and has a higher number of the same `count`: a lower count would end at that one, not at the one that goes.
 * Moved blocks cannot close the gap, because Terraform reads a chain of them as one move.
 */
function isCountedAbove(other: TerraformResource, { address }: TerraformResource): boolean {
  return [...address.matchAll(/\[(\d+)\]/g)].some(({ 0: key, 1: number, index }) => {
    const rest = /^\[(\d+)\]/.exec(other.address.slice(index));
    return (
      rest !== null &&
      key !== rest[0] &&
      Number(rest[1]) > Number(number) &&
      other.address.startsWith(address.slice(0, index))
    );
  });
}

function header(
  { file }: TerraformSource,
  wanted: readonly TerraformResource[],
  staying: readonly TerraformResource[],
): string {
  const modules = new Set(
    wanted.flatMap((each) => (each.modules.length > 0 ? [each.modules.join(".")] : [])),
  );
  const beside = staying.filter(
    (each) => modules.has(each.modules.join(".")) || each.type.startsWith("kubernetes_namespace"),
  );
  const names = [...new Set(beside.map(withoutKeys))];
  const stays =
    names.length === 0
      ? ""
      : `# These stay Terraform's, so their blocks stay, and the calls of their modules: ${listed(names)}.\n`;
  return `# Written by \`meshfront migrate\` from ${file}: Terraform forgets these resources and destroys nothing.
# In the same change delete their resource blocks, and the locals, outputs and data sources that name them. \`terraform plan\` then
# says "0 to add, 0 to change, 0 to destroy". Remove this file after the apply.
${stays}`;
}

const removed = (address: string): string => `removed {
  from = ${address}

  lifecycle {
    destroy = false
  }
}
`;

/** One instance of several: moved to a name of its own, which is then forgotten. Its key has to leave for_each or count in the same change. */
function moveAndRemove({ address, type }: TerraformResource, names: Set<string>): readonly string[] {
  const own = freeName(`${type}.leave_${address.replaceAll(/[^A-Za-z0-9]+/g, "_").replace(/_$/, "")}`, names);
  return [
    `moved {
  from = ${address}
  to   = ${own}
}
`,
    removed(own),
  ];
}

/** The keys "a-b" and "a.b" would have one name. */
function freeName(name: string, names: Set<string>): string {
  let free = name;
  for (let number = 2; names.has(free); number++) free = `${name}_${number}`;
  names.add(free);
  return free;
}

/** For a POSIX shell. */
const quoted = (address: string): string => `'${address.replaceAll("'", "'\\''")}'`;

function warningsOf(
  wanted: readonly TerraformResource[],
  program: TerraformSource["program"],
): readonly string[] {
  const inModule = wanted.find(({ provider }) => provider?.startsWith("module."));
  const aliased = wanted.find(({ provider }) => /\]\.[^.]+$/.test(provider ?? ""));
  const called = wanted.find(({ modules }) => modules.length > 0);
  const keyed = wanted.find((each) => each.keyed);
  const untold = wanted.find(({ modules, provider }) => modules.length > 0 && provider === undefined);
  const keep =
    "keep the module's call and its provider block until the apply, delete the resources alone, and the module afterwards";
  const name = program === "opentofu" ? "OpenTofu" : "Terraform";
  return [
    ...(inModule !== undefined
      ? [
          `The provider of ${inModule.address} is configured inside its module: ${keep}. Without it ${name} fails with "Provider configuration not present".`,
        ]
      : []),
    ...(inModule === undefined && untold !== undefined
      ? [
          `If the module of ${untold.address} configures its provider itself (this input does not tell; the raw state does): ${keep}.`,
        ]
      : []),
    ...(aliased !== undefined
      ? [`The provider of ${aliased.address} has an alias: keep its provider block until the apply.`]
      : []),
    ...(keyed !== undefined
      ? [
          `A block takes no instance keys: that of ${withoutKeys(keyed)} forgets every instance, in every instance of its modules. If what you gave was a part of the state, use the \`state rm\` lines.`,
        ]
      : []),
    ...(called !== undefined
      ? [
          `The blocks are for one root. Another root, or another call under another name, that uses the same module's source as ${called.address} needs blocks of its own before the resources are deleted from that source, or its instances are destroyed.`,
        ]
      : []),
  ];
}

const countWarning = (address: string, program: TerraformSource["program"]): string =>
  `${address} goes by hand: others of the same count with a higher number stay, and a lower count would take the last of them. After the command give those that stay the first numbers, for instance \`${program === "opentofu" ? "tofu" : "terraform"} state mv 'x[1]' 'x[0]'\`, and plan before anything is applied.`;
