// What stands in the AWS account of the tests: the network of an EKS cluster, and what a real account has beside it.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ACMClient, ImportCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  type Tag,
} from "@aws-sdk/client-ec2";
import { CreateWebACLCommand, WAFV2Client } from "@aws-sdk/client-wafv2";
import type { MotoServer } from "./moto-server.ts";

export const region = "ap-northeast-2";

export interface Account {
  /** What each random id stands for, for example `subnet-1234…` -> `public-a`. */
  readonly names: ReadonlyMap<string, string>;
  readonly ec2: EC2Client;
  readonly acm: ACMClient;
}

/** `expiresAfterSeconds`: of the certificate that is to expire, where a test waits for it. */
export async function seed(
  { url, python }: MotoServer,
  expiresAfterSeconds = secondsUntilExpired,
): Promise<Account> {
  const options = { region, endpoint: url, credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const [ec2, acm, wafv2] = [new EC2Client(options), new ACMClient(options), new WAFV2Client(options)];
  const names = new Map<string, string>();
  await Promise.all([
    seedNetwork(ec2, names),
    seedCertificates(acm, python, names, expiresAfterSeconds),
    ...["edge", "other"].map((name) => seedWebAcl(wafv2, name, names)),
  ]);
  return { names, ec2, acm };
}

interface SubnetSpec {
  readonly name: string;
  readonly zone: string;
  readonly cidr: string;
  readonly tags?: Readonly<Record<string, string>>;
}

const publicSubnets: readonly SubnetSpec[] = [
  { name: "public-a", zone: "a", cidr: "10.0.0.0/24", tags: { "kubernetes.io/cluster/demo": "shared" } },
  // The controller takes the tagged one of two, whatever their random ids are.
  { name: "public-a-untagged", zone: "a", cidr: "10.0.1.0/24" },
  { name: "public-b", zone: "b", cidr: "10.0.2.0/24" },
  { name: "public-c", zone: "c", cidr: "10.0.3.0/24" },
  { name: "foreign-b", zone: "b", cidr: "10.0.4.0/24", tags: { "kubernetes.io/cluster/other": "owned" } },
  { name: "tiny-c", zone: "c", cidr: "10.0.5.0/28" },
];

const privateSubnets: readonly SubnetSpec[] = [
  { name: "private-a", zone: "a", cidr: "10.0.16.0/20", tags: { tier: "internal" } },
  { name: "private-b", zone: "b", cidr: "10.0.32.0/20", tags: { tier: "internal" } },
  { name: "private-c", zone: "c", cidr: "10.0.48.0/20" },
];

async function seedNetwork(ec2: EC2Client, names: Map<string, string>): Promise<void> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const VpcId = Vpc?.VpcId ?? "";
  names.set(VpcId, "demo-vpc");
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const GatewayId = InternetGateway?.InternetGatewayId ?? "";
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId }));
  const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
  const RouteTableId = RouteTable?.RouteTableId ?? "";
  await ec2.send(new CreateRouteCommand({ RouteTableId, GatewayId, DestinationCidrBlock: "0.0.0.0/0" }));
  const group = { GroupName: "eks-cluster-sg-demo", Description: "by EKS", VpcId };
  const tags = [
    { ResourceType: "security-group" as const, Tags: tagList({ "aws:eks:cluster-name": "demo" }) },
  ];
  await ec2.send(new CreateSecurityGroupCommand({ ...group, TagSpecifications: tags }));
  for (const spec of [...publicSubnets, ...privateSubnets]) {
    const SubnetId = await createSubnet(ec2, VpcId, spec);
    names.set(SubnetId, spec.name);
    // The private ones stay with the main table.
    if (publicSubnets.includes(spec))
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
  }
}

async function createSubnet(
  ec2: EC2Client,
  VpcId: string,
  { name, zone, cidr, tags }: SubnetSpec,
): Promise<string> {
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({
      VpcId,
      CidrBlock: cidr,
      AvailabilityZone: `${region}${zone}`,
      TagSpecifications: [{ ResourceType: "subnet", Tags: tagList({ Name: name, ...tags }) }],
    }),
  );
  return Subnet?.SubnetId ?? "";
}

const tagList = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const day = 86_400;

/** moto refuses an expired certificate, so one expires soon after: later than a busy machine needs to import it. */
export const secondsUntilExpired = 15;

const certificates = [
  { name: "wildcard-rsa", names: ["*.example.com", "example.com"], key: "RSA_2048", seconds: 400 * day },
  { name: "wildcard-ecdsa", names: ["*.example.com"], key: "EC_prime256v1", seconds: 500 * day },
  { name: "exact-rsa", names: ["app.example.com"], key: "RSA_2048", seconds: 200 * day },
  { name: "expired", names: ["old.example.org"], key: "RSA_2048", seconds: secondsUntilExpired },
  { name: "weak", names: ["weak.example.org"], key: "RSA_1024", seconds: 400 * day },
] as const;

async function seedCertificates(
  acm: ACMClient,
  python: string,
  names: Map<string, string>,
  expiresAfterSeconds: number,
): Promise<void> {
  const script = fileURLToPath(new URL("make-certificates.py", import.meta.url));
  const specs = certificates.map(({ name, ...spec }) =>
    name === "expired" ? { ...spec, seconds: expiresAfterSeconds } : spec,
  );
  const { stdout, stderr } = spawnSync(python, [script], { input: JSON.stringify(specs), encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  const made = JSON.parse(stdout) as readonly { certificate: string; privateKey: string }[]; // by make-certificates.py
  for (const [index, { certificate, privateKey }] of made.entries()) {
    const { CertificateArn = "" } = await acm.send(
      new ImportCertificateCommand({
        Certificate: Buffer.from(certificate),
        PrivateKey: Buffer.from(privateKey),
      }),
    );
    names.set(CertificateArn.replace(/^.*\//, ""), certificates[index]?.name ?? "");
  }
  const pending = await acm.send(new RequestCertificateCommand({ DomainName: "new.example.org" }));
  names.set((pending.CertificateArn ?? "").replace(/^.*\//, ""), "pending");
}

async function seedWebAcl(wafv2: WAFV2Client, name: string, names: Map<string, string>): Promise<void> {
  const visibility = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: name };
  const { Summary } = await wafv2.send(
    new CreateWebACLCommand({
      Name: name,
      Scope: "REGIONAL",
      DefaultAction: { Allow: {} },
      VisibilityConfig: visibility,
    }),
  );
  names.set(Summary?.Id ?? "", `web-acl-${name}`);
}
