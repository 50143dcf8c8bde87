// The rows that a local server cannot make; the others are in test/commands/lookup-errors.test.ts.
import { describe, expect, test } from "vitest";
import { awsProblems } from "../../facts/aws-errors.ts";
import type { AwsFailure } from "../../facts/aws-failure.ts";

const context = {
  region: "eu-west-1",
  profile: "prod",
  who: "profile prod (account 123456789012)",
  endpoint: undefined,
};
const failure = (changes: Partial<AwsFailure>): AwsFailure => ({
  action: "ec2:DescribeSubnets",
  name: "Error",
  code: undefined,
  text: "text",
  status: undefined,
  attempts: 1,
  clockSkewSeconds: undefined,
  ...changes,
});

describe("a failure of AWS", () => {
  test.each<[string, Partial<AwsFailure>, string, string]>([
    [
      "silence",
      { name: "TimeoutError", code: "ETIMEDOUT", attempts: 3 },
      "aws/silent",
      "does not use HTTP_PROXY",
    ],
    [
      "a reset connection",
      { name: "TimeoutError", code: "ECONNRESET" },
      "aws/unreachable",
      "network and firewall",
    ],
    ["a proxy that opens TLS", { code: "SELF_SIGNED_CERT_IN_CHAIN" }, "aws/tls", "NODE_EXTRA_CA_CERTS"],
    ["a name server that is away", { code: "EAI_AGAIN" }, "aws/unknown-host", "found eu-west-1"],
    [
      "a region that the SDK refuses",
      { text: 'Region not accepted: region="eu west"' },
      "aws/region-refused",
      "cluster.region",
    ],
    [
      "JSON that is a page",
      { name: "SyntaxError", text: "Unexpected token '<'", status: 200 },
      "aws/not-aws",
      "log in",
    ],
    [
      "too many calls to ACM",
      { name: "TooManyRequestsException", status: 400 },
      "aws/throttled",
      "in a minute",
    ],
    [
      "any other",
      { name: "InternalFailure", status: 500, attempts: 3 },
      "aws/service-error",
      "health.aws.amazon.com",
    ],
    [
      "a role that may not be assumed",
      { action: "credentials", name: "AccessDenied" },
      "aws/denied",
      "sts:AssumeRole",
    ],
    [
      "a token from a clock that is slow",
      { name: "ExpiredTokenException", clockSkewSeconds: -3_600 },
      "aws/clock-skew",
      "Set the clock of this machine",
    ],
    [
      "a token from a clock that is fast",
      { name: "ExpiredTokenException", clockSkewSeconds: 3_600 },
      "aws/clock-skew",
      "differ by 60 minutes",
    ],
    [
      "an expired log-in",
      { action: "credentials", name: "TokenProviderError" },
      "aws/sso-login",
      "aws sso login --profile prod",
    ],
    [
      "an expired source of a role",
      { action: "credentials", name: "ExpiredTokenException" },
      "aws/expired-token",
      "aws sso login --profile prod",
    ],
  ])("%s has its own message and advice", (_, changes, code, advice) => {
    const [problem, ...others] = awsProblems([failure(changes)], context);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code, severity: "error" });
    expect(`${problem?.message} ${problem?.suggestion}`).toContain(advice);
    expect(problem?.message).toContain("profile prod (account 123456789012)");
  });

  test("that several calls share is told once, with all their names", () => {
    const failures = (["ec2:DescribeSubnets", "acm:ListCertificates"] as const).map((action) =>
      failure({ action, name: "ExpiredTokenException" }),
    );
    expect(awsProblems(failures, context)).toMatchObject([
      {
        message: expect.stringContaining(
          "an answer to acm:ListCertificates, ec2:DescribeSubnets in eu-west-1",
        ),
      },
    ]);
  });

  test("that names an action is told for each of them, with the statement of the policy that is missing", () => {
    const failures = (["ec2:DescribeSubnets", "acm:DescribeCertificate"] as const).map((action) =>
      failure({ action, name: "AccessDeniedException" }),
    );
    expect(awsProblems(failures, context).map(({ suggestion }) => suggestion)).toEqual([
      "Allow ec2:DescribeSubnets: statement MeshfrontLookupNetwork of what `meshfront explain docs/reference/iam-policy.json` prints.",
      "Allow acm:DescribeCertificate: statement MeshfrontLookupCertificates of what `meshfront explain docs/reference/iam-policy.json` prints.",
    ]);
  });
});
