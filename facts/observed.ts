// Stage 2: what AWS said, as plain data. facts/providers/ makes it, facts/choose-*.ts reads it.
import type { StringMap } from "../config/config.ts";

export interface SecurityGroup {
  readonly id: string;
  readonly vpcId: string;
  readonly ownerId: string;
  readonly tags: StringMap;
}

export interface Vpc {
  readonly id: string;
  readonly ownerId: string;
  readonly tags: StringMap;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly ownerId: string;
  /** `available` or `pending` and others; as EC2 spells it. */
  readonly state: string;
  readonly zone: string;
  /** IPv4, for example `10.0.0.0/24`; empty for a subnet of IPv6 only. */
  readonly cidr: string;
  readonly freeAddresses: number;
  readonly isOnOutpost: boolean;
  readonly tags: StringMap;
}

export interface RouteTable {
  readonly vpcId: string;
  readonly ownerId: string;
  readonly isMain: boolean;
  /** Explicitly associated. */
  readonly subnetIds: readonly string[];
  readonly hasInternetGateway: boolean;
}

export interface Zone {
  readonly name: string;
  /** `availability-zone`, `local-zone` or `wavelength-zone`. */
  readonly type: string;
}

export interface Certificate {
  readonly arn: string;
  /** Lower case, the main name first. */
  readonly names: readonly string[];
  /** `ISSUED`, `PENDING_VALIDATION` and others; as ACM spells it. */
  readonly status: string;
  /** With an underscore (`RSA_2048`): ACM itself uses both spellings. */
  readonly keyAlgorithm: string;
  readonly notBefore: Date | undefined;
  readonly notAfter: Date | undefined;
}

export interface WebAcl {
  readonly name: string;
  readonly arn: string;
}

/** Everything that was asked in one region. Undefined: not asked, or the question failed. */
export interface Observed {
  readonly securityGroups?: readonly SecurityGroup[] | undefined;
  readonly vpcs?: readonly Vpc[] | undefined;
  readonly zones?: readonly Zone[] | undefined;
  readonly subnets?: readonly Subnet[] | undefined;
  readonly routeTables?: readonly RouteTable[] | undefined;
  readonly certificates?: readonly Certificate[] | undefined;
  readonly webAcls?: readonly WebAcl[] | undefined;
}

/** The questions to one region. Each rejects with an `AwsCallError`, and never with a part of the answer. */
export interface AwsRegion {
  /** Security groups that EKS tagged with one of these cluster names. */
  listSecurityGroups(eksNames: readonly string[]): Promise<readonly SecurityGroup[]>;
  listVpcs(): Promise<readonly Vpc[]>;
  listZones(): Promise<readonly Zone[]>;
  listSubnets(vpcIds: readonly string[]): Promise<readonly Subnet[]>;
  listRouteTables(vpcIds: readonly string[]): Promise<readonly RouteTable[]>;
  /** Of all key types and in all states, so that a refusal can be explained. */
  listCertificates(): Promise<readonly Certificate[]>;
  /** Scope REGIONAL. */
  listWebAcls(): Promise<readonly WebAcl[]>;
}
