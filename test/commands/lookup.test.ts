import { readFileSync, writeFileSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { iamPolicy } from "../../facts/actions.ts";
import { awsError } from "../facts/providers/fake-client.ts";
import { accountId, certificate, fakeAws, securityGroup, standardAccount, subnet } from "./fake-account.ts";
import {
  cluster,
  codesOf,
  listClusters,
  lockFile,
  makeLookupProject,
  messagesOf,
  readLockText,
  run,
} from "./lookup-project.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("lookup writes what AWS says", () => {
  test("into a lock file that is sorted, ends with a checksum and holds nothing volatile", async () => {
    fakeAws(standardAccount);
    const root = makeLookupProject();
    expect(await run(root)).toMatchObject({
      exitCode: 0,
      problems: [],
      summary: "4 answers; 1 lock file written, 0 unchanged, 0 removed",
    });
    const lock = JSON.parse(readLockText(root));
    expect(Object.keys(lock)).toEqual([
      "formatVersion",
      "generatedBy",
      "cluster",
      "account",
      "region",
      "answers",
      "checksum",
    ]);
    expect(lock).toMatchObject({ account: accountId, region: "eu-west-1" });
    expect(Object.keys(lock.answers)).toEqual([
      "certificate:app.example.com",
      "subnets:public",
      "vpc",
      "webAcl:edge",
    ]);
    expect(readLockText(root)).not.toContain("250");
    expect(listClusters(root)).toEqual(["demo.lock.json", "demo.yaml"]);
  });

  test("and the same again without touching the file", async () => {
    fakeAws(standardAccount);
    const root = makeLookupProject();
    await run(root);
    const before = readLockText(root);
    expect(await run(root)).toMatchObject({
      summary: "4 answers; 0 lock files written, 1 unchanged, 0 removed",
    });
    expect(readLockText(root)).toBe(before);
  });

  test("with one line for each change and each candidate that lost", async () => {
    const root = makeLookupProject();
    fakeAws(standardAccount);
    await run(root);
    fakeAws({
      ...standardAccount,
      subnets: [subnet("0000000a", "a"), subnet("0000000c", "c"), subnet("0000000d", "c")],
      certificates: [certificate("one", ["app.example.com"], { NotAfter: new Date("2029-06-30") })],
    });
    expect((await run(root)).progress).toEqual([
      "asking AWS in eu-west-1 for demo",
      "demo: subnets:public: not taken: subnet-0000000d in eu-west-1c: subnet-0000000c comes first (lowest id)",
      "demo: certificate:app.example.com: expiry: 2028-06-30 -> 2029-06-30",
      "demo: subnets:public: - subnet-0000000b in eu-west-1b (10.0.0.0/24): is gone",
      "demo: subnets:public: + subnet-0000000c in eu-west-1c (10.0.0.0/24)",
      "demo: subnets:public: chosen by: one public subnet in each zone -> one public subnet in each zone; eu-west-1c: lowest id",
    ]);
  });

  test("and as JSON: answers, criteria, losers and changes", async () => {
    fakeAws(standardAccount);
    expect((await run(makeLookupProject())).json).toMatchObject({
      clusters: [
        {
          name: "demo",
          file: "clusters/demo.lock.json",
          region: "eu-west-1",
          account: accountId,
          answers: [{ key: "certificate:app.example.com", chosenBy: "only match", losers: [] }, {}, {}, {}],
          changes: [{ key: "certificate:app.example.com", isDifference: true }, {}, {}, {}],
        },
      ],
    });
  });

  test("and removes answers that nobody asks for", async () => {
    fakeAws(standardAccount);
    const root = makeLookupProject();
    await run(root);
    const door = "{ hosts: [app.example.com], certificate: { domain: app.example.com } }";
    writeFileSync(`${root}/clusters/demo.yaml`, cluster({ door }));
    expect((await run(root)).progress).toContain("demo: webAcl:edge: removed: nothing asks for it");
    expect(readLockText(root)).not.toContain("webAcl");
  });

  test("and removes the file where nothing asks AWS any more, without asking", async () => {
    fakeAws(standardAccount);
    const root = makeLookupProject();
    await run(root);
    const arn = `arn:aws:acm:eu-west-1:${accountId}:certificate/one`;
    const door = `{ hosts: [app.example.com], certificate: { arn: "${arn}" }, subnets: { ids: [subnet-0000000a, subnet-0000000b] } }`;
    writeFileSync(`${root}/clusters/demo.yaml`, cluster({ door }));
    const calls = fakeAws(standardAccount);
    expect(await run(root)).toMatchObject({
      exitCode: 0,
      summary: "0 answers; 0 lock files written, 0 unchanged, 1 removed",
    });
    expect(calls).toEqual([]);
    expect(listClusters(root)).toEqual(["demo.yaml"]);
  });

  test("and warns of a certificate that expires within 30 days", async () => {
    const certificates = [certificate("one", ["app.example.com"], { NotAfter: new Date("2026-12-20") })];
    fakeAws({ ...standardAccount, certificates });
    expect(codesOf(await run(makeLookupProject()))).toEqual(["warning facts/certificate-expires"]);
  });
});

describe("lookup writes nothing", () => {
  test("when one question of one cluster fails, and the old answers stay", async () => {
    const files = { demo: cluster(), other: cluster({ name: "other", region: "eu-west-2" }) };
    const root = makeLookupProject(files);
    fakeAws(standardAccount);
    await run(root, { words: ["demo"] });
    const before = readLockText(root);
    fakeAws(
      { ...standardAccount, subnets: [subnet("0000000c", "c"), subnet("0000000d", "a")] },
      (action, region) =>
        region === "eu-west-2" && action === "acm:ListCertificates"
          ? awsError("AccessDeniedException")
          : undefined,
    );
    const result = await run(root);
    expect(result).toMatchObject({ exitCode: 5, summary: "nothing written" });
    expect(codesOf(result)).toContain("error aws/denied");
    expect(readLockText(root)).toBe(before);
    expect(listClusters(root)).not.toContain("other.lock.json");
  });

  test("when an answer is empty, and names region, credentials and query", async () => {
    fakeAws({ securityGroups: [], vpcs: [], subnets: [], routeTables: [], certificates: [], webAcls: [] });
    const root = makeLookupProject();
    const result = await run(root, { env: { AWS_PROFILE: "" } });
    expect(result.exitCode).toBe(5);
    expect(codesOf(result)).toEqual([
      "error lookup/no-certificate",
      "error lookup/no-vpc",
      "error lookup/no-web-acl",
    ]);
    expect(messagesOf(result)).toContain(
      "certificate for app.example.com in eu-west-1 with the keys in AWS_ACCESS_KEY_ID, found no certificate at all",
    );
    expect(listClusters(root)).toEqual(["demo.yaml"]);
  });

  test("when the VPC that is configured has no subnet", async () => {
    fakeAws({ ...standardAccount, subnets: [] });
    const result = await run(makeLookupProject({ demo: cluster({ more: "vpc: { id: vpc-0a1b2c3d }" }) }));
    expect(result.exitCode).toBe(5);
    expect(messagesOf(result)).toContain(
      `in at least two zones of vpc-0a1b2c3d in eu-west-1 with the keys in AWS_ACCESS_KEY_ID (account ${accountId}), found no subnet at all`,
    );
  });

  test("that synth would refuse: certificates that leave a host uncovered together", async () => {
    const certificates = [certificate("one", ["app.example.com"]), certificate("two", ["api.example.com"])];
    fakeAws({ ...standardAccount, certificates });
    const door =
      "{ hosts: [app.example.com, www.example.com], certificate: [{ domain: app.example.com }, { domain: api.example.com }] }";
    const root = makeLookupProject({ demo: cluster({ door }) });
    const result = await run(root);
    expect(result.exitCode).toBe(5);
    expect(codesOf(result)).toEqual(["error facts/not-covering"]);
    expect(messagesOf(result)).toContain("asking again finds the same");
    expect(listClusters(root)).toEqual(["demo.yaml"]);
  });

  test("for a configuration with an error, and asks nothing", async () => {
    const calls = fakeAws(standardAccount);
    const result = await run(makeLookupProject({ demo: cluster({ more: "acount: x" }) }));
    expect(result).toMatchObject({ exitCode: 1, summary: "nothing written" });
    expect(calls).toEqual([]);
  });
});

const reviveDates = (key: string, value: unknown): unknown =>
  key === "NotAfter" ? new Date(String(value)) : value;

describe("the account", () => {
  test("is what AWS says where the configuration does not say it", async () => {
    fakeAws(JSON.parse(JSON.stringify(standardAccount).replaceAll(accountId, "999999999999"), reviveDates));
    const root = makeLookupProject();
    await run(root);
    expect(JSON.parse(readLockText(root))).toMatchObject({ account: "999999999999" });
  });

  test("of the credentials must be the configured one", async () => {
    fakeAws(standardAccount);
    const result = await run(makeLookupProject({ demo: cluster({ more: 'account: "999999999999"' }) }));
    expect(result.exitCode).toBe(5);
    expect(result.problems).toEqual([
      expect.objectContaining({
        code: "lookup/wrong-account",
        path: "cluster.account",
        line: 5,
        message: `expected credentials of account 999999999999, found the keys in AWS_ACCESS_KEY_ID (account ${accountId}): ${accountId} answers in eu-west-1 (the owner of sg-demo)`,
      }),
    ]);
  });

  test("of a VPC that another account shares is not that of the credentials", async () => {
    const foreign = { OwnerId: "999999999999" };
    fakeAws({
      ...standardAccount,
      subnets: [subnet("0000000a", "a", foreign), subnet("0000000b", "b", foreign)],
    });
    const root = makeLookupProject({ demo: cluster({ more: `account: "${accountId}"` }) });
    expect(await run(root)).toMatchObject({ exitCode: 0 });
  });
});

describe("a fleet", () => {
  const names = Array.from({ length: 12 }, (_, index) => `c${index}`);
  const files = Object.fromEntries(names.map((name) => [name, cluster({ name })]));
  const securityGroups = names.map((name, index) =>
    securityGroup(name, index % 2 ? "vpc-0a1b2c3d" : "vpc-0a1b2c3e"),
  );
  const subnets = ["vpc-0a1b2c3d", "vpc-0a1b2c3e"].flatMap((VpcId, index) => [
    subnet(`0000001${index}`, "a", { VpcId }),
    subnet(`0000002${index}`, "b", { VpcId }),
  ]);
  const routeTables = [
    ...standardAccount.routeTables,
    { ...standardAccount.routeTables[0], VpcId: "vpc-0a1b2c3e" },
  ];

  test("asks each question once, in two round trips", async () => {
    const calls = fakeAws({ ...standardAccount, securityGroups, subnets, routeTables });
    const root = makeLookupProject(files);
    expect(await run(root)).toMatchObject({
      exitCode: 0,
      summary: "48 answers; 12 lock files written, 0 unchanged, 0 removed",
    });
    expect(calls.map(({ action, round }) => `${round} ${action}`).sort()).toEqual([
      "1 acm:ListCertificates",
      "1 ec2:DescribeAvailabilityZones",
      "1 ec2:DescribeSecurityGroups",
      "1 wafv2:ListWebACLs",
      "2 ec2:DescribeRouteTables",
      "2 ec2:DescribeSubnets",
    ]);
    expect(readLockText(root, "c0")).toContain("subnet-00000011");
    expect(readLockText(root, "c1")).toContain("subnet-00000010");
  });

  test("in several regions asks them at the same time", async () => {
    const calls = fakeAws(standardAccount);
    await run(makeLookupProject({ demo: cluster(), other: cluster({ name: "other", region: "eu-west-2" }) }));
    expect(calls.filter(({ round }) => round === 1).map(({ region }) => region)).toEqual(
      expect.arrayContaining(["eu-west-1", "eu-west-2"]),
    );
    expect(Math.max(...calls.map(({ round }) => round))).toBe(2);
  });

  test("asks only what the configuration needs", async () => {
    const calls = fakeAws(standardAccount);
    const door =
      "{ hosts: [app.example.com], certificate: { domain: app.example.com }, subnets: { ids: [subnet-0000000a, subnet-0000000b] } }";
    expect(await run(makeLookupProject({ demo: cluster({ door }) }))).toMatchObject({ exitCode: 0 });
    expect(calls.map(({ action }) => action)).toEqual(["acm:ListCertificates"]);
  });
});

describe("the rights that lookup needs", () => {
  test("are those of the policy in the documentation: no call is missing and none is too much", async () => {
    const certificates = [
      certificate("many", ["app.example.com"], { HasAdditionalSubjectAlternativeNames: true }),
    ];
    const vpcs = [{ VpcId: "vpc-0a1b2c3d", OwnerId: accountId, Tags: [{ Key: "Name", Value: "main" }] }];
    const calls = fakeAws({
      ...standardAccount,
      certificates,
      vpcs,
      securityGroups: [securityGroup("demo")],
    });
    const byTags = cluster({ name: "tagged", more: "vpc: { tags: { Name: main } }" });
    const result = await run(makeLookupProject({ demo: cluster(), tagged: byTags }));
    expect(result).toMatchObject({ exitCode: 0 });
    const { Statement } = iamPolicy() as {
      readonly Statement: readonly { readonly Action: readonly string[] }[];
    }; // JSON
    const allowed = Statement.flatMap(({ Action }) => Action);
    expect([...new Set(calls.map(({ action }) => action))].sort()).toEqual([...allowed].sort());
    // A certificate with many names costs one more round trip, beside the subnets.
    expect(Math.max(...calls.map(({ round }) => round))).toBeLessThanOrEqual(4);
  });

  test("are generated into the documentation", async () => {
    const text = `${JSON.stringify(iamPolicy(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot("../../docs/reference/iam-policy.json");
  });
});

describe("a lock file that is not what lookup wrote", () => {
  test("because of an edit is written anew, and what AWS confirms stays", async () => {
    const certificates = [
      certificate("one", ["app.example.com"]),
      certificate("two", ["app.example.com"], { NotAfter: new Date("2029-01-01") }),
    ];
    fakeAws({ ...standardAccount, certificates });
    const root = makeLookupProject();
    await run(root);
    writeFileSync(lockFile(root), readLockText(root).replaceAll("certificate/two", "certificate/one"));
    const result = await run(root);
    expect(result.exitCode).toBe(0);
    expect(codesOf(result)).toEqual(["warning facts/edited"]);
    expect(readLockText(root)).toContain("certificate/one");
    expect(codesOf(await run(root))).toEqual([]);
  });

  test("because of a merge is written anew, with a word that nothing of it is kept", async () => {
    fakeAws(standardAccount);
    const root = makeLookupProject();
    await run(root);
    const good = readLockText(root);
    writeFileSync(lockFile(root), `<<<<<<< HEAD\n${good}=======\n${good}>>>>>>> branch\n`);
    const result = await run(root);
    expect(codesOf(result)).toEqual(["warning facts/merge-conflict"]);
    expect(messagesOf(result)).toContain("nothing is kept of it");
    expect(readFileSync(lockFile(root), "utf8")).toBe(good);
  });
});

describe("time", () => {
  test("is over when an answer does not come: exit code 6, and the question is named", async () => {
    fakeAws(standardAccount, (action) =>
      action === "ec2:DescribeSubnets" ? new Promise(() => {}) : undefined,
    );
    const root = makeLookupProject();
    const result = await run(root, { options: { timeout: "1s" } });
    expect(result).toMatchObject({ exitCode: 6, summary: "nothing written" });
    expect(messagesOf(result)).toContain(
      "expected all answers within 1 s, still waiting for ec2:DescribeSubnets\n",
    );
    expect(listClusters(root)).toEqual(["demo.yaml"]);
  });

  test.each(["0", "-1", "1h", "90 s", "", "1.5m", "2000m"])("is refused as --timeout %j", async (timeout) => {
    const result = await run(makeLookupProject(), { options: { timeout } });
    expect(result).toMatchObject({ exitCode: 1 });
    expect(codesOf(result)).toEqual(["error usage/timeout"]);
  });

  test.each(["90", "90s", "2m"])("is understood as --timeout %s", async (timeout) => {
    fakeAws(standardAccount);
    expect(await run(makeLookupProject(), { options: { timeout } })).toMatchObject({ exitCode: 0 });
  });
});
