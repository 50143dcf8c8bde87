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
  const names = new Set<string>();
  const blocks = blocksFor(wanted, staying, inTheWay, names);
  const around = new Set(wanted.map(modulesWithKeys));
  const beside = staying.filter((each) => each.modules.length > 0 && around.has(modulesWithKeys(each)));
  const others = staying.filter((each) => !beside.includes(each));
  const spare = blocksFor(beside, [...wanted, ...others], [], names);
  const stateRm = ({ address }: TerraformResource) =>
    `${program === "opentofu" ? "tofu" : "terraform"} state rm ${quoted(address)}`;
  return {
    tf: blocks.length === 0 ? "" : [header(source, staying), ...blocks, ...commented(spare)].join("\n"),
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

/** One block for a resource that goes as a whole, two for each instance of one that stays in part. */
function blocksFor(
  going: readonly TerraformResource[],
  staying: readonly TerraformResource[],
  byHand: readonly TerraformResource[],
  names: Set<string>,
): readonly string[] {
  const partly = new Set(staying.map(withoutKeys));
  return [...groupBy(going, withoutKeys)].flatMap(([address, instances]) =>
    partly.has(address)
      ? instances.filter((each) => !byHand.includes(each)).flatMap((each) => moveAndRemove(each, names))
      : [removed(address)],
  );
}

/** `module.front["demo"].` of `module.front["demo"].helm_release.base[0]` */
const modulesWithKeys = ({ address, resource }: TerraformResource): string =>
  address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, "").slice(0, -resource.length);

/** What stands in the same modules and stays: if a call or a key of a module goes, it would be destroyed, a namespace with all that is in it. */
function commented(blocks: readonly string[]): readonly string[] {
  if (blocks.length === 0) return [];
  const lines = blocks.join("\n").trimEnd().split("\n");
  return [
    `# These stand in the same modules and stay Terraform's: keep their blocks, and the calls and keys of the modules. If you delete a
# call or a key all the same, forget them too, or they are destroyed, a namespace with everything in it: take the # away.
#
${lines.map((line) => `# ${line}`.trimEnd()).join("\n")}
`,
  ];
}

function header({ file, program }: TerraformSource, staying: readonly TerraformResource[]): string {
  const namespaces = staying.filter(
    ({ type, modules }) => modules.length === 0 && type.startsWith("kubernetes_namespace"),
  );
  const stays =
    namespaces.length === 0
      ? ""
      : `# Namespaces stay Terraform's, so their blocks stay: ${listed([...new Set(namespaces.map(withoutKeys))])}.\n`;
  const [name, command] = program === "opentofu" ? ["OpenTofu", "tofu"] : ["Terraform", "terraform"];
  return `# Written by \`meshfront migrate\` from ${file}: ${name} forgets these resources and destroys nothing.
# In the same change delete their resource blocks, and the locals, outputs and data sources that name them. \`${command} plan\` then
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
