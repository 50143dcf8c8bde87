// Stage 2: Config + lock file -> Facts, or what is missing and the command that gets it. Pure.
import type { Config, IngressConfig } from "../config/config.ts";
import { formatPath } from "../core/format-value.ts";
import type { Path } from "../core/json.ts";
import { listed } from "../core/listed.ts";
import type { Position, Problem } from "../core/problem.ts";
import { certificateArns } from "./certificate-arns.ts";
import { exampleProblem, isExample } from "./example-lock.ts";
import { type Ask, findAnswer, isSubnets, isVpc, isWebAcl } from "./find-answer.ts";
import type { LockFile } from "./lock-schema.ts";
import { queriesOf, subnetsKey, webAclKey } from "./queries.ts";

/** What AWS knows about one front door. */
export interface IngressFacts {
  /** Two or more, in the order of the lock file or of the configuration. */
  readonly subnetIds: readonly string[];
  /** The first is the listener's default; none where nothing listens on HTTPS. */
  readonly certificateArns: readonly string[];
  readonly webAclArn: string | undefined;
}

/** By key of the ingress. */
export type Facts = ReadonlyMap<string, IngressFacts>;

export interface ResolveInput {
  readonly config: Config;
  readonly locate: (path: Path) => Position;
  /** Undefined where the file does not exist. */
  readonly lock: LockFile | undefined;
  readonly lockName: string;
}

export interface Resolved {
  readonly facts: Facts;
  readonly problems: readonly Problem[];
  /** Keys of answers that nothing asks for. */
  readonly unused: readonly string[];
}

export const lookupCommand = (cluster: string): string => `meshfront lookup ${cluster}`;

/** Facts are complete if no problem is an error. */
export function resolve(input: ResolveInput): Resolved {
  const problems: Problem[] = [];
  const ask: Ask = (path, code, message) => problems.push(problem(input, path, code, message));
  const { config, lock } = input;
  const nothing = { facts: new Map(), problems, unused: [] };
  if (lock !== undefined && lock.cluster !== config.cluster.eksName) {
    return { ...nothing, problems: [wrongCluster(input, lock)] };
  }
  if (lock !== undefined && isExample(lock))
    problems.push(exampleProblem(input.lockName, lookupCommand(config.cluster.name)));
  if (lock !== undefined) problems.push(...scopeProblems(input, lock));
  const needed = queriesOf(config);
  const unused = Object.keys(lock?.answers ?? {}).filter((key) => !needed.some((query) => query.key === key));
  if (lock === undefined && needed.length > 0) {
    ask(
      ["ingresses"],
      "facts/missing-lock",
      `expected ${input.lockName} with answers to ${needed.map(({ key }) => key).join(", ")}, found no such file`,
    );
    return nothing;
  }
  if (needed.some(({ key }) => key === "vpc")) findAnswer(input, "vpc", isVpc, ["cluster"], ask);
  const facts = new Map(config.ingresses.map((ingress) => [ingress.key, ingressFacts(input, ingress, ask)]));
  return { facts, problems, unused };
}

function ingressFacts(input: ResolveInput, ingress: IngressConfig, ask: Ask): IngressFacts {
  return {
    subnetIds: subnetIds(input, ingress, ask),
    certificateArns: certificateArns(input, ingress, ask),
    webAclArn: webAclArn(input, ingress, ask),
  };
}

function subnetIds(input: ResolveInput, { key, subnets }: IngressConfig, ask: Ask): readonly string[] {
  if ("ids" in subnets) return subnets.ids;
  const path = ["ingresses", key, "subnets"];
  const answer = findAnswer(input, subnetsKey(subnets), isSubnets, path, ask);
  if (answer === undefined) return [];
  const zones = answer.subnets.map(({ zone }) => zone);
  const repeated = zones.filter((zone, index) => zones.indexOf(zone) !== index);
  if (repeated.length > 0) {
    ask(
      path,
      "facts/zone-twice",
      `expected one subnet per zone, found several in ${[...new Set(repeated)].join(", ")}`,
    );
  }
  if (new Set(zones).size < 2) {
    ask(
      path,
      "facts/too-few-zones",
      `expected subnets in at least two zones, found ${[...new Set(zones)].join(", ")} only`,
    );
  }
  return answer.subnets.map(({ id }) => id);
}

function webAclArn(input: ResolveInput, { key, webAcl }: IngressConfig, ask: Ask): string | undefined {
  if (typeof webAcl !== "object") return undefined;
  if ("arn" in webAcl) return webAcl.arn;
  return findAnswer(input, webAclKey(webAcl.name), isWebAcl, ["ingresses", key, "webAcl"], ask)?.webAclArn;
}

/** Of a copied file every answer may be right by chance, and the VPC is another cluster's. */
const wrongCluster = ({ config, lockName }: ResolveInput, lock: LockFile): Problem => ({
  code: "facts/wrong-cluster",
  severity: "error",
  message: `expected the answers for the EKS cluster ${config.cluster.eksName}, found those for ${lock.cluster}: a lock file belongs to one cluster`,
  suggestion: `Run \`${lookupCommand(config.cluster.name)}\` with credentials for AWS. If EKS calls this cluster ${lock.cluster}, set cluster.eksName.`,
  file: lockName,
});

/** The lock must speak of the account and region the configuration speaks of, in its head and in every ARN. */
function scopeProblems({ config, lockName }: ResolveInput, lock: LockFile): Problem[] {
  const { account, region, name } = config.cluster;
  const arns = Object.values(lock.answers).flatMap((answer) =>
    "arn" in answer ? [answer.arn] : "webAclArn" in answer ? [answer.webAclArn] : [],
  );
  const regions = [lock.region, ...arns.map((arn) => arn.split(":")[3] ?? "")];
  const accounts = [lock.account, ...arns.map((arn) => arn.split(":")[4] ?? "")];
  const other = (what: string, expected: string, found: readonly string[]): Problem[] =>
    found
      .filter((value, index) => value !== expected && found.indexOf(value) === index)
      .map((value) => ({
        code: `facts/wrong-${what}`,
        severity: "error",
        message: `expected answers for ${what} ${expected}, found ${value}`,
        suggestion: `Run \`${lookupCommand(name)}\`.`,
        file: lockName,
      }));
  return [...other("region", region, regions), ...other("account", account ?? lock.account, accounts)];
}

/** One for a file, however many they are. */
export const unusedProblem = (lockName: string, unused: readonly string[]): Problem => ({
  code: "facts/unused-answer",
  severity: "warning",
  message: `expected answers that the configuration asks for, found others too: ${listed(unused)}`,
  suggestion: "Run `meshfront synth`: it drops them, without AWS.",
  file: lockName,
});

function problem({ config, locate }: ResolveInput, path: Path, code: string, message: string): Problem {
  return {
    code,
    severity: "error",
    message,
    suggestion: `Run \`${lookupCommand(config.cluster.name)}\` with credentials for AWS, and commit the lock file.`,
    ...locate(path),
    path: formatPath(path),
  };
}
