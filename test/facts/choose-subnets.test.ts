import { describe, expect, test } from "vitest";
import { isChosen } from "../../facts/choice.ts";
import { chooseSubnets, type SubnetQuestion } from "../../facts/choose-subnets.ts";
import type { RouteTable, Subnet } from "../../facts/observed.ts";

const subnet = (id: string, zone: string, changes: Partial<Subnet> = {}): Subnet => ({
  id: `subnet-${id}`,
  vpcId: "vpc-1",
  ownerId: "123456789012",
  state: "available",
  zone: `eu-west-1${zone}`,
  cidr: "10.0.0.0/24",
  freeAddresses: 8,
  isOnOutpost: false,
  tags: {},
  ...changes,
});

const table = (changes: Partial<RouteTable>): RouteTable => ({
  vpcId: "vpc-1",
  ownerId: "123456789012",
  isMain: false,
  subnetIds: [],
  hasInternetGateway: false,
  ...changes,
});

const zones = [
  ...["a", "b", "c"].map((letter) => ({ name: `eu-west-1${letter}`, type: "availability-zone" })),
  { name: "eu-west-1-lax-1a", type: "local-zone" },
];

const question: SubnetQuestion = {
  select: { visibility: "public" },
  vpcId: "vpc-1",
  eksName: "demo",
  pinned: [],
  where: "in eu-west-1 with profile prod",
};

const allPublic = [table({ isMain: true, hasInternetGateway: true })];

const choose = (subnets: readonly Subnet[], changes: Partial<SubnetQuestion> = {}, routeTables = allPublic) =>
  chooseSubnets({ ...question, ...changes }, { subnets, routeTables, zones });

/** Ids of what was chosen; an error with the message where nothing was. */
function idsOf(choice: ReturnType<typeof choose>): readonly string[] {
  if (!isChosen(choice)) throw new Error(choice.message);
  return choice.answer.subnets.map(({ id }) => id.replace("subnet-", ""));
}

const losersOf = (choice: ReturnType<typeof choose>): readonly string[] =>
  choice.losers.map(({ name, reason }) => `${name}: ${reason}`);

const [a, b] = [subnet("a1", "a"), subnet("b1", "b")];

describe("the subnets of a load balancer", () => {
  test("are one in each zone, in the order of the zones", () => {
    const choice = choose([subnet("c1", "c"), b, a]);
    expect(choice).toMatchObject({
      answer: {
        subnets: [
          { id: "subnet-a1", zone: "eu-west-1a", cidr: "10.0.0.0/24" },
          { id: "subnet-b1", zone: "eu-west-1b", cidr: "10.0.0.0/24" },
          { id: "subnet-c1", zone: "eu-west-1c", cidr: "10.0.0.0/24" },
        ],
        chosenBy: "one public subnet in each zone",
      },
      losers: [],
    });
  });

  test("are the same in whatever order AWS tells them", () => {
    const many = [
      a,
      b,
      subnet("a0", "a"),
      subnet("b0", "b", { tags: { "kubernetes.io/cluster/demo": "owned" } }),
    ];
    expect(choose([...many].reverse())).toEqual(choose(many));
  });

  test.each([
    ["is pending", { state: "pending" }],
    ["is on an Outpost", { isOnOutpost: true }],
    ["is in a local-zone", { zone: "eu-west-1-lax-1a" }],
    ["is in a zone that is not enabled", { zone: "eu-west-1z" }],
    ["is smaller than a /27: 10.0.0.0/28", { cidr: "10.0.0.0/28" }],
    ["has no IPv4 range", { cidr: "" }],
    ["has 7 free addresses, fewer than 8", { freeAddresses: 7 }],
    [
      "is tagged for other clusters only: kubernetes.io/cluster/other",
      { tags: { "kubernetes.io/cluster/other": "shared" } },
    ],
  ])("leave out one that %s", (reason, changes) => {
    const choice = choose([a, b, subnet("x1", "c", changes)]);
    expect(idsOf(choice)).toEqual(["a1", "b1"]);
    expect(losersOf(choice)).toEqual([expect.stringMatching(new RegExp(`^subnet-x1 in \\S+: ${reason}$`))]);
  });

  test("take one that is just large enough, and one that is tagged for this cluster among others", () => {
    const tags = { "kubernetes.io/cluster/other": "shared", "kubernetes.io/cluster/demo": "shared" };
    expect(idsOf(choose([a, b, subnet("x1", "c", { cidr: "10.0.0.0/27", tags })]))).toEqual([
      "a1",
      "b1",
      "x1",
    ]);
  });

  test("leave out those of other VPCs", () => {
    expect(idsOf(choose([a, b, subnet("x1", "c", { vpcId: "vpc-2" })]))).toEqual(["a1", "b1"]);
  });

  test("say so where a zone drops out for want of addresses", () => {
    const choice = choose([a, b, subnet("c1", "c", { freeAddresses: 3 })]);
    expect(choice).toMatchObject({
      warnings: ["zone eu-west-1c is left out: subnet-c1 has 3 free addresses, fewer than 8"],
    });
  });
});

describe("public and private", () => {
  const routeTables = [
    table({ isMain: true }),
    table({ hasInternetGateway: true, subnetIds: ["subnet-a1", "subnet-b1"] }),
    table({ vpcId: "vpc-2", isMain: true, hasInternetGateway: true }),
  ];
  const all = [a, b, subnet("a2", "a"), subnet("b2", "b")];

  test("are told by the explicit association, else by the main table of the VPC", () => {
    expect(idsOf(choose(all, {}, routeTables))).toEqual(["a1", "b1"]);
    const wanted = { select: { visibility: "private" } } as const;
    expect(idsOf(choose(all, wanted, routeTables))).toEqual(["a2", "b2"]);
  });

  test("are told by the association even where the main table leads to the internet", () => {
    const inverted = [
      table({ isMain: true, hasInternetGateway: true }),
      table({ subnetIds: ["subnet-a1", "subnet-b1"] }),
    ];
    expect(idsOf(choose(all, {}, inverted))).toEqual(["a2", "b2"]);
  });

  test("the other half of the VPC is not told as losers", () => {
    expect(choose(all, {}, routeTables).losers).toEqual([]);
  });

  test("a subnet that was chosen once and is private now is told", () => {
    expect(losersOf(choose(all, { pinned: ["subnet-a2"] }, routeTables))).toEqual([
      "subnet-a2 in eu-west-1a: is private by its route table",
    ]);
  });

  test("a subnet without a route table that can be seen is neither", () => {
    expect(choose(all, {}, [])).toMatchObject({
      code: "lookup/too-few-zones",
      message: expect.stringContaining("has no route table that can be seen"),
    });
  });
});

describe("several subnets in one zone", () => {
  const tagged = subnet("a9", "a", { tags: { "kubernetes.io/cluster/demo": "owned" } });

  test("are decided by the cluster tag, and the lock file says so", () => {
    expect(choose([a, tagged, b])).toMatchObject({
      answer: {
        subnets: [{ id: "subnet-a9" }, { id: "subnet-b1" }],
        chosenBy: "one public subnet in each zone; eu-west-1a: cluster tag",
      },
      losers: [{ name: "subnet-a1 in eu-west-1a", reason: "subnet-a9 comes first (cluster tag)" }],
    });
  });

  test("are decided by the lowest id where the tag decides nothing", () => {
    expect(choose([subnet("a2", "a"), a, b])).toMatchObject({
      answer: {
        subnets: [{ id: "subnet-a1" }, {}],
        chosenBy: "one public subnet in each zone; eu-west-1a: lowest id",
      },
    });
  });

  test("leave a live load balancer where it is: what was chosen stays", () => {
    const choice = choose([a, subnet("a2", "a"), b], { pinned: ["subnet-a2", "subnet-b1"] });
    expect(choice).toMatchObject({
      answer: {
        subnets: [{ id: "subnet-a2" }, {}],
        chosenBy: "one public subnet in each zone; eu-west-1a: chosen by an earlier look-up",
      },
    });
  });

  test("give the same file again where what was chosen is the lowest anyway", () => {
    const once = choose([a, subnet("a2", "a"), b]);
    expect(choose([a, subnet("a2", "a"), b], { pinned: idsOf(once).map((id) => `subnet-${id}`) })).toEqual(
      once,
    );
  });
});

describe("subnets by tags", () => {
  const select = { visibility: "public", tags: { tier: "edge" } } as const;
  const internal = { ...select, visibility: "private" } as const;
  const edge = { tags: { tier: "edge" } };

  test("are those that have all of them", () => {
    const choice = choose([subnet("a1", "a", edge), subnet("b1", "b", edge), subnet("c1", "c")], { select });
    expect(idsOf(choice)).toEqual(["a1", "b1"]);
    expect(choice).toMatchObject({ answer: { chosenBy: "one tagged subnet in each zone" } });
  });

  test("must be public for a door that faces the internet, and may be either for an internal one", () => {
    const tagged = [subnet("a1", "a", edge), subnet("b1", "b", edge)];
    const privateOnly = [table({ isMain: true })];
    expect(() => idsOf(choose(tagged, { select }, privateOnly))).toThrow("is private by its route table");
    expect(idsOf(choose(tagged, { select: internal }, privateOnly))).toEqual(["a1", "b1"]);
    expect(idsOf(choose(tagged, { select: internal }))).toEqual(["a1", "b1"]);
  });
});

describe("too few zones", () => {
  test("are refused with what was found and why the rest was not taken", () => {
    expect(choose([a, subnet("b1", "b", { freeAddresses: 2 })])).toMatchObject({
      code: "lookup/too-few-zones",
      message:
        "expected public subnets in at least two zones of vpc-1 in eu-west-1 with profile prod, found subnet-a1 in eu-west-1a; seen: subnet-b1 in eu-west-1b (has 2 free addresses, fewer than 8)",
      isEmpty: false,
    });
  });

  test("because of no subnet at all are told apart: the wrong region answers like that", () => {
    expect(choose([])).toMatchObject({
      message: expect.stringContaining("found no subnet at all"),
      isEmpty: true,
    });
  });
});
