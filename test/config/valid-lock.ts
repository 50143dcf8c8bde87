import type { Config } from "../../config/config.ts";
import type { Answer, LockFile } from "../../facts/lock-schema.ts";
import { lockFormatVersion } from "../../facts/lock-schema.ts";
import { type Query, queriesOf } from "../../facts/queries.ts";

/** A lock file that answers everything a configuration asks. The ids follow from the questions. */
export function lockFor(config: Config): LockFile {
  const { eksName, region, account = "123456789012" } = config.cluster;
  const queries = queriesOf(config);
  return {
    formatVersion: lockFormatVersion,
    generatedBy: "meshfront lookup",
    cluster: eksName,
    account,
    region,
    answers: Object.fromEntries(
      queries.map((query, index) => [query.key, answerTo(query, index, `${region}:${account}`)]),
    ),
  };
}

function answerTo(query: Query, index: number, scope: string): Answer {
  const id = `${index}`.padStart(8, "0");
  const [region = ""] = scope.split(":");
  switch (query.kind) {
    case "vpc":
      return { id: "vpc-0a1b2c3d", chosenBy: "only match" };
    case "subnets":
      return {
        subnets: ["a", "b"].map((zone) => ({
          id: `subnet-${id}${zone}`,
          zone: `${region}${zone}`,
          cidr: `10.0.${index}.0/24`,
        })),
        chosenBy: "one per zone",
      };
    case "certificate":
      return {
        arn: `arn:aws:acm:${scope}:certificate/${id}`,
        names: [...new Set([query.domain, ...query.hosts])],
        keyAlgorithm: query.keyAlgorithm === "ecdsa" ? "EC_prime256v1" : "RSA_2048",
        notAfter: "2099-12-31",
        chosenBy: "only match",
      };
    case "webAcl":
      return { webAclArn: `arn:aws:wafv2:${scope}:regional/webacl/${query.name}/${id}`, chosenBy: "name" };
  }
}
