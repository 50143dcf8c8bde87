// Stage 2: the one table of what can go wrong between here and AWS, and what a person does about it. Pure.
// Names and codes are those the SDK throws (observed with SDK 3.1169.0).
import { findStatement, policyFile } from "./actions.ts";
import type { AwsContext, AwsFailure } from "./aws-failure.ts";

export interface AwsErrorRow {
  readonly code: string;
  readonly matches: (failure: AwsFailure, context: AwsContext) => boolean;
  /** Completes "expected an answer to …, found …". */
  readonly found: (failure: AwsFailure, context: AwsContext) => string;
  readonly fix: (failure: AwsFailure, context: AwsContext) => string;
  /** The text differs for each action; otherwise one problem stands for all calls that failed alike. */
  readonly isPerAction?: true;
}

const named =
  (...names: readonly string[]) =>
  ({ name }: AwsFailure): boolean =>
    names.includes(name);

const coded =
  (...codes: readonly string[]) =>
  ({ name, code }: AwsFailure): boolean =>
    codes.includes(code ?? "") || codes.includes(name);

const isExpired = named(
  "RequestExpired",
  "ExpiredToken",
  "ExpiredTokenException",
  "TokenRefreshRequired",
  "ExpiredTokenFault",
);
const isWrongSignature = named(
  "SignatureDoesNotMatch",
  "InvalidSignatureException",
  "IncompleteSignature",
  "IncompleteSignatureException",
);
const isBadKey = named(
  "AuthFailure",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidAccessKeyId",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
);

/** AWS allows five minutes (Signature Version 4). */
const isClockWrong = (failure: AwsFailure): boolean =>
  named("RequestTimeTooSkewed", "RequestInTheFuture")(failure) ||
  /signature (?:expired|not yet current)/i.test(failure.text) ||
  ((isExpired(failure) || isWrongSignature(failure) || isBadKey(failure)) &&
    Math.abs(failure.clockSkewSeconds ?? 0) > 300);

const otherPartition = /^(?:cn|us-gov|us-iso[a-z]*|eu-isoe|eusc)-/;
const profileOption = ({ profile }: AwsContext): string =>
  profile === undefined ? "" : ` --profile ${profile}`;
const attempts = ({ attempts: count }: AwsFailure): string => (count > 1 ? ` in ${count} attempts` : "");
const endpointNote = ({ endpoint }: AwsContext): string =>
  endpoint === undefined ? "" : ` AWS_ENDPOINT_URL points to ${endpoint}.`;
const proxyNote =
  "The AWS SDK does not use HTTP_PROXY and HTTPS_PROXY: the machine must reach AWS directly or by a VPC endpoint.";

/** The first row that matches speaks; the last one always does. */
export const awsErrorTable: readonly AwsErrorRow[] = [
  {
    code: "aws/sso-login",
    matches: (failure) =>
      failure.action === "credentials" &&
      (failure.name === "TokenProviderError" || /\bsso\b|login session/i.test(failure.text)),
    found: () => "an SSO session that is missing or over",
    fix: (_, context) => `Run \`aws sso login${profileOption(context)}\`, then this command again.`,
  },
  {
    code: "aws/no-credentials",
    matches: ({ action, name }) =>
      name === "CredentialsProviderError" || (action === "credentials" && name === "Error"),
    found: (_, { profile }) =>
      profile === undefined
        ? "no credentials: neither in the environment, nor in the profile `default`, nor from the machine's role"
        : `no credentials from profile ${profile}: it is missing, empty, names a source_profile or credential_process that does not work, or refers to another that is`,
    fix: (_, { profile }) =>
      profile === undefined
        ? "Name a profile with --profile or AWS_PROFILE, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        : `Check it with \`aws sts get-caller-identity --profile ${profile}\`; \`aws configure list-profiles\` lists those that are there.`,
  },
  {
    code: "aws/clock-skew",
    matches: isClockWrong,
    found: ({ name, clockSkewSeconds }) =>
      clockSkewSeconds === undefined
        ? `${name}: the clock of this machine and that of AWS differ by more than five minutes`
        : `${name}: the clock of this machine and that of AWS differ by ${Math.abs(Math.round(clockSkewSeconds / 60))} minutes`,
    fix: () => "Set the clock of this machine (switch time synchronisation on).",
  },
  {
    code: "aws/expired-token",
    matches: isExpired,
    found: ({ name }) => `${name}: the credentials have expired`,
    fix: (_, context) =>
      `Get new ones (\`aws sso login${profileOption(context)}\`, or whatever made them), or check this machine's clock: AWS says the same of a wrong one.`,
  },
  {
    code: "aws/denied",
    matches: named(
      "UnauthorizedOperation",
      "AccessDeniedException",
      "AccessDenied",
      "WAFAccessDeniedException",
      "AccessDeniedError",
    ),
    found: ({ name, text }) => `${name}: ${text}`,
    fix: ({ action }) =>
      action === "credentials"
        ? "Let these credentials assume the role that the profile names (sts:AssumeRole), or name another profile."
        : `Allow ${action}: statement ${findStatement(action)} of what \`meshfront explain ${policyFile}\` prints.`,
    isPerAction: true,
  },
  {
    code: "aws/region-disabled",
    matches: named("OptInRequired"),
    found: (_, { region }) => `OptInRequired: the region ${region} is not enabled in this account`,
    fix: () => "Enable it in the account's settings, or correct cluster.region.",
  },
  {
    code: "aws/wrong-partition",
    matches: (failure, { region }) => isBadKey(failure) && otherPartition.test(region),
    found: ({ name }, { region }) =>
      `${name}: credentials that are not known in the partition that ${region} belongs to`,
    fix: () =>
      "Each partition (commercial, China, GovCloud) has its own accounts and credentials: name a profile of that partition, or correct cluster.region.",
  },
  {
    code: "aws/bad-key",
    matches: isBadKey,
    found: ({ name }) => `${name}: an access key that AWS does not know here`,
    fix: (_, { region }) =>
      `Check the key (deleted, inactive, from another partition such as China or GovCloud, a temporary key without its session token), and that ${region} is enabled in the account.`,
  },
  {
    code: "aws/wrong-secret",
    matches: isWrongSignature,
    found: ({ name }) => `${name}: a secret key that does not belong to the access key`,
    fix: () => "Copy both keys again. A proxy that changes requests and a wrong clock look the same to AWS.",
  },
  {
    code: "aws/throttled",
    matches: (failure) =>
      named(
        "RequestLimitExceeded",
        "ThrottlingException",
        "Throttling",
        "ThrottledException",
        "TooManyRequestsException",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
      )(failure) || failure.status === 429,
    found: (failure) => `${failure.name}${attempts(failure)}: too many calls from this account`,
    fix: () => "Run it again in a minute; something else in this account calls AWS often.",
  },
  {
    code: "aws/unknown-host",
    matches: coded("ENOTFOUND", "EAI_AGAIN", "EAI_NONAME"),
    found: ({ text }) => `a host name that does not resolve: ${text}`,
    fix: (_, context) =>
      `Check cluster.region for a typo (found ${context.region}) and this machine's network.${endpointNote(context)}`,
  },
  {
    code: "aws/region-refused",
    matches: ({ text }) => /^Region (?:not accepted|is missing)/.test(text),
    found: ({ text }) => text,
    fix: () => "Correct cluster.region.",
  },
  {
    code: "aws/tls",
    matches: ({ code }) => /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|EPROTO|ERR_SSL/.test(code ?? ""),
    found: ({ code, text }) => `a connection that is not trusted (${code}): ${text}`,
    fix: (_, context) =>
      `If a proxy of your company opens TLS, name its certificate in NODE_EXTRA_CA_CERTS.${endpointNote(context)}`,
  },
  {
    // Before aws/silent: the SDK calls a connection that was reset a TimeoutError as well.
    code: "aws/unreachable",
    matches: coded("ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "EPIPE", "EADDRNOTAVAIL"),
    found: (failure) => `no connection${attempts(failure)}: ${failure.text}`,
    fix: (_, context) => `Check this machine's network and firewall. ${proxyNote}${endpointNote(context)}`,
  },
  {
    code: "aws/silent",
    matches: coded("TimeoutError", "ETIMEDOUT", "ESOCKETTIMEDOUT"),
    found: (failure) => `silence${attempts(failure)}: ${failure.text}`,
    fix: (_, context) => `Check this machine's network and firewall. ${proxyNote}${endpointNote(context)}`,
  },
  {
    code: "aws/not-aws",
    matches: ({ name, text, status }) =>
      name === "NotAwsError" || name === "SyntaxError" || (status === 200 && /parse error/i.test(text)),
    found: () => "an answer that is not from AWS (a log-in page of the network, or a proxy)",
    fix: (_, context) => `Open a web page in this network and log in, or leave it.${endpointNote(context)}`,
  },
  {
    code: "aws/gateway",
    matches: ({ name, status }) => name === "Unknown" && status !== undefined,
    found: (failure) =>
      `HTTP status ${failure.status}${attempts(failure)}, without an error that AWS would send`,
    fix: (_, context) =>
      `Something between here and AWS answers: a proxy or a gateway.${endpointNote(context)} Run it again, then ask who runs it.`,
  },
  {
    code: "aws/not-found",
    matches: ({ name }) => /NotFound|Nonexistent/.test(name),
    found: ({ name, text }) => `${name}: ${text}`,
    fix: () => "It may have been deleted while this ran: run it again.",
    isPerAction: true,
  },
  {
    code: "aws/service-error",
    matches: () => true,
    found: (failure) =>
      `${failure.name}${failure.status === undefined ? "" : ` (HTTP status ${failure.status})`}${attempts(failure)}: ${failure.text}`,
    fix: () =>
      "Run it again; if it stays, the state of the service in this region is on health.aws.amazon.com.",
    isPerAction: true,
  },
];
