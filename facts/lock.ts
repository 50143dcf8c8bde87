// Stage 2: the lock file, clusters/<name>.lock.json: what AWS answered, committed. Only `lookup` writes it.
import * as z from "zod/mini";
import { decodeText } from "../config/decode-text.ts";
import * as patterns from "../config/patterns.ts";
import type { Problem } from "../config/problem.ts";
import { nameOf, schemaFindings } from "../config/schema-problems.ts";
import { type Path, parseYaml } from "../config/yaml-source.ts";

export const lockFormatVersion = 1;

const matching = ({ regex, expected }: patterns.Pattern) =>
  z.string().check(z.regex(regex, { error: expected }));

const subnet = z.strictObject({
  id: matching(patterns.subnetId),
  zone: z
    .string()
    .check(
      z.regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+[a-z]$/, { error: "an availability zone such as ap-northeast-2a" }),
    ),
  cidr: z.cidrv4({ error: "an IPv4 range such as 10.0.0.0/24" }),
});

/** Why this answer and no other; read by reviewers. */
const chosenBy = z.string().check(z.minLength(1));

const certificate = z.strictObject({
  arn: matching(patterns.certificateArn),
  names: z.array(matching(patterns.host)).check(z.minLength(1)),
  keyAlgorithm: z
    .string()
    .check(z.regex(/^(?:RSA_\d{4}|EC_\w+)$/, { error: "a key algorithm as ACM names it" })),
  notAfter: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, { error: "a date (YYYY-MM-DD)" })),
  chosenBy,
});

const answers = z.record(
  z.string(),
  z.union([
    z.strictObject({ id: matching(patterns.vpcId), chosenBy }),
    z.strictObject({ subnets: z.array(subnet).check(z.minLength(1)), chosenBy }),
    certificate,
    z.strictObject({ webAclArn: matching(patterns.webAclArn), chosenBy }),
  ]),
);

const lockFile = z.strictObject({
  formatVersion: z.literal(lockFormatVersion),
  generatedBy: z.literal("meshfront lookup"),
  account: matching(patterns.account),
  region: matching(patterns.region),
  answers,
});

export type LockFile = z.output<typeof lockFile>;
export type Answer = LockFile["answers"][string];
export type VpcAnswer = Extract<Answer, { readonly id: string }>;
export type SubnetsAnswer = Extract<Answer, { readonly subnets: unknown }>;
export type CertificateAnswer = Extract<Answer, { readonly arn: string }>;
export type WebAclAnswer = Extract<Answer, { readonly webAclArn: string }>;

/** The text of a lock file: sorted, two blanks, final newline. The same facts give the same bytes. */
export function serialiseLock(lock: LockFile): string {
  const sorted = Object.fromEntries(Object.entries(lock.answers).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ ...lock, answers: sorted }, null, 2)}\n`;
}

/** Parses a lock file, or says what is wrong with it and how to get a good one. */
export function parseLock(file: string, bytes: Uint8Array, fix: string): LockFile | readonly Problem[] {
  const text = decodeText(file, bytes);
  if (typeof text !== "string") return [text];
  const conflict = text.split("\n").findIndex((line) => /^(?:<{7}|={7}|>{7})/.test(line));
  if (conflict >= 0) {
    return [
      {
        code: "facts/merge-conflict",
        severity: "error",
        message: "expected JSON, found the markers of a merge conflict",
        suggestion: `Take either side of the file and run \`${fix}\`.`,
        file,
        line: conflict + 1,
        column: 1,
      },
    ];
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return [malformed(file, `expected JSON: ${error instanceof Error ? error.message : ""}`, fix)];
  }
  const parsed = lockFile.safeParse(data);
  if (parsed.success) return parsed.data;
  const { locate } = positionsOf(file, bytes);
  return schemaFindings(lockFile, data, parsed.error.issues).map(({ path, message }) => ({
    ...malformed(file, message, fix),
    ...locate(path),
    path: nameOf(path),
  }));
}

const malformed = (file: string, message: string, fix: string): Problem => ({
  code: "facts/malformed",
  severity: "error",
  message,
  suggestion: `The file is written by meshfront and not by hand: restore it from Git, or delete it and run \`${fix}\`.`,
  file,
});

/** JSON is YAML, and the YAML parser knows positions. */
function positionsOf(file: string, bytes: Uint8Array): { readonly locate: (path: Path) => object } {
  const source = parseYaml(file, bytes);
  return "locate" in source ? { locate: (path) => source.locate(path) } : { locate: () => ({}) };
}
