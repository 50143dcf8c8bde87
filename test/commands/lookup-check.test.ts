import { writeFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { awsError } from "../facts/providers/fake-client.ts";
import {
  certificate,
  type FakeAccount,
  fakeAws,
  securityGroup,
  standardAccount,
  subnet,
} from "./fake-account.ts";
import {
  cluster,
  codesOf,
  listClusters,
  makeLookupProject,
  messagesOf,
  readLockText,
  run,
} from "./lookup-project.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const before: FakeAccount = {
  ...standardAccount,
  subnets: [...standardAccount.subnets, subnet("0000000c", "c")],
};

/** Looks up in the account of yesterday, and checks against that of today. */
async function checkAgainst(today: Partial<FakeAccount>, override?: Parameters<typeof fakeAws>[1]) {
  const root = makeLookupProject();
  fakeAws(before);
  await run(root);
  const written = readLockText(root);
  fakeAws({ ...before, ...today }, override);
  const result = await run(root, { options: { check: true } });
  expect(readLockText(root)).toBe(written);
  return result;
}

describe("lookup --check", () => {
  test("is clean where AWS says what the lock file says", async () => {
    expect(await checkAgainst({})).toMatchObject({
      exitCode: 0,
      problems: [],
      summary: "4 answers are what AWS says",
    });
  });

  test.each<[string, Partial<FakeAccount>, string]>([
    [
      "a subnet is gone",
      { subnets: standardAccount.subnets },
      "subnets:public: - subnet-0000000c in eu-west-1c (10.0.0.0/24): is gone",
    ],
    [
      "a subnet has fewer than 8 free addresses",
      { subnets: [...standardAccount.subnets, subnet("0000000c", "c", { AvailableIpAddressCount: 7 })] },
      "subnets:public: - subnet-0000000c in eu-west-1c (10.0.0.0/24): has 7 free addresses, fewer than 8",
    ],
    [
      "so few subnets are left that there is no choice",
      { subnets: [subnet("0000000a", "a")] },
      "expected public subnets in at least two zones",
    ],
    [
      "a certificate is replaced",
      { certificates: [certificate("two", ["app.example.com"])] },
      "certificate:app.example.com: - arn:aws:acm:eu-west-1:123456789012:certificate/one: is gone",
    ],
    [
      "a certificate is revoked, with another in its place",
      {
        certificates: [
          certificate("one", ["app.example.com"], { Status: "REVOKED" }),
          certificate("two", ["app.example.com"]),
        ],
      },
      "certificate/one: is revoked",
    ],
    [
      "a certificate is gone, with others of other names left",
      { certificates: [certificate("two", ["www.example.org"])] },
      "expected an issued certificate for app.example.com",
    ],
    ["the last certificate of the account is gone", { certificates: [] }, "found no certificate at all"],
    [
      "a certificate expires within 30 days",
      { certificates: [certificate("one", ["app.example.com"], { NotAfter: new Date("2026-12-20") })] },
      "expires on 2026-12-20, in 28 days",
    ],
    [
      "a certificate was imported again with other names",
      { certificates: [certificate("one", ["app.example.com", "api.example.com"])] },
      "names: app.example.com -> app.example.com, api.example.com",
    ],
    [
      "the VPC is another one",
      {
        securityGroups: [securityGroup("demo", "vpc-0a1b2c3e")],
        subnets: before.subnets.map((each) => ({ ...each, VpcId: "vpc-0a1b2c3e" })),
        routeTables: before.routeTables.map((each) => ({ ...each, VpcId: "vpc-0a1b2c3e" })),
      },
      "vpc: - vpc-0a1b2c3d: is gone",
    ],
    ["the web ACL is gone", { webAcls: [] }, "expected a web ACL of scope REGIONAL named edge"],
  ])("ends with 4 where %s", async (_, today, message) => {
    const result = await checkAgainst(today);
    expect(result.exitCode).toBe(4);
    expect(messagesOf(result)).toContain(message);
  });

  test("tells all differences at once, each with the file, the query and the command", async () => {
    const result = await checkAgainst({
      subnets: [subnet("0000000a", "a"), subnet("0000000e", "b")],
      certificates: [certificate("two", ["app.example.com"])],
    });
    expect(result.summary).toBe("5 differences between the lock files and AWS");
    expect(result.problems[0]).toEqual({
      code: "lookup/different",
      severity: "error",
      message:
        "expected AWS to say what the lock file says; certificate:app.example.com: - arn:aws:acm:eu-west-1:123456789012:certificate/one: is gone",
      suggestion: "Run `meshfront lookup demo`, read the diff and commit it.",
      file: "clusters/demo.lock.json",
      path: "certificate:app.example.com",
    });
  });

  test("a renewal that only moves the expiry is no difference", async () => {
    const certificates = [certificate("one", ["app.example.com"], { NotAfter: new Date("2030-01-01") })];
    expect(await checkAgainst({ certificates })).toMatchObject({ exitCode: 0, problems: [] });
  });

  test("a better certificate beside the one in the lock file is no difference", async () => {
    const better = certificate("a-two", ["app.example.com"], { NotAfter: new Date("2030-01-01") });
    expect(await checkAgainst({ certificates: [...before.certificates, better] })).toMatchObject({
      exitCode: 0,
    });
  });

  test("a failed call is 5 as ever", async () => {
    const result = await checkAgainst({ certificates: [] }, (action) =>
      action === "ec2:DescribeSubnets" ? awsError("RequestLimitExceeded", "Slow down", 503) : undefined,
    );
    expect(result.exitCode).toBe(5);
    expect(codesOf(result)).toContain("error aws/throttled");
  });

  test("nothing at all is 5: the wrong account and the wrong region answer like that", async () => {
    const nothing = { securityGroups: [], subnets: [], routeTables: [], certificates: [], webAcls: [] };
    const result = await checkAgainst(nothing);
    expect(result).toMatchObject({ exitCode: 5, summary: "not compared" });
  });

  test("credentials of another account than that of the lock file are refused", async () => {
    const result = await checkAgainst({
      securityGroups: [securityGroup("demo", "vpc-0a1b2c3d", "999999999999")],
    });
    expect(result.exitCode).toBe(5);
    expect(codesOf(result)).toEqual(["error lookup/wrong-account"]);
  });

  test("a cluster without a lock file is 4, and AWS is not asked", async () => {
    const calls = fakeAws(before);
    const root = makeLookupProject();
    const result = await run(root, { options: { check: true } });
    expect(result).toMatchObject({ exitCode: 4, summary: "not compared" });
    expect(codesOf(result)).toEqual(["error facts/missing-lock"]);
    expect(calls).toEqual([]);
    expect(listClusters(root)).toEqual(["demo.yaml"]);
  });

  test("a question that is new in the configuration is 4", async () => {
    const root = makeLookupProject({
      demo: cluster({ door: "{ hosts: [app.example.com], certificate: { domain: app.example.com } }" }),
    });
    fakeAws(before);
    await run(root);
    writeFileSync(`${root}/clusters/demo.yaml`, cluster());
    const result = await run(root, { options: { check: true } });
    expect(result.exitCode).toBe(4);
    expect(messagesOf(result)).toContain("webAcl:edge: new: arn:aws:wafv2:");
  });
});
