// Stage 2: one answer out of the lock file, or what is wrong with it. Pure.
import type { Path } from "../core/json.ts";
import type {
  Answer,
  CertificateAnswer,
  LockFile,
  SubnetsAnswer,
  VpcAnswer,
  WebAclAnswer,
} from "./lock-schema.ts";

/** Says that something must be looked up (again): where in the configuration, which rule, what was found. */
export type Ask = (path: Path, code: string, message: string) => void;

export interface Answers {
  readonly lock: LockFile | undefined;
  readonly lockName: string;
}

/** The answer to a query, if it is there and of the kind that is wanted; otherwise says what is missing. */
export function findAnswer<T extends Answer>(
  { lock, lockName }: Answers,
  key: string | undefined,
  isWanted: (answer: Answer) => answer is T,
  path: Path,
  ask: Ask,
): T | undefined {
  const answer = key === undefined ? undefined : lock?.answers[key];
  if (answer === undefined) {
    ask(path, "facts/missing-answer", `${lockName} does not answer ${key}`);
    return undefined;
  }
  if (isWanted(answer)) return answer;
  ask(path, "facts/malformed", `${lockName} answers ${key} with something of another kind`);
  return undefined;
}

export const isVpc = (answer: Answer): answer is VpcAnswer => "id" in answer;
export const isSubnets = (answer: Answer): answer is SubnetsAnswer => "subnets" in answer;
export const isCertificate = (answer: Answer): answer is CertificateAnswer => "arn" in answer;
export const isWebAcl = (answer: Answer): answer is WebAclAnswer => "webAclArn" in answer;
