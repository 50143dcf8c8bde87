import { describe, expect, test } from "vitest";
import type { AwsAction } from "../../../facts/actions.ts";
import { listCertificates } from "../../../facts/providers/certificates.ts";
import { listRouteTables } from "../../../facts/providers/route-tables.ts";
import { listSecurityGroups } from "../../../facts/providers/security-groups.ts";
import { listSubnets } from "../../../facts/providers/subnets.ts";
import { listVpcs } from "../../../facts/providers/vpcs.ts";
import { listWebAcls } from "../../../facts/providers/web-acls.ts";
import { listZones } from "../../../facts/providers/zones.ts";
import { awsError, type FakeClient, fakeClient } from "./fake-client.ts";

interface Provider {
  readonly action: AwsAction;
  readonly list: (client: FakeClient) => Promise<readonly unknown[]>;
  /** Key of the list in an answer. */
  readonly key: string;
  /** Two things as AWS tells them, and as meshfront keeps them. */
  readonly told: readonly [object, object];
  readonly kept: readonly [object, object];
  /** Name of the mark of the next page in an answer and in a question; none where there are no pages. */
  readonly pageMark?: "NextToken" | "NextMarker";
}

const arn = (id: string): string => `arn:aws:acm:eu-west-1:123456789012:certificate/${id}`;
const subnet = { vpcId: "vpc-1", ownerId: "123456789012", state: "available", freeAddresses: 250, tags: {} };

const providers: readonly Provider[] = [
  {
    action: "ec2:DescribeSecurityGroups",
    list: (client) => listSecurityGroups(client, ["demo"], {}),
    key: "SecurityGroups",
    told: [
      { GroupId: "sg-1", VpcId: "vpc-1", OwnerId: "123456789012", Tags: [{ Key: "a", Value: "b" }] },
      { GroupId: "sg-2", VpcId: "vpc-2", OwnerId: "123456789012" },
    ],
    kept: [
      { id: "sg-1", vpcId: "vpc-1", ownerId: "123456789012", tags: { a: "b" } },
      { id: "sg-2", vpcId: "vpc-2", ownerId: "123456789012", tags: {} },
    ],
    pageMark: "NextToken",
  },
  {
    action: "ec2:DescribeVpcs",
    list: (client) => listVpcs(client, {}),
    key: "Vpcs",
    told: [
      { VpcId: "vpc-1", OwnerId: "123456789012", Tags: [{ Key: "Name", Value: "main" }] },
      { VpcId: "vpc-2", OwnerId: "123456789012" },
    ],
    kept: [
      { id: "vpc-1", ownerId: "123456789012", tags: { Name: "main" } },
      { id: "vpc-2", ownerId: "123456789012", tags: {} },
    ],
    pageMark: "NextToken",
  },
  {
    action: "ec2:DescribeSubnets",
    list: (client) => listSubnets(client, ["vpc-1"], {}),
    key: "Subnets",
    told: ["1", "2"].map((id) => ({
      SubnetId: `subnet-${id}`,
      VpcId: "vpc-1",
      OwnerId: "123456789012",
      State: "available",
      AvailabilityZone: "eu-west-1a",
      CidrBlock: "10.0.0.0/24",
      AvailableIpAddressCount: 250,
      ...(id === "2" && { OutpostArn: "arn:aws:outposts:eu-west-1:123456789012:outpost/op-1" }),
    })) as unknown as [object, object], // map() forgets that there are two
    kept: [
      { ...subnet, id: "subnet-1", zone: "eu-west-1a", cidr: "10.0.0.0/24", isOnOutpost: false },
      { ...subnet, id: "subnet-2", zone: "eu-west-1a", cidr: "10.0.0.0/24", isOnOutpost: true },
    ],
    pageMark: "NextToken",
  },
  {
    action: "ec2:DescribeRouteTables",
    list: (client) => listRouteTables(client, ["vpc-1"], {}),
    key: "RouteTables",
    told: [
      {
        VpcId: "vpc-1",
        OwnerId: "123456789012",
        Associations: [{ Main: true }],
        // What was detached, and what leads out only.
        Routes: [
          { GatewayId: "local" },
          { GatewayId: "igw-1", State: "blackhole" },
          { EgressOnlyInternetGatewayId: "eigw-1" },
          { NatGatewayId: "nat-1" },
        ],
      },
      {
        VpcId: "vpc-1",
        OwnerId: "123456789012",
        Associations: [{ Main: false, SubnetId: "subnet-1" }, { SubnetId: "subnet-2" }],
        Routes: [{ GatewayId: "local" }, { GatewayId: "igw-1", State: "active" }],
      },
    ],
    kept: [
      { vpcId: "vpc-1", ownerId: "123456789012", isMain: true, subnetIds: [], hasInternetGateway: false },
      {
        vpcId: "vpc-1",
        ownerId: "123456789012",
        isMain: false,
        subnetIds: ["subnet-1", "subnet-2"],
        hasInternetGateway: true,
      },
    ],
    pageMark: "NextToken",
  },
  {
    action: "ec2:DescribeAvailabilityZones",
    list: (client) => listZones(client, {}),
    key: "AvailabilityZones",
    told: [
      { ZoneName: "eu-west-1a", ZoneType: "availability-zone" },
      { ZoneName: "eu-west-1-lax-1a", ZoneType: "local-zone" },
    ],
    kept: [
      { name: "eu-west-1a", type: "availability-zone" },
      { name: "eu-west-1-lax-1a", type: "local-zone" },
    ],
  },
  {
    action: "acm:ListCertificates",
    list: (client) => listCertificates(client, {}),
    key: "CertificateSummaryList",
    told: [
      {
        CertificateArn: arn("1"),
        DomainName: "App.Example.com",
        SubjectAlternativeNameSummaries: ["*.example.com", "App.Example.com"],
        Status: "ISSUED",
        KeyAlgorithm: "RSA-2048",
        NotAfter: new Date("2027-09-30"),
      },
      {
        CertificateArn: arn("2"),
        DomainName: "old.example.com",
        SubjectAlternativeNameSummaries: [],
        Status: "PENDING_VALIDATION",
        KeyAlgorithm: "EC_prime256v1",
      },
    ],
    kept: [
      {
        arn: arn("1"),
        names: ["app.example.com", "*.example.com"],
        status: "ISSUED",
        keyAlgorithm: "RSA_2048",
        notBefore: undefined,
        notAfter: new Date("2027-09-30"),
      },
      {
        arn: arn("2"),
        names: ["old.example.com"],
        status: "PENDING_VALIDATION",
        keyAlgorithm: "EC_prime256v1",
        notBefore: undefined,
        notAfter: undefined,
      },
    ],
    pageMark: "NextToken",
  },
  {
    action: "wafv2:ListWebACLs",
    list: (client) => listWebAcls(client, {}),
    key: "WebACLs",
    told: [
      { Name: "edge", ARN: "arn:edge", Id: "1" },
      { Name: "other", ARN: "arn:other", Id: "2" },
    ],
    kept: [
      { name: "edge", arn: "arn:edge" },
      { name: "other", arn: "arn:other" },
    ],
    pageMark: "NextMarker",
  },
];

describe.each(providers)("$action", ({ action, list, key, told, kept }) => {
  test("gives nothing where AWS has nothing", async () => {
    expect(await list(fakeClient({ [key]: [] }))).toEqual([]);
  });

  test("gives one", async () => {
    expect(await list(fakeClient({ [key]: [told[0]] }))).toEqual([kept[0]]);
  });

  test("gives many", async () => {
    expect(await list(fakeClient({ [key]: told }))).toEqual(kept);
  });

  test("names the action that is denied", async () => {
    const denied = list(fakeClient(awsError("AccessDeniedException", "User x is not authorized", 403)));
    await expect(denied).rejects.toMatchObject({
      failure: { action, name: "AccessDeniedException", status: 403, text: "User x is not authorized" },
    });
  });

  test("takes an answer without the list for what it is: not from AWS", async () => {
    await expect(list(fakeClient({}))).rejects.toMatchObject({ failure: { action, name: "NotAwsError" } });
  });
});

const paged = providers.flatMap(({ pageMark, ...rest }) => (pageMark ? [{ ...rest, pageMark }] : []));

describe.each(paged)("the pages of $action", ({ list, key, told, kept, pageMark }) => {
  test("asks for the second page with the mark of the first", async () => {
    const client = fakeClient({ [key]: [told[0]], [pageMark]: "page-2" }, { [key]: [told[1]] });
    expect(await list(client)).toEqual(kept);
    expect(client.inputs).toMatchObject([{}, { [pageMark]: "page-2" }]);
  });

  test("gives up where the pages lead back to one that was there", async () => {
    const pages = ["a", "b", "a"].map((mark) => ({ [key]: [], [pageMark]: mark }));
    await expect(list(fakeClient(...pages))).rejects.toMatchObject({ failure: { name: "NotAwsError" } });
  });
});

describe("the questions themselves", () => {
  test("certificates are asked for in every state and with every key type, ECDSA and long RSA keys among them", async () => {
    const client = fakeClient({ CertificateSummaryList: [] });
    await listCertificates(client, {});
    expect(client.inputs).toMatchObject([
      {
        CertificateStatuses: expect.arrayContaining([
          "ISSUED",
          "PENDING_VALIDATION",
          "EXPIRED",
          "FAILED",
          "REVOKED",
        ]),
        CertificateKeyPairOrigins: expect.arrayContaining(["ACME"]),
        Includes: {
          keyTypes: expect.arrayContaining(["RSA_2048", "RSA_4096", "EC_prime256v1", "EC_secp521r1"]),
        },
      },
    ]);
  });

  test("a certificate with more names than a summary holds is described", async () => {
    const summary = {
      CertificateArn: arn("1"),
      DomainName: "a.example.com",
      SubjectAlternativeNameSummaries: ["a.example.com"],
      HasAdditionalSubjectAlternativeNames: true,
      Status: "ISSUED",
      KeyAlgorithm: "RSA_2048",
    };
    const detail = { Certificate: { SubjectAlternativeNames: ["a.example.com", "z.example.com"] } };
    const client = fakeClient({ CertificateSummaryList: [summary] }, detail);
    expect(await listCertificates(client, {})).toMatchObject([{ names: ["a.example.com", "z.example.com"] }]);
    expect(client.commands).toEqual(["ListCertificatesCommand", "DescribeCertificateCommand"]);
  });

  test("a denied description names DescribeCertificate", async () => {
    const summary = { CertificateArn: arn("1"), DomainName: "a.example.com" };
    const client = fakeClient({ CertificateSummaryList: [summary] }, awsError("AccessDeniedException"));
    await expect(listCertificates(client, {})).rejects.toMatchObject({
      failure: { action: "acm:DescribeCertificate" },
    });
  });

  test("security groups are asked for by the tag that EKS sets, 200 clusters at a time", async () => {
    const names = Array.from({ length: 201 }, (_, index) => `cluster-${index}`);
    const client = fakeClient({ SecurityGroups: [] }, { SecurityGroups: [] });
    await listSecurityGroups(client, names, {});
    expect(client.inputs).toMatchObject([
      { Filters: [{ Name: "tag:aws:eks:cluster-name", Values: names.slice(0, 200) }] },
      { Filters: [{ Name: "tag:aws:eks:cluster-name", Values: ["cluster-200"] }] },
    ]);
  });

  test("web ACLs are asked for in scope REGIONAL", async () => {
    const client = fakeClient({ WebACLs: [] });
    await listWebAcls(client, {});
    expect(client.inputs).toMatchObject([{ Scope: "REGIONAL" }]);
  });
});
