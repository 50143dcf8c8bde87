// Stage 2: which questions a configuration has for AWS. Pure; `lookup` asks them, everything else reads the answers.

import type { CertificateConfig, Config, StringMap, SubnetsConfig } from "../config/config.ts";
import { namedHosts } from "../config/rules/hosts.ts";
import { groupBy } from "../core/group-by.ts";

export type Query =
  /** By `id` nothing is asked; by tags of the VPC; else by the tag that EKS puts on the cluster's security group. */
  | {
      readonly kind: "vpc";
      readonly key: "vpc";
      readonly eksName: string;
      readonly tags: StringMap | undefined;
    }
  | { readonly kind: "subnets"; readonly key: string; readonly select: Select }
  | {
      readonly kind: "certificate";
      readonly key: string;
      readonly domain: string;
      /** Every host of every door that has this certificate alone: one certificate covers them all. */
      readonly hosts: readonly string[];
      readonly keyAlgorithm: "rsa" | "ecdsa" | undefined;
    }
  | { readonly kind: "webAcl"; readonly key: string; readonly name: string };

type Select = Exclude<SubnetsConfig, { readonly ids: unknown }>;

/** The questions, each once, sorted by key. Ids and ARNs in the configuration need none. */
export function queriesOf(config: Config): readonly Query[] {
  const queries = [...subnetQueries(config), ...certificateQueries(config), ...webAclQueries(config)];
  const byKey = new Map(queries.map((query) => [query.key, query]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function subnetQueries(config: Config): Query[] {
  const subnets = config.ingresses.flatMap(({ subnets }): Query[] => {
    const key = subnetsKey(subnets);
    return key === undefined || "ids" in subnets ? [] : [{ kind: "subnets", key, select: subnets }];
  });
  const { vpc, eksName } = config.cluster;
  if (subnets.length === 0 || (vpc !== undefined && "id" in vpc)) return subnets;
  return [...subnets, { kind: "vpc", key: "vpc", eksName, tags: vpc?.tags }];
}

function certificateQueries(config: Config): Query[] {
  const asked = config.ingresses.flatMap(({ certificates, hosts }) =>
    certificates.flatMap((certificate) =>
      // Of several certificates of one door each covers its own domain, as in resolve.ts.
      "domain" in certificate
        ? [{ certificate, hosts: certificates.length > 1 ? [] : namedHosts(hosts) }]
        : [],
    ),
  );
  return [...groupBy(asked, ({ certificate }) => certificate.domain)].map(([domain, same]) => ({
    kind: "certificate",
    key: certificateKey({ domain, keyAlgorithm: undefined }) ?? "",
    domain,
    hosts: [...new Set(same.flatMap(({ hosts }) => hosts))].sort(),
    // A door that does not care follows one that does; two that differ are alb/key-algorithm-conflict.
    keyAlgorithm: same
      .map(({ certificate: { keyAlgorithm } }) => keyAlgorithm)
      .find((keyAlgorithm) => keyAlgorithm !== undefined),
  }));
}

function webAclQueries(config: Config): Query[] {
  return config.ingresses.flatMap(({ webAcl }): Query[] =>
    typeof webAcl === "object" && "name" in webAcl
      ? [{ kind: "webAcl", key: webAclKey(webAcl.name), name: webAcl.name }]
      : [],
  );
}

/** Key of the answer in the lock file; undefined where the configuration names the ids itself. */
export function subnetsKey(subnets: SubnetsConfig): string | undefined {
  if ("ids" in subnets) return undefined;
  const { visibility, tags } = subnets;
  if (tags === undefined) return `subnets:${visibility}`;
  // Escaped, so that a comma inside a value makes no other pair.
  const escaped = (text: string) => text.replace(/[\\,=()]/g, "\\$&");
  const pairs = Object.entries(tags).map(([name, value]) => `${escaped(name)}=${escaped(value)}`);
  return `subnets:${visibility}:tags(${pairs.sort().join(",")})`;
}

export const certificateKey = (certificate: CertificateConfig): string | undefined =>
  "domain" in certificate ? `certificate:${certificate.domain}` : undefined;

export const webAclKey = (name: string): string => `webAcl:${name}`;
