// Stage 2: what a lock file holds, clusters/<name>.lock.json.
import * as z from "zod/mini";
import * as patterns from "../config/patterns.ts";

/** Raise it when an older meshfront would misread a lock file. */
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

export const lockFile = z.strictObject({
  formatVersion: z.literal(lockFormatVersion),
  generatedBy: z.enum(["meshfront lookup", "meshfront init", "meshfront migrate"]),
  /** As EKS calls it: the answers are those of one cluster. */
  cluster: matching(patterns.eksName),
  account: matching(patterns.account),
  region: matching(patterns.region),
  answers,
  checksum: z
    .string({ error: "the checksum that `lookup` writes" })
    .check(z.regex(/^sha256-[0-9a-f]{64}$/, { error: "the checksum that `lookup` writes" })),
});

export type LockFile = Omit<z.output<typeof lockFile>, "checksum">;
export type Answer = LockFile["answers"][string];
export type VpcAnswer = Extract<Answer, { readonly id: string }>;
export type SubnetsAnswer = Extract<Answer, { readonly subnets: unknown }>;
export type CertificateAnswer = Extract<Answer, { readonly arn: string }>;
export type WebAclAnswer = Extract<Answer, { readonly webAclArn: string }>;
