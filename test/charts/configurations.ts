// Configurations for tests of stage 3, from what a person would write, with answers from AWS to all they ask.
import type { Config } from "../../config/config.ts";
import { loadClusters } from "../../config/load.ts";
import { deepMerge, type JsonObject } from "../../core/json.ts";
import { formatProblem, isError, type Problem } from "../../core/problem.ts";
import type { Answer, LockFile } from "../../facts/lock-schema.ts";
import { type Query, queriesOf } from "../../facts/queries.ts";
import { resolve } from "../../facts/resolve.ts";
import { buildOutput, type Output, programs } from "./output.ts";

/** One door with its ids written out; the tests lay over it what they are about. */
const door: JsonObject = {
  hosts: ["app.example.com"],
  certificate: { arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001" },
  subnets: { ids: ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"] },
};

const base: JsonObject = {
  cluster: { name: "demo", region: "eu-west-1" },
  repository: { url: "https://github.com/example/platform.git" },
};

/** The output for the usual cluster with `changes` laid over it; without `ingresses` among them it has one door. */
export function outputWith(changes: JsonObject, given = programs): Output {
  const ingresses = changes.ingresses === undefined ? { ingresses: { services: door } } : {};
  const input = deepMerge({ ...base, ...ingresses }, changes);
  if (given !== programs) return outputOfInput(input, given);
  const key = JSON.stringify(input);
  const output = known.get(key) ?? outputOfInput(input);
  known.set(key, output);
  return output;
}

/** Many tests are about the same few outputs. By the text of the cluster file. */
const known = new Map<string, Output>();

/** The output for the usual cluster with one door, `services`, and `changes` laid over that door. */
export const outputWithDoor = (changes: JsonObject): Output =>
  outputWith({ ingresses: { services: deepMerge(door, changes) } });

/** The output for a whole cluster file, as data. */
export function outputOfInput(input: JsonObject, given = programs): Output {
  const name = String((input.cluster as JsonObject).name); // the schema sees to both right below
  const file = { file: `clusters/${name}.yaml`, bytes: Buffer.from(JSON.stringify(input)) };
  const { clusters, problems } = loadClusters([file], undefined);
  refuse(problems);
  const [cluster] = clusters;
  if (cluster === undefined) throw new Error("expected a cluster, found none");
  const { config, locate } = cluster;
  const resolved = resolve({ config, locate, lock: answerAll(config), lockName: "the test's answers" });
  refuse(resolved.problems);
  return buildOutput(config, resolved.facts, given);
}

function refuse(problems: readonly Problem[]): void {
  const errors = problems.filter(isError);
  if (errors.length > 0) throw new Error(errors.map(formatProblem).join("\n"));
}

const answerAll = (config: Config): LockFile => ({
  formatVersion: 1,
  generatedBy: "meshfront lookup",
  cluster: config.cluster.eksName,
  account: config.cluster.account ?? "111122223333",
  region: config.cluster.region,
  answers: Object.fromEntries(queriesOf(config).map((query) => [query.key, answer(config, query)])),
});

function answer({ cluster: { region, account = "111122223333" } }: Config, query: Query): Answer {
  const chosenBy = "the test";
  switch (query.kind) {
    case "vpc":
      return { id: "vpc-0aaaaaaaaaaaaaaaa", chosenBy };
    case "subnets":
      return {
        subnets: ["a", "b"].map((zone, index) => ({
          id: `subnet-0aaaaaaaaaaaaaaa${index + 1}`,
          zone: `${region}${zone}`,
          cidr: `10.0.${index}.0/24`,
        })),
        chosenBy,
      };
    case "certificate":
      return {
        arn: `arn:aws:acm:${region}:${account}:certificate/0a1b2c3d-0000-4000-8000-000000000001`,
        names: [...new Set([query.domain, ...query.hosts])],
        keyAlgorithm: query.keyAlgorithm === "ecdsa" ? "EC_prime256v1" : "RSA_2048",
        notAfter: "2099-12-31",
        chosenBy,
      };
    case "webAcl":
      return {
        webAclArn: `arn:aws:wafv2:${region}:${account}:regional/webacl/${query.name}/0a1b2c3d-0000-4000-8000-000000000002`,
        chosenBy,
      };
  }
}
