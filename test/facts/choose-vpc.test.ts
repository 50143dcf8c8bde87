import { describe, expect, test } from "vitest";
import { chooseVpc } from "../../facts/choose-vpc.ts";

const group = (id: string, vpcId: string, cluster: string) => ({
  id,
  vpcId,
  ownerId: "123456789012",
  tags: { "aws:eks:cluster-name": cluster },
});
const vpc = (id: string, tags = {}) => ({ id, ownerId: "123456789012", tags });
const byName = { kind: "vpc", key: "vpc", eksName: "demo", tags: undefined } as const;
const byTags = { ...byName, tags: { Name: "main", tier: "prod" } };
const where = "in eu-west-1 with profile prod";

describe("the VPC of a cluster", () => {
  test("is that of the security groups that EKS tagged with its name", () => {
    const securityGroups = [
      group("sg-1", "vpc-1", "demo"),
      group("sg-2", "vpc-1", "demo"),
      group("sg-3", "vpc-9", "x"),
    ];
    expect(chooseVpc(byName, { securityGroups }, where)).toMatchObject({
      answer: { id: "vpc-1", chosenBy: "tag aws:eks:cluster-name=demo on a security group" },
    });
  });

  test("is refused where no group has the tag, as in the wrong region", () => {
    expect(chooseVpc(byName, { securityGroups: [] }, where)).toMatchObject({
      code: "lookup/no-vpc",
      message:
        "expected one VPC by the tag aws:eks:cluster-name=demo on a security group in eu-west-1 with profile prod, found none",
      isEmpty: true,
    });
  });

  test("is refused where the groups are in several VPCs, and all are listed", () => {
    const securityGroups = [group("sg-1", "vpc-1", "demo"), group("sg-2", "vpc-2", "demo")];
    expect(chooseVpc(byName, { securityGroups }, where)).toMatchObject({
      code: "lookup/several-vpcs",
      message: expect.stringContaining(
        "found 2; seen: vpc-1 (by security group sg-1), vpc-2 (by security group sg-2)",
      ),
      isEmpty: false,
    });
  });

  test("is the one that has all the tags that are configured", () => {
    const vpcs = [vpc("vpc-1", { Name: "main" }), vpc("vpc-2", { Name: "main", tier: "prod", more: "" })];
    expect(chooseVpc(byTags, { vpcs }, where)).toMatchObject({
      answer: { id: "vpc-2", chosenBy: "tags Name=main, tier=prod" },
    });
  });

  test("is refused where no VPC has the tags, and those that are there are listed", () => {
    expect(chooseVpc(byTags, { vpcs: [vpc("vpc-1", { Name: "other" }), vpc("vpc-2")] }, where)).toMatchObject(
      {
        code: "lookup/no-vpc",
        message: expect.stringContaining(
          "the tags Name=main, tier=prod in eu-west-1 with profile prod, found none; seen: vpc-1 (other), vpc-2 (no name)",
        ),
        isEmpty: false,
      },
    );
  });

  test("is refused where several VPCs have the tags", () => {
    const tags = { Name: "main", tier: "prod" };
    expect(chooseVpc(byTags, { vpcs: [vpc("vpc-1", tags), vpc("vpc-2", tags)] }, where)).toMatchObject({
      code: "lookup/several-vpcs",
    });
  });
});
