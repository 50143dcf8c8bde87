// The lock file from the input's own facts: written where they answer every question of the cluster file, and not otherwise,
// because half a lock file is none. `lookup` asks AWS in its place.
import type { Config } from "../config/config.ts";
import { coverOf } from "../config/rules/hosts.ts";
import { serialiseLock } from "../facts/lock.ts";
import { type Answer, lockFile, lockFormatVersion } from "../facts/lock-schema.ts";
import { type Query, queriesOf } from "../facts/queries.ts";
import type { AwsFact, LiveState } from "./live.ts";
import { originText } from "./recognise/objects.ts";

/** Undefined where nothing is asked, or something cannot be answered. */
export function lockText({ awsFacts }: LiveState, config: Config): string | undefined {
  const { account, eksName, region } = config.cluster;
  const queries = queriesOf(config);
  if (queries.length === 0 || account === undefined) return undefined;
  const answers = queries.map((query) => [query.key, answerTo(query, awsFacts)] as const);
  const known = answers.flatMap(([key, answer]) => (answer === undefined ? [] : [[key, answer] as const]));
  if (known.length < answers.length) return undefined;
  const lock = {
    formatVersion: lockFormatVersion,
    generatedBy: "meshfront migrate",
    cluster: eksName,
    account,
    region,
    answers: Object.fromEntries(known),
  } as const;
  // The provider's schema was not proven on a real state: what does not fit the lock's own schema is no fact.
  const checked = lockFile.safeParse({ ...lock, checksum: `sha256-${"0".repeat(64)}` });
  return checked.success ? serialiseLock(checked.data) : undefined;
}

const chosen = (facts: readonly AwsFact[]): string =>
  `migrate: ${facts.map(({ origin }) => originText(origin)).join(", ")}`;

function answerTo(query: Query, facts: readonly AwsFact[]): Answer | undefined {
  switch (query.kind) {
    case "vpc": {
      const subnets = facts.filter(({ kind }) => kind === "subnet") as Extract<AwsFact, { kind: "subnet" }>[]; // so filtered
      const ids = [...new Set(subnets.map(({ vpcId }) => vpcId))];
      return ids.length === 1 && ids[0] !== undefined ? { id: ids[0], chosenBy: chosen(subnets) } : undefined;
    }
    case "subnets":
      return subnetsAnswer(query, facts);
    case "certificate":
      return certificateAnswer(query, facts);
    case "webAcl": {
      const found = facts.find((fact) => fact.kind === "webAcl" && fact.name === query.name);
      return found?.kind === "webAcl" ? { webAclArn: found.arn, chosenBy: chosen([found]) } : undefined;
    }
  }
}

/** As the controller discovers them: by the role that a subnet's tags give it. */
function subnetsAnswer(
  { select }: Extract<Query, { kind: "subnets" }>,
  facts: readonly AwsFact[],
): Answer | undefined {
  const role = select.visibility === "public" ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb";
  const found = facts.flatMap((fact) =>
    fact.kind === "subnet" && fact.tags[role] !== undefined ? [fact] : [],
  );
  const zones = new Set(found.map(({ zone }) => zone));
  if (found.length < 2 || zones.size < found.length) return undefined;
  return { subnets: found.map(({ id, zone, cidr }) => ({ id, zone, cidr })), chosenBy: chosen(found) };
}

function certificateAnswer(
  { domain, hosts }: Extract<Query, { kind: "certificate" }>,
  facts: readonly AwsFact[],
): Answer | undefined {
  const fitting = facts.flatMap((fact) =>
    fact.kind === "certificate" && [domain, ...hosts].every(coverOf(fact.names, "one label")) ? [fact] : [],
  );
  const [found, ...others] = fitting;
  if (found === undefined || others.length > 0 || found.notAfter === undefined) return undefined;
  const { arn, names, keyAlgorithm, notAfter } = found;
  return { arn, names: [...names], keyAlgorithm, notAfter, chosenBy: chosen([found]) };
}
