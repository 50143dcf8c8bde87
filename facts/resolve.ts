// Stage 2: Config + lock file -> Facts, or what is missing and the command that gets it. Pure.
import type { Config, IngressConfig } from "../config/config.ts";
import { formatPath } from "../core/format-value.ts";
import type { Path } from "../core/json.ts";
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
  /** One or more; the first is the listener's default. */
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
}

export const lookupCommand = (cluster: string): string => `meshfront lookup ${cluster}`;

/** Facts are complete if no problem is an error. */
export function resolve(input: ResolveInput): Resolved {
  const problems: Problem[] = [];
  const ask: Ask = (path, code, message) => problems.push(problem(input, path, code, message));
  if (input.lock !== undefined && isExample(input.lock))
    problems.push(exampleProblem(input.lockName, lookupCommand(input.config.cluster.name)));
  if (input.lock !== undefined)
    problems.push(...scopeProblems(input, input.lock), ...unusedProblems(input, input.lock));
  const needed = queriesOf(input.config);
  if (input.lock === undefined && needed.length > 0) {
    ask(
      ["ingresses"],
      "facts/missing-lock",
      `expected ${input.lockName} with answers to ${needed.map(({ key }) => key).join(", ")}, found no such file`,
    );
    return { facts: new Map(), problems };
  }
  if (needed.some(({ key }) => key === "vpc")) findAnswer(input, "vpc", isVpc, ["cluster"], ask);
  const facts = new Map(
    input.config.ingresses.map((ingress) => [ingress.key, ingressFacts(input, ingress, ask)]),
  );
  return { facts, problems };
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

function unusedProblems({ config, lockName }: ResolveInput, lock: LockFile): Problem[] {
  const asked = new Set(queriesOf(config).map(({ key }) => key));
  return Object.keys(lock.answers)
    .filter((key) => !asked.has(key))
    .map((key) => ({
      code: "facts/unused-answer",
      severity: "warning",
      message: `${key} is answered, but nothing in the configuration asks for it`,
      suggestion: `Run \`${lookupCommand(config.cluster.name)}\`: it removes the answer.`,
      file: lockName,
    }));
}

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
