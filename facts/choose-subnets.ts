// Stage 2: which subnets a load balancer stands in. Pure. The rules are those of the AWS Load Balancer Controller's own
// discovery and of ELB, because the controller checks none of them for ids that it is given.
import type { StringMap } from "../config/config.ts";
import { type Choice, type Criterion, compareBy, type Loser, listLosers, type Refused } from "./choice.ts";
import { hasTags } from "./choose-vpc.ts";
import type { SubnetsAnswer } from "./lock-schema.ts";
import type { RouteTable, Subnet, Zone } from "./observed.ts";

export interface SubnetQuestion {
  readonly select: { readonly visibility: "public" | "private"; readonly tags?: StringMap };
  readonly vpcId: string;
  readonly eksName: string;
  /** Ids in the lock file. */
  readonly pinned: readonly string[];
  /** Region, account and credentials, for a refusal. */
  readonly where: string;
}

export interface Network {
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly zones: readonly Zone[];
}

/** ELB needs 8 free addresses in a subnet and a /27 at least (ELB user guide, "Subnets for your load balancer"). */
const minimumFreeAddresses = 8;
const longestPrefix = 27;
const clusterTagPrefix = "kubernetes.io/cluster/";

export function chooseSubnets(question: SubnetQuestion, network: Network): Choice<SubnetsAnswer> {
  const { select, vpcId } = question;
  const inVpc = network.subnets.filter((subnet) => subnet.vpcId === vpcId);
  const candidates =
    select.tags === undefined ? inVpc : inVpc.filter((subnet) => hasTags(subnet, select.tags ?? {}));
  const judged = candidates
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((subnet) => ({ subnet, reasons: refusals(subnet, question, network) }));
  const refused = judged
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ subnet, reasons }) => loser(subnet, reasons.join(", ")));
  const qualified = judged.filter(({ reasons }) => reasons.length === 0).map(({ subnet }) => subnet);
  const byZone = [...new Set(qualified.map(({ zone }) => zone))].sort().map((zone) =>
    oneOf(
      qualified.filter((subnet) => subnet.zone === zone),
      question,
    ),
  );
  if (byZone.length < 2) return tooFewZones(question, inVpc.length, byZone, refused);
  const ties = byZone.filter(({ criterion }) => criterion !== undefined);
  const kind = select.tags === undefined ? select.visibility : "tagged";
  return {
    answer: {
      subnets: byZone.map(({ winner: { id, zone, cidr } }) => ({ id, zone, cidr })),
      chosenBy: [
        `one ${kind} subnet in each zone`,
        ...ties.map(({ winner, criterion }) => `${winner.zone}: ${criterion}`),
      ].join("; "),
    },
    losers: [...byZone.flatMap(({ losers }) => losers), ...withoutOtherKind(judged, question)],
    warnings: lostZones(judged, byZone),
  };
}

interface Judged {
  readonly subnet: Subnet;
  readonly reasons: readonly string[];
}

interface ZoneChoice {
  readonly winner: Subnet;
  /** What decided, where there was more than one. */
  readonly criterion: string | undefined;
  readonly losers: readonly Loser[];
}

const earlier = "chosen by an earlier look-up";

/** The controller's own tie-break, but for what is in the lock file already: a live load balancer does not move. */
function oneOf(subnets: readonly Subnet[], { eksName, pinned }: SubnetQuestion): ZoneChoice {
  const criteria: readonly Criterion<Subnet>[] = [
    { name: "cluster tag", rank: ({ tags }) => (`${clusterTagPrefix}${eksName}` in tags ? 0 : 1) },
    { name: earlier, rank: ({ id }) => (pinned.includes(id) ? 0 : 1) },
    { name: "lowest id", rank: ({ id }) => id },
  ];
  const [winner, ...rest] = [...subnets].sort((a, b) => compareBy(criteria, a, b).order);
  if (winner === undefined) throw new Error("A zone without subnets");
  // Where the earlier choice has the lowest id as well, the file stays word for word what it was.
  const decided = (other: Subnet): string => {
    const { name } = compareBy(criteria, winner, other);
    return name === earlier && winner.id < other.id ? "lowest id" : name;
  };
  const [runnerUp] = rest;
  return {
    winner,
    criterion: runnerUp && decided(runnerUp),
    losers: rest.map((subnet) => loser(subnet, `${winner.id} comes first (${decided(subnet)})`)),
  };
}

/** Everything that speaks against a subnet; empty if it qualifies. */
function refusals(subnet: Subnet, question: SubnetQuestion, network: Network): readonly string[] {
  const { state, zone, cidr, freeAddresses, isOnOutpost, tags } = subnet;
  const reasons: string[] = [...visibilityRefusal(subnet, question, network)];
  const zoneType = network.zones.find(({ name }) => name === zone)?.type;
  if (state !== "available") reasons.push(`is ${state}`);
  if (isOnOutpost) reasons.push("is on an Outpost");
  else if (zoneType !== "availability-zone")
    reasons.push(`is in a ${zoneType ?? "zone that is not enabled"}`);
  const prefix = Number(cidr.split("/")[1] ?? Number.NaN);
  if (!(prefix <= longestPrefix)) {
    reasons.push(cidr === "" ? "has no IPv4 range" : `is smaller than a /${longestPrefix}: ${cidr}`);
  }
  if (freeAddresses < minimumFreeAddresses) {
    reasons.push(`has ${freeAddresses} free addresses, fewer than ${minimumFreeAddresses}`);
  }
  const clusters = Object.keys(tags).filter((tag) => tag.startsWith(clusterTagPrefix));
  if (clusters.length > 0 && !clusters.includes(`${clusterTagPrefix}${question.eksName}`)) {
    reasons.push(`is tagged for other clusters only: ${clusters.sort().join(", ")}`);
  }
  return reasons;
}

const wrongKind = {
  public: "is private by its route table",
  private: "is public by its route table",
} as const;

function visibilityRefusal(subnet: Subnet, question: SubnetQuestion, { routeTables }: Network): string[] {
  const { visibility: wanted, tags } = question.select;
  // A load balancer without public addresses may stand in any subnet that somebody tagged for it.
  if (wanted === "private" && tags !== undefined) return [];
  const own = routeTables.filter(({ vpcId }) => vpcId === subnet.vpcId);
  const table =
    own.find(({ subnetIds }) => subnetIds.includes(subnet.id)) ?? own.find(({ isMain }) => isMain);
  if (table === undefined) return ["has no route table that can be seen"];
  return table.hasInternetGateway === (wanted === "public") ? [] : [wrongKind[wanted]];
}

/** The other half of every VPC is no loser worth a line, unless it was chosen once. */
const withoutOtherKind = (
  judged: readonly Judged[],
  { select, pinned }: SubnetQuestion,
): readonly Loser[] => {
  const other = select.tags === undefined ? wrongKind[select.visibility] : undefined;
  return judged
    .filter(({ reasons }) => reasons.length > 0)
    .filter(
      ({ subnet, reasons }) => pinned.includes(subnet.id) || !reasons.some((reason) => reason === other),
    )
    .map(({ subnet, reasons }) => loser(subnet, reasons.join(", ")));
};

/** A zone that drops out because of a passing shortage takes its targets off the load balancer. */
function lostZones(judged: readonly Judged[], byZone: readonly ZoneChoice[]): readonly string[] {
  const shortage = judged.filter(
    ({ subnet, reasons }) =>
      reasons.length === 1 &&
      subnet.freeAddresses < minimumFreeAddresses &&
      !byZone.some(({ winner }) => winner.zone === subnet.zone),
  );
  return shortage.map(
    ({ subnet, reasons }) => `zone ${subnet.zone} is left out: ${subnet.id} ${reasons.join(", ")}`,
  );
}

const loser = ({ id, zone }: Subnet, reason: string): Loser => ({ name: `${id} in ${zone}`, reason });

function tooFewZones(
  question: SubnetQuestion,
  subnetsInVpc: number,
  byZone: readonly ZoneChoice[],
  losers: readonly Loser[],
): Refused {
  const { select, vpcId, where } = question;
  const kind =
    select.tags === undefined
      ? `${select.visibility} subnets`
      : `subnets with ${Object.entries(select.tags)
          .map(([name, value]) => `${name}=${value}`)
          .join(", ")}`;
  const zones = byZone.map(({ winner }) => `${winner.id} in ${winner.zone}`);
  const found = subnetsInVpc === 0 ? "no subnet at all" : zones.length === 0 ? "none" : zones.join(", ");
  return {
    code: "lookup/too-few-zones",
    message: `expected ${kind} in at least two zones of ${vpcId} ${where}, found ${found}${listLosers(losers)}`,
    suggestion:
      subnetsInVpc === 0
        ? "Check cluster.region, cluster.vpc and the credentials: AWS answers a question to the wrong region or account with nothing."
        : "Add or correct subnets, or name them: subnets { ids: […] }. A subnet is public if its route table has a route to an internet gateway.",
    losers,
    isEmpty: subnetsInVpc === 0,
  };
}
