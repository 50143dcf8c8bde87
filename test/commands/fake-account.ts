// An AWS account behind the SDK's clients, which are faked at `send`: everything above it is the real thing.
import { ACMClient } from "@aws-sdk/client-acm";
import { EC2Client } from "@aws-sdk/client-ec2";
import { WAFV2Client } from "@aws-sdk/client-wafv2";
import { vi } from "vitest";
import { realWorld, type World } from "../../commands/ask-aws.ts";

export const accountId = "123456789012";
export const region = "eu-west-1";

/** What the account holds, as AWS tells it. */
export interface FakeAccount {
  readonly securityGroups: readonly object[];
  readonly vpcs: readonly object[];
  readonly subnets: readonly { readonly VpcId: string }[];
  readonly routeTables: readonly object[];
  readonly certificates: readonly object[];
  readonly webAcls: readonly object[];
}

export const subnet = (id: string, zone: string, changes: object = {}) => ({
  SubnetId: `subnet-${id}`,
  VpcId: "vpc-0a1b2c3d",
  OwnerId: accountId,
  State: "available",
  AvailabilityZone: `${region}${zone}`,
  CidrBlock: "10.0.0.0/24",
  AvailableIpAddressCount: 250,
  ...changes,
});

export const certificate = (id: string, names: readonly string[], changes: object = {}) => ({
  CertificateArn: `arn:aws:acm:${region}:${accountId}:certificate/${id}`,
  DomainName: names[0],
  SubjectAlternativeNameSummaries: names,
  Status: "ISSUED",
  KeyAlgorithm: "RSA_2048",
  NotAfter: new Date("2028-06-30"),
  ...changes,
});

/** Two public zones, one certificate, one web ACL: what `cluster()` needs. */
export const standardAccount: FakeAccount = {
  securityGroups: [securityGroup("demo")],
  vpcs: [],
  subnets: [subnet("0000000a", "a"), subnet("0000000b", "b")],
  routeTables: [
    {
      VpcId: "vpc-0a1b2c3d",
      OwnerId: accountId,
      Associations: [{ Main: true }],
      Routes: [{ GatewayId: "igw-1", State: "active" }],
    },
  ],
  certificates: [certificate("one", ["app.example.com"])],
  webAcls: [{ Name: "edge", ARN: `arn:aws:wafv2:${region}:${accountId}:regional/webacl/edge/0a` }],
};

export function securityGroup(cluster: string, vpcId = "vpc-0a1b2c3d", ownerId = accountId): object {
  const Tags = [{ Key: "aws:eks:cluster-name", Value: cluster }];
  return { GroupId: `sg-${cluster}`, VpcId: vpcId, OwnerId: ownerId, Tags };
}

export interface Call {
  /** As IAM spells it. */
  readonly action: string;
  readonly region: string;
  readonly input: object;
  /** The how manyth round trip it belongs to, if all that are under way are answered at once. */
  readonly round: number;
}

/** Replaces an answer: an Error is thrown, a promise is waited for. */
export type Override = (action: string, region: string) => object | Error | Promise<object> | undefined;

/** Every call that is made from now on, in order. Undone by vi.restoreAllMocks(). */
export function fakeAws(account: FakeAccount, override: Override = () => undefined): readonly Call[] {
  const calls: Call[] = [];
  let round = 0;
  let nextRound: Promise<void> | undefined;
  const services = { ec2: EC2Client, acm: ACMClient, wafv2: WAFV2Client };
  for (const [service, client] of Object.entries(services)) {
    const send = async function (this: EC2Client, command: { readonly input: object }): Promise<object> {
      const action = `${service}:${command.constructor.name.replace(/Command$/, "")}`;
      const calledRegion = await this.config.region();
      // All that is asked until the event loop comes round again is one round trip.
      nextRound ??= new Promise((resolve) =>
        setTimeout(() => {
          round += 1;
          nextRound = undefined;
          resolve();
        }, 5),
      );
      calls.push({ action, region: calledRegion, input: command.input, round: round + 1 });
      await nextRound;
      const answer = (await override(action, calledRegion)) ?? answerOf(account, action, command.input);
      if (answer instanceof Error) throw answer;
      return answer;
    };
    vi.spyOn(client.prototype, "send").mockImplementation(send as never); // an overload for each command
  }
  return calls;
}

function answerOf(account: FakeAccount, action: string, input: object): object {
  const { Filters = [] } = input as { readonly Filters?: readonly { readonly Values: readonly string[] }[] }; // EC2's
  const vpcIds = Filters[0]?.Values ?? [];
  switch (action) {
    case "ec2:DescribeSecurityGroups":
      return { SecurityGroups: account.securityGroups };
    case "ec2:DescribeVpcs":
      return { Vpcs: account.vpcs };
    case "ec2:DescribeAvailabilityZones":
      return {
        AvailabilityZones: ["a", "b", "c"].map((letter) => ({
          ZoneName: `${region}${letter}`,
          ZoneType: "availability-zone",
        })),
      };
    case "ec2:DescribeSubnets":
      return { Subnets: account.subnets.filter(({ VpcId }) => vpcIds.includes(VpcId)) };
    case "ec2:DescribeRouteTables":
      return { RouteTables: account.routeTables };
    case "acm:ListCertificates":
      return { CertificateSummaryList: account.certificates };
    case "acm:DescribeCertificate":
      return { Certificate: { SubjectAlternativeNames: ["app.example.com"] } };
    case "wafv2:ListWebACLs":
      return { WebACLs: account.webAcls };
    default:
      throw new Error(`The account does not know ${action}`);
  }
}

export const today = new Date("2026-11-22T12:00:00Z");

/** The real one with a fixed date, and with keys in the environment. */
export function fakeWorld(env: Readonly<Record<string, string>> = {}): World {
  const keys = { AWS_ACCESS_KEY_ID: "AKIAMARKEDMARKED", AWS_SECRET_ACCESS_KEY: "marked-secret", ...env };
  for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value);
  return { ...realWorld, env: keys, now: () => today };
}
