import { expect, test } from "vitest";
import { accountSeen } from "../../facts/account-guard.ts";
import { outputWith } from "../charts/configurations.ts";

const { config } = outputWith({});
const webAcl = { name: "edge", arn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/edge/0a1b2c3d" };

test("a sign that names no account is passed over for the next one", () => {
  const securityGroups = [
    { id: "sg-1", vpcId: "vpc-1", ownerId: "amazon", tags: { "aws:eks:cluster-name": "demo" } },
  ];
  expect(accountSeen(config, undefined, { securityGroups, webAcls: [webAcl] }, undefined)).toEqual({
    account: "123456789012",
    seenIn: webAcl.arn,
  });
  expect(accountSeen(config, undefined, { securityGroups }, undefined)).toBeUndefined();
});
