// Stage 2: the answers of one cluster from what AWS said in its region. Pure.
import type { Config } from "../config/config.ts";
import type { Path } from "../core/yaml-source.ts";
import { type Choice, isChosen } from "./choice.ts";
import { chooseCertificate } from "./choose-certificate.ts";
import { chooseSubnets } from "./choose-subnets.ts";
import { chooseVpc } from "./choose-vpc.ts";
import { chooseWebAcl } from "./choose-web-acl.ts";
import type { LockFile } from "./lock-schema.ts";
import type { Observed } from "./observed.ts";
import { certificateKey, type Query, queriesOf, subnetsKey, webAclKey } from "./queries.ts";

/** One query with what came of it. */
export interface Decision {
  readonly key: string;
  /** Where the configuration asks. */
  readonly path: Path;
  readonly choice: Choice;
}

export interface ChooseInput {
  readonly config: Config;
  readonly observed: Observed;
  readonly oldLock: LockFile | undefined;
  readonly now: Date;
  /** Region, account and credentials in words. */
  readonly where: string;
}

/** Sorted by key. A query is missing here if the question to AWS behind it failed. */
export function chooseAnswers(input: ChooseInput): readonly Decision[] {
  const { config, observed, where } = input;
  const vpcId = ownVpcId(config, observed);
  return queriesOf(config).flatMap((query): Decision[] => {
    const choice = query.kind === "vpc" ? chooseOwnVpc(query, observed, where) : choose(query, vpcId, input);
    return choice === undefined ? [] : [{ key: query.key, path: pathOf(query, config), choice }];
  });
}

/** The VPC that the cluster's subnets are sought in: as configured, or as found. */
export function ownVpcId(config: Config, observed: Observed): string | undefined {
  const { vpc } = config.cluster;
  if (vpc !== undefined && "id" in vpc) return vpc.id;
  const query = queriesOf(config).find((candidate) => candidate.kind === "vpc");
  const choice = query?.kind === "vpc" ? chooseOwnVpc(query, observed, "") : undefined;
  return choice !== undefined && isChosen(choice) ? choice.answer.id : undefined;
}

function chooseOwnVpc(query: Extract<Query, { kind: "vpc" }>, observed: Observed, where: string) {
  const isAnswered = (query.tags === undefined ? observed.securityGroups : observed.vpcs) !== undefined;
  return isAnswered ? chooseVpc(query, observed, where) : undefined;
}

function choose(
  query: Exclude<Query, { kind: "vpc" }>,
  vpcId: string | undefined,
  { config, observed, oldLock, now, where }: ChooseInput,
): Choice | undefined {
  const old = oldLock?.answers[query.key];
  if (query.kind === "certificate") {
    const pinnedArn = old !== undefined && "arn" in old ? old.arn : undefined;
    return (
      observed.certificates && chooseCertificate(query, observed.certificates, { pinnedArn, now, where })
    );
  }
  if (query.kind === "webAcl") return observed.webAcls && chooseWebAcl(query.name, observed.webAcls, where);
  const { subnets, routeTables, zones } = observed;
  if (vpcId === undefined || subnets === undefined || routeTables === undefined || zones === undefined) {
    return undefined;
  }
  return chooseSubnets(
    {
      select: query.select,
      vpcId,
      eksName: config.cluster.eksName,
      pinned: old !== undefined && "subnets" in old ? old.subnets.map(({ id }) => id) : [],
      where,
    },
    { subnets, routeTables, zones },
  );
}

/** The key of the configuration that asks, for the position of an error. */
function pathOf({ kind, key }: Query, { cluster, ingresses }: Config): Path {
  if (kind === "vpc") return cluster.vpc === undefined ? ["cluster"] : ["cluster", "vpc"];
  for (const { key: door, subnets, certificates, webAcl } of ingresses) {
    if (kind === "subnets" && subnetsKey(subnets) === key) return ["ingresses", door, "subnets"];
    if (kind === "certificate" && certificates.some((certificate) => certificateKey(certificate) === key)) {
      return ["ingresses", door, "certificate"];
    }
    const name = typeof webAcl === "object" && "name" in webAcl ? webAcl.name : undefined;
    if (kind === "webAcl" && name !== undefined && webAclKey(name) === key)
      return ["ingresses", door, "webAcl"];
  }
  return ["ingresses"];
}
