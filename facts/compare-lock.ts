// Stage 2: what differs between two lock files, in words. Pure.
import { type Choice, isChosen } from "./choice.ts";
import type { Answer, LockFile, SubnetsAnswer } from "./lock-schema.ts";

export interface Change {
  /** The query, or `cluster`, `account` or `region`. */
  readonly key: string;
  /** For example `- subnet-0a1b2c3d4e5f60711 in eu-west-1a: is gone`. */
  readonly text: string;
  /** False where AWS stands in for the same thing: a renewal that only moves the expiry, another criterion. */
  readonly isDifference: boolean;
}

/**
 * What a new look-up changes, sorted by key. `choices` say why something that was chosen is chosen no more; an answer
 * that the new look-up could not give is told by its refusal elsewhere, and left out here.
 */
export function compareLocks(
  before: LockFile | undefined,
  after: LockFile,
  choices: ReadonlyMap<string, Choice> = new Map(),
): readonly Change[] {
  const heads = (["cluster", "account", "region"] as const).flatMap((key): Change[] =>
    before === undefined || before[key] === after[key]
      ? []
      : [{ key, text: `${before[key]} -> ${after[key]}`, isDifference: true }],
  );
  const keys = [...new Set([...Object.keys(before?.answers ?? {}), ...Object.keys(after.answers)])].sort();
  const answers = keys.flatMap((key) =>
    compareAnswers(before?.answers[key], after.answers[key], choices.get(key)).map((change) => ({
      ...change,
      key,
    })),
  );
  return [...heads, ...answers];
}

type KeylessChange = Omit<Change, "key">;

function compareAnswers(
  before: Answer | undefined,
  after: Answer | undefined,
  choice: Choice | undefined,
): readonly KeylessChange[] {
  if (after === undefined) {
    const isRefused = choice !== undefined && !isChosen(choice);
    return isRefused ? [] : [{ text: "removed: nothing asks for it", isDifference: false }];
  }
  if (before === undefined) return [{ text: `new: ${describeAnswer(after)}`, isDifference: true }];
  const why = (name: string): string => reasonFor(name, choice);
  const difference = (text: string): KeylessChange => ({ text, isDifference: true });
  const changes: KeylessChange[] = [];
  if ("subnets" in before && "subnets" in after) {
    changes.push(...compareSubnets(before, after, why).map(difference));
  } else if (idOf(before) !== idOf(after)) {
    changes.push(
      difference(`- ${idOf(before)}: ${why(idOf(before))}`),
      difference(`+ ${describeAnswer(after)}`),
    );
  } else if ("arn" in before && "arn" in after) {
    if (before.names.join() !== after.names.join())
      changes.push(difference(`names: ${before.names.join(", ")} -> ${after.names.join(", ")}`));
    if (before.keyAlgorithm !== after.keyAlgorithm)
      changes.push(difference(`key algorithm: ${before.keyAlgorithm} -> ${after.keyAlgorithm}`));
    if (before.notAfter !== after.notAfter)
      changes.push({ text: `expiry: ${before.notAfter} -> ${after.notAfter}`, isDifference: false });
  }
  if (before.chosenBy !== after.chosenBy) {
    changes.push({ text: `chosen by: ${before.chosenBy} -> ${after.chosenBy}`, isDifference: false });
  }
  return changes;
}

function compareSubnets(
  before: SubnetsAnswer,
  after: SubnetsAnswer,
  why: (name: string) => string,
): readonly string[] {
  const text = ({ id, zone, cidr }: SubnetsAnswer["subnets"][number]): string => `${id} in ${zone} (${cidr})`;
  const missing = (from: SubnetsAnswer, to: SubnetsAnswer) =>
    from.subnets.filter((subnet) => !to.subnets.some((other) => text(other) === text(subnet)));
  return [
    ...missing(before, after).map((subnet) => `- ${text(subnet)}: ${why(`${subnet.id} in ${subnet.zone}`)}`),
    ...missing(after, before).map((subnet) => `+ ${text(subnet)}`),
  ];
}

/** Names of losers are how choose-*.ts calls its candidates: the end of an ARN, or the whole id. */
function reasonFor(name: string, choice: Choice | undefined): string {
  const loser = choice?.losers.find(
    (candidate) => candidate.name === name || name.endsWith(`:${candidate.name}`),
  );
  return loser?.reason ?? "is gone";
}

const idOf = (answer: Answer): string => {
  if ("arn" in answer) return answer.arn;
  if ("webAclArn" in answer) return answer.webAclArn;
  return "id" in answer ? answer.id : answer.subnets.map(({ id }) => id).join(", ");
};

/** One answer on one line. */
export const describeAnswer = (answer: Answer): string =>
  "arn" in answer
    ? `${answer.arn} (${answer.names.join(", ")}; ${answer.keyAlgorithm}; until ${answer.notAfter})`
    : "subnets" in answer
      ? answer.subnets.map(({ id, zone }) => `${id} in ${zone}`).join(", ")
      : idOf(answer);
