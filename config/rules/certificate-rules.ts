import { groupBy } from "../../core/group-by.ts";
import { isJsonArray, type Path, valueAt } from "../../core/json.ts";
import { listed } from "../../core/listed.ts";
import { mutualAuthentication } from "../alb-json-schemas.ts";
import { partitionOf } from "../aws-partition.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { readJsonText } from "../json-grammar.ts";
import { perIngress } from "./per-ingress.ts";

/** Where the file has it: `certificate` is one map or a list of them. */
const certificatePath = ({ certificates }: IngressConfig, index: number, key: string): Path =>
  certificates.length > 1 ? ["certificate", index, key] : ["certificate", key];

interface ArnPlace {
  readonly path: Path;
  readonly what: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

function arnPlaces(ingress: IngressConfig): ArnPlace[] {
  const certificates = ingress.certificates.flatMap((certificate, index) =>
    "arn" in certificate
      ? [placeOf(certificate.arn, certificatePath(ingress, index, "arn"), "certificate")]
      : [],
  );
  const { webAcl } = ingress;
  if (typeof webAcl !== "object" || !("arn" in webAcl)) return certificates;
  return [...certificates, placeOf(webAcl.arn, ["webAcl", "arn"], "web ACL")];
}

function placeOf(arn: string, path: Path, what: string): ArnPlace {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { path, what, partition, region, account };
}

/** One of another account may be shared with this one; the load balancer takes none of another region. */
function trustStorePlaces({ annotations }: IngressConfig): ArnPlace[] {
  const suffix = "mutual-authentication";
  const ports = readJsonText(mutualAuthentication, annotations[suffix] ?? "");
  if (!isJsonArray(ports)) return [];
  return ports
    .map((port) => valueAt(port, ["trustStore"]))
    .filter((store) => typeof store === "string" && store.startsWith("arn:"))
    .map((store) => placeOf(String(store), ["annotations", suffix], "trust store"));
}

const regionFindings = (ingress: IngressConfig, { cluster }: Config): Finding[] =>
  [...arnPlaces(ingress), ...trustStorePlaces(ingress)]
    .filter(({ region }) => region !== cluster.region)
    .map(({ path, what, region }) => ({
      path,
      message: `expected a ${what} in ${cluster.region}, the cluster's region, found one in ${region}`,
      suggestion: `Use the ${what} of ${cluster.region}: a load balancer takes none of another region.`,
    }));

/** China and GovCloud are partitions of their own: an ARN copied from elsewhere names what is not there. */
const partitionFindings = (ingress: IngressConfig, { cluster }: Config): Finding[] =>
  [...arnPlaces(ingress), ...trustStorePlaces(ingress)]
    .filter(({ partition, region }) => region === cluster.region && partition !== partitionOf(region))
    .map(({ path, what, partition, region }) => ({
      path,
      message: `expected the ARN of a ${what} in ${region} to begin with arn:${partitionOf(region)}:, found arn:${partition}:`,
      suggestion: "Copy the ARN from that region's console or API.",
    }));

const accountFindings = (ingress: IngressConfig, { cluster }: Config): Finding[] =>
  arnPlaces(ingress)
    .filter(({ account }) => cluster.account !== undefined && account !== cluster.account)
    .map(({ path, what, account }) => ({
      path,
      message: `expected a ${what} of account ${cluster.account}, found one of ${account}`,
      suggestion: "Correct the ARN or cluster.account.",
    }));

/** The lock file has one answer for a domain, and one certificate has one key. */
function keyAlgorithmFindings({ ingresses }: Config): Finding[] {
  const wanted = ingresses.flatMap((ingress) =>
    ingress.certificates.flatMap((certificate, index) =>
      "domain" in certificate && certificate.keyAlgorithm !== undefined
        ? [
            {
              domain: certificate.domain,
              keyAlgorithm: certificate.keyAlgorithm,
              key: ingress.key,
              path: ["ingresses", ingress.key, ...certificatePath(ingress, index, "keyAlgorithm")],
            },
          ]
        : [],
    ),
  );
  return [...groupBy(wanted, ({ domain }) => domain)].flatMap(([domain, doors]) => {
    const groups = groupBy(doors, ({ keyAlgorithm }) => keyAlgorithm);
    const [, [differing] = []] = [...groups.values()];
    if (differing === undefined) return [];
    const found = [...groups].map(
      ([keyAlgorithm, ofIt]) => `${keyAlgorithm} in ${listed(ofIt.map(({ key }) => `ingresses.${key}`))}`,
    );
    return [
      {
        path: differing.path,
        message: `expected one keyAlgorithm for the certificate of ${domain}, found ${found.join("; ")}: a look-up gives one certificate per domain`,
        suggestion: "Name one of the two by its arn, or use the same algorithm.",
      },
    ];
  });
}

export const certificateRules: readonly ConfigRule[] = [
  { code: "alb/certificate-region", severity: "error", check: perIngress(regionFindings) },
  { code: "alb/arn-partition", severity: "error", check: perIngress(partitionFindings) },
  { code: "alb/certificate-account", severity: "error", check: perIngress(accountFindings) },
  { code: "alb/key-algorithm-conflict", severity: "error", check: keyAlgorithmFindings },
];
