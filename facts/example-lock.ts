// Stage 2: answers that nobody asked AWS for, so that `synth` works before anybody has credentials. Pure. They are
// marked as such, and `check` refuses them: nobody shall deploy them.
import type { Config } from "../config/config.ts";
import type { Problem } from "../core/problem.ts";
import { type Answer, type LockFile, lockFormatVersion } from "./lock-schema.ts";
import { type Query, queriesOf } from "./queries.ts";

const exampleGenerator = "meshfront init";
const chosenBy = "example, not looked up";

/** The account that AWS's own documents use. */
const exampleAccount = "123456789012";

export const isExample = (lock: LockFile): boolean => lock.generatedBy === exampleGenerator;

/** Answers in the right shape to everything that a configuration asks. */
export function exampleLock(config: Config): LockFile {
  const { region, account = exampleAccount } = config.cluster;
  const answers = queriesOf(config).map((query, index) => [
    query.key,
    answerTo(query, index, region, account),
  ]);
  return {
    formatVersion: lockFormatVersion,
    generatedBy: exampleGenerator,
    account,
    region,
    answers: Object.fromEntries(answers),
  };
}

function answerTo(query: Query, index: number, region: string, account: string): Answer {
  const digits = `${index}`.padStart(7, "0");
  const arn = (service: string, resource: string): string =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
  switch (query.kind) {
    case "vpc":
      return { id: "vpc-00000000", chosenBy };
    case "subnets": {
      const subnets = ["a", "b"].map((zone, at) => ({
        id: `subnet-${digits}${zone}`,
        zone: `${region}${zone}`,
        cidr: `10.0.${2 * index + at}.0/24`,
      }));
      return { subnets, chosenBy };
    }
    case "certificate":
      return {
        arn: arn("acm", `certificate/00000000-0000-4000-8000-00000${digits}`),
        names: [...new Set([query.domain, ...query.hosts])],
        keyAlgorithm: query.keyAlgorithm === "ecdsa" ? "EC_prime256v1" : "RSA_2048",
        notAfter: "2099-12-31",
        chosenBy,
      };
    case "webAcl":
      return {
        webAclArn: arn("wafv2", `regional/webacl/${query.name}/00000000-0000-4000-8000-00000${digits}`),
        chosenBy,
      };
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** What `synth` warns of and `check` refuses. */
export const exampleProblem = (file: string, command: string): Problem => ({
  code: "facts/example",
  severity: "warning",
  message:
    "expected answers of AWS, found the examples that `init` wrote: nothing in the output exists in AWS",
  suggestion: `Run \`${command}\` with credentials for AWS before you push: \`check\` refuses the examples.`,
  file,
});
