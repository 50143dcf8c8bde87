// Every failure of AWS that was observed, through what people run, against a server that answers as AWS does.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Answer, type AwsStub, beSilent, hangUp, page, refuse, startStub } from "./aws-stub.ts";
import { cluster } from "./lookup-project.ts";
import { meshfront, type Outcome, runMain } from "./program.ts";

// The SDK waits between its attempts, and some tests for a time limit.
vi.setConfig({ testTimeout: 60_000 });

let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "meshfront-errors-"));
  mkdirSync(join(project, "clusters"));
  writeFileSync(join(project, "clusters/demo.yaml"), cluster());
  writeFileSync(join(project, "clusters/china.yaml"), cluster({ name: "china", region: "cn-north-1" }));
  writeFileSync(join(project, "aws-config"), profiles);
});
afterAll(() => rmSync(project, { recursive: true }));

const profiles = `[profile empty]
[profile broken-process]
credential_process = /bin/sh -c "echo marked-output-of-a-program >&2; exit 3"
[profile broken-source]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = nowhere
[profile sso]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = reader
[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
[profile slow]
credential_process = /bin/sh -c "sleep 100"
`;

/** Nothing in here may ever be printed. */
const marked = {
  AWS_ACCESS_KEY_ID: "AKIAMARKEDACCESSKEY1",
  AWS_SECRET_ACCESS_KEY: "marked-secret-key",
  AWS_SESSION_TOKEN: "marked-session-token",
};

interface Options {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** No credentials and no endpoint of the person who runs the tests. */
const isolated = () => ({
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: join(project, "aws-config"),
  AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
});

async function lookup({ args = ["demo"], env = marked }: Options): Promise<Outcome> {
  return judged(await runMain(project, ["lookup", ...args], { env: { ...isolated(), ...env } }));
}

/** What holds for every run, whatever AWS says. */
function judged(run: Outcome): Outcome {
  const printed = run.stdout + run.stderr;
  expect(printed).not.toMatch(/^\s+at /m);
  expect(printed).not.toMatch(/MARKED|marked/);
  expect(printed).not.toContain("Warning");
  expect(readdirSync(join(project, "clusters"))).toEqual(["china.yaml", "demo.yaml"]);
  return run;
}

async function against(
  answer: Answer,
  options: Options = {},
): Promise<Outcome & { readonly requests: number }> {
  const stub: AwsStub = await startStub(answer);
  try {
    const run = await lookup({ ...options, env: { AWS_ENDPOINT_URL: stub.url, ...marked, ...options.env } });
    return { ...run, requests: stub.requests.count };
  } finally {
    await stub.close();
  }
}

const minutes = (count: number): string => new Date(Date.now() + count * 60_000).toUTCString();
const everything =
  "acm:ListCertificates, ec2:DescribeAvailabilityZones, ec2:DescribeSecurityGroups, wafv2:ListWebACLs";

describe("AWS refuses", () => {
  test.each<[string, Answer, string, string]>([
    [
      "an action",
      refuse({
        status: 403,
        ec2: "UnauthorizedOperation",
        json: "AccessDeniedException",
        message: "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: x",
      }),
      "error aws/denied: expected an answer to ec2:DescribeSecurityGroups in eu-west-1, asked with the keys in AWS_ACCESS_KEY_ID, found UnauthorizedOperation: User: arn:aws:iam::123456789012:user/ann is not authorized to perform: x",
      "Allow acm:ListCertificates: statement MeshfrontLookupCertificates of what `meshfront explain docs/reference/iam-policy.json` prints.",
    ],
    [
      "a key that it does not know",
      refuse({ status: 401, ec2: "AuthFailure", json: "UnrecognizedClientException" }),
      `error aws/bad-key: expected an answer to ${everything} in eu-west-1`,
      "Check the key (deleted, inactive, from another partition",
    ],
    [
      "an expired token",
      refuse({ status: 400, ec2: "RequestExpired", json: "ExpiredTokenException" }),
      "the credentials have expired",
      "Get new ones (`aws sso login`",
    ],
    [
      "a token that only a wrong clock makes expired",
      refuse({
        status: 400,
        ec2: "RequestExpired",
        json: "ExpiredTokenException",
        headers: { date: minutes(90) },
      }),
      "error aws/clock-skew",
      "differ by 90 minutes",
    ],
    [
      "a signature from a wrong clock",
      refuse({
        status: 403,
        ec2: "SignatureDoesNotMatch",
        json: "InvalidSignatureException",
        message: "Signature expired: 20261122T000000Z is now earlier than 20261122T010000Z",
      }),
      "error aws/clock-skew",
      "Set the clock of this machine",
    ],
    [
      "a wrong secret, and repeats the request with the token in it",
      refuse({
        status: 403,
        ec2: "SignatureDoesNotMatch",
        json: "InvalidSignatureException",
        message: `The Canonical String should have been 'POST\n/\nx-amz-security-token:${marked.AWS_SESSION_TOKEN}'`,
      }),
      "error aws/wrong-secret",
      "a secret key that does not belong to the access key",
    ],
    [
      "with a text that repeats every secret",
      refuse({
        status: 400,
        ec2: "InternalError",
        json: "InternalFailure",
        message: Object.values(marked).join(" "),
      }),
      "error aws/service-error",
      "[redacted] [redacted] [redacted]",
    ],
    [
      "a region that is not enabled",
      refuse({ status: 401, ec2: "OptInRequired", json: "OptInRequired" }),
      "error aws/region-disabled: expected an answer to",
      "the region eu-west-1 is not enabled in this account",
    ],
    [
      "something that is not there",
      refuse({
        status: 400,
        ec2: "InvalidVpcID.NotFound",
        json: "ResourceNotFoundException",
        message: "The vpc ID 'vpc-1' does not exist",
      }),
      "error aws/not-found",
      "InvalidVpcID.NotFound: The vpc ID 'vpc-1' does not exist",
    ],
  ])("%s", async (_, answer, message, more) => {
    const { code, stderr } = await against(answer);
    expect(code).toBe(5);
    expect(stderr).toContain(message);
    expect(stderr).toContain(more);
  });

  test("because of too many calls: three attempts, and it says so", async () => {
    const { code, stderr, requests } = await against(
      refuse({ status: 503, ec2: "RequestLimitExceeded", json: "ThrottlingException" }),
    );
    expect(code).toBe(5);
    expect(stderr).toContain("error aws/throttled");
    expect(stderr).toContain("in 3 attempts: too many calls from this account");
    expect(requests).toBe(12);
  });

  test("credentials of another partition", async () => {
    const refused = refuse({ status: 401, ec2: "AuthFailure", json: "UnrecognizedClientException" });
    const { code, stderr } = await against(refused, { args: ["china"] });
    expect(code).toBe(5);
    expect(stderr).toContain("error aws/wrong-partition");
    expect(stderr).toContain("not known in the partition that cn-north-1 belongs to");
  });

  test("and --json says the same in one document, with nothing on stderr", async () => {
    const refused = refuse({ status: 403, ec2: "UnauthorizedOperation", json: "AccessDeniedException" });
    const { code, stdout, stderr } = await against(refused, { args: ["demo", "--json", "--debug"] });
    expect(code).toBe(5);
    expect(stderr).toBe("");
    const { command, problems } = JSON.parse(stdout);
    expect({ command, codes: problems.map(({ code }: { code: string }) => code) }).toEqual({
      command: "lookup",
      codes: ["aws/denied", "aws/denied", "aws/denied", "aws/denied"],
    });
  });

  test("and --debug says each call, and no secret", async () => {
    const refused = refuse({
      status: 403,
      ec2: "SignatureDoesNotMatch",
      json: "InvalidSignatureException",
      message: Object.values(marked).join(" "),
    });
    const { stderr } = await against(refused, { args: ["demo", "--debug"] });
    expect(stderr).toMatch(/debug: ec2:DescribeSecurityGroups SignatureDoesNotMatch in \d+ ms/);
  });
});

describe("credentials", () => {
  const withProfile = (profile: string) => lookup({ args: ["demo", "--profile", profile], env: {} });

  test("are missing", async () => {
    const { code, stderr } = await lookup({ env: {} });
    expect(code).toBe(5);
    expect(stderr).toContain(
      "error aws/no-credentials: expected credentials for eu-west-1 (the default credentials)",
    );
    expect(stderr).toContain("Name a profile with --profile or AWS_PROFILE");
  });

  test.each(["missing", "empty", "broken-process", "broken-source"])(
    "of the profile %s do not exist",
    async (profile) => {
      const { code, stderr } = await withProfile(profile);
      expect(code).toBe(5);
      expect(stderr).toContain(
        `error aws/no-credentials: expected credentials for eu-west-1 (profile ${profile})`,
      );
      expect(stderr).toContain(`aws sts get-caller-identity --profile ${profile}`);
    },
  );

  test("of AWS_PROFILE are named like those of --profile", async () => {
    const { stderr } = await lookup({ env: { AWS_PROFILE: "empty" } });
    expect(stderr).toContain("(profile empty)");
  });

  test("need a log-in", async () => {
    const { code, stderr } = await withProfile("sso");
    expect(code).toBe(5);
    expect(stderr).toContain("error aws/sso-login");
    expect(stderr).toContain("Run `aws sso login --profile sso`");
  });

  test("that take too long end with 6, and the process does not wait for theirs", () => {
    const args = ["lookup", "demo", "--profile", "slow", "--timeout", "1"];
    const { code, stderr } = judged(meshfront(project, args, { env: isolated() }));
    expect(code).toBe(6);
    expect(stderr).toContain("still waiting for credentials");
  });
});

describe("the network", () => {
  test("has nobody at the endpoint", async () => {
    const { code, stderr } = await lookup({
      env: { ...marked, AWS_ENDPOINT_URL: "http://marked:marked@127.0.0.1:9" },
    });
    expect(code).toBe(5);
    expect(stderr).toContain("error aws/unreachable");
    expect(stderr).toContain("no connection in 3 attempts: connect ECONNREFUSED 127.0.0.1:9");
    expect(stderr).toContain("AWS_ENDPOINT_URL points to 127.0.0.1:9.");
  });

  test("hangs up", async () => {
    const { code, stderr } = await against(hangUp);
    expect(code).toBe(5);
    expect(stderr).toContain("error aws/unreachable");
  });

  // A name that no DNS server is asked for: its label is too long.
  test("does not know the host, as after a typo in the region", async () => {
    const { code, stderr } = await lookup({
      env: { ...marked, AWS_ENDPOINT_URL: `http://${"x".repeat(64)}.invalid` },
    });
    expect(code).toBe(5);
    expect(stderr).toContain("error aws/unknown-host");
    expect(stderr).toContain("Check cluster.region for a typo (found eu-west-1)");
  });

  test("has a gateway that fails", async () => {
    const { code, stderr } = await against(page(502, "<html>Bad Gateway</html>"));
    expect(code).toBe(5);
    expect(stderr).toContain("error aws/gateway");
    expect(stderr).toContain("HTTP status 502 in 3 attempts");
  });

  test.each([
    ["well-formed", undefined],
    ["as browsers forgive it", "<html><head><meta><br>Welcome"],
    ["empty", ""],
  ])("has a log-in page that answers everything with 200, %s: no empty answer passes", async (_, html) => {
    const { code, stderr } = await against(page(200, html));
    expect(code).toBe(5);
    expect(stderr).toContain("error aws/not-aws: expected an answer to");
    expect(stderr).toContain(everything);
  });

  test("is silent: the time limit ends it with 6", async () => {
    const { code, stderr } = await against(beSilent, { args: ["demo", "--timeout", "1s"] });
    expect(code).toBe(6);
    expect(stderr).toContain(
      `error lookup/timeout: expected all answers within 1 s, still waiting for ${everything}`,
    );
  });
});
