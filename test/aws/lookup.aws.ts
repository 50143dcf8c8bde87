// The whole way against a server that speaks AWS's APIs: lookup -> lock file -> synth. What moto does otherwise than AWS
// (no pages, key types never hidden) is covered with fakes in test/facts/providers/.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteCertificateCommand } from "@aws-sdk/client-acm";
import { DeleteSubnetCommand } from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Cli, copyCli, type Run } from "../commands/run-cli.ts";
import { type MotoServer, startMoto, tryFindObstacle } from "./moto-server.ts";
import { type Account, secondsUntilExpired, seed } from "./seed.ts";

const obstacle = await tryFindObstacle();
if (obstacle !== undefined) process.stderr.write(`skipped: ${obstacle}\n`);

describe.skipIf(obstacle !== undefined)("lookup against moto", () => {
  let moto: MotoServer;
  let cli: Cli;
  let account: Account;

  beforeAll(async () => {
    [moto, cli] = await Promise.all([startMoto(), copyCli()]);
    account = await seed(moto);
    await new Promise((resolve) => setTimeout(resolve, secondsUntilExpired * 1_000));
  });
  afterAll(async () => {
    await moto?.stop();
    cli?.remove();
  });

  const meshfront = (project: string, ...args: readonly string[]): Promise<Run> =>
    cli.run(args, {
      cwd: project,
      env: { AWS_ENDPOINT_URL: moto.url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    });

  /** Text with the random ids of this run replaced by what they stand for, and dates by a word. */
  const withNames = (text: string): string =>
    [...account.names]
      .reduce((rest, [id, name]) => rest.replaceAll(id, `<${name}>`), text)
      .replaceAll(/\d{4}-\d{2}-\d{2}/g, "<date>")
      .replaceAll(/sha256-[0-9a-f]{64}/g, "<checksum>");

  const readLock = (project: string): string =>
    readFileSync(join(project, "clusters/demo.lock.json"), "utf8");

  test("what AWS says goes through the lock file into the Ingress", async () => {
    const project = makeProject(demo());
    const looked = await meshfront(project, "lookup");
    expect(looked).toMatchObject({ exitCode: 0, stdout: "" });
    await expect(withNames(readLock(project))).toMatchFileSnapshot("../golden/aws-lookup/demo.lock.json");

    expect(await meshfront(project, "synth")).toMatchObject({ exitCode: 0 });
    for (const door of ["internal", "services"]) {
      const ingress = readFileSync(join(project, `dist/demo/ingress-${door}/ingress.yaml`), "utf8");
      await expect(withNames(ingress)).toMatchFileSnapshot(`../golden/aws-lookup/ingress-${door}.yaml`);
    }
    expect(await meshfront(project, "check")).toMatchObject({ exitCode: 0 });
  });

  test("every candidate that was not taken is named with the reason", async () => {
    const { stderr } = await meshfront(makeProject(demo()), "lookup");
    const told = withNames(stderr);
    expect(told).toContain(
      "not taken: <public-a-untagged> in ap-northeast-2a: <public-a> comes first (cluster tag)",
    );
    expect(told).toContain("not taken: <foreign-b> in ap-northeast-2b: is tagged for other clusters only");
    expect(told).toContain("not taken: <tiny-c> in ap-northeast-2c: is smaller than a /27");
    expect(told).toContain("not taken: certificate/<wildcard-rsa>: exact name before wildcard");
    expect(told).not.toMatch(/not taken: <private-/);
    expect(told).not.toContain("Warning");
  });

  test("a second run finds nothing to change, and --check nothing that differs", async () => {
    const project = makeProject(demo());
    await meshfront(project, "lookup");
    const before = readLock(project);
    const second = await meshfront(project, "lookup");
    expect(second.stderr).toContain("0 lock files written, 1 unchanged");
    expect(readLock(project)).toBe(before);
    expect(await meshfront(project, "lookup", "--check")).toMatchObject({ exitCode: 0 });
  });

  test("the algorithm that is asked for wins over RSA", async () => {
    const project = makeProject(demo({ certificate: '{ domain: "*.example.com", keyAlgorithm: ecdsa }' }));
    expect(await meshfront(project, "lookup")).toMatchObject({ exitCode: 0 });
    expect(withNames(readLock(project))).toContain("certificate/<wildcard-ecdsa>");
  });

  test.each([
    ["old.example.org", "expired", "<expired> (is expired)"],
    ["new.example.org", "pending", "<pending> (is pending validation)"],
    ["weak.example.org", "too weak", "<weak> (has a key that a load balancer does not serve: RSA_1024)"],
    ["nobody.example.net", "missing", "is for other names: app.example.com"],
  ])("a certificate for %s is refused as %s, and nothing is written", async (domain, _, reason) => {
    const project = makeProject(demo({ host: domain, certificate: `{ domain: ${domain} }` }));
    const { exitCode, stderr } = await meshfront(project, "lookup");
    expect(exitCode).toBe(5);
    expect(stderr).toContain("lookup/no-certificate");
    expect(withNames(stderr)).toContain(reason);
    expect(() => readLock(project)).toThrow(/ENOENT/);
  });

  test("a region where nothing stands is an error that names region and credentials", async () => {
    const project = makeProject(demo().replace("ap-northeast-2", "eu-west-1"));
    const { exitCode, stderr } = await meshfront(project, "lookup");
    expect(exitCode).toBe(5);
    expect(stderr).toContain(
      "expected one VPC by the tag aws:eks:cluster-name=demo on a security group in eu-west-1 with the keys in AWS_ACCESS_KEY_ID, found none",
    );
    expect(stderr).toContain("found no certificate at all");
  });

  test("credentials of another account than the configured one are refused before anything is written", async () => {
    const project = makeProject(demo({ account: "210987654321" }));
    const { exitCode, stderr } = await meshfront(project, "lookup");
    expect(exitCode).toBe(5);
    expect(stderr).toContain("clusters/demo.yaml:4:3 error lookup/wrong-account");
    expect(stderr).toContain("expected credentials of account 210987654321");
    expect(() => readLock(project)).toThrow(/ENOENT/);
  });

  test("--check names a subnet and a certificate that are gone, and writes nothing", async () => {
    const project = makeProject(demo());
    await meshfront(project, "lookup");
    const before = readLock(project);
    const idOf = (wanted: string): string =>
      [...account.names].find(([, name]) => name === wanted)?.[0] ?? "";
    const arn = new RegExp(`arn:[^"]*${idOf("exact-rsa")}`).exec(before)?.[0];
    await account.ec2.send(new DeleteSubnetCommand({ SubnetId: idOf("public-b") }));
    await account.acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));

    const { exitCode, stderr } = await meshfront(project, "lookup", "--check");
    expect(exitCode).toBe(4);
    expect(withNames(stderr)).toContain("- <public-b> in ap-northeast-2b (10.0.2.0/24): is gone");
    expect(withNames(stderr)).toContain("certificate/<exact-rsa>: is gone");
    expect(readLock(project)).toBe(before);
  });
});

interface Changes {
  readonly host?: string;
  readonly certificate?: string;
  readonly account?: string;
}

const demo = ({
  host = "app.example.com",
  certificate = "{ domain: app.example.com }",
  account = "123456789012",
}: Changes = {}): string => `cluster:
  name: demo
  region: ap-northeast-2
  account: "${account}"
repository:
  url: https://github.com/example/platform.git
ingresses:
  services:
    hosts: [${host}]
    certificate: ${certificate}
    webAcl: { name: edge }
  internal:
    scheme: internal
    hosts: [tools.example.com]
    certificate: { domain: tools.example.com }
    subnets: { tags: { tier: internal } }
`;

function makeProject(text: string): string {
  const project = mkdtempSync(join(tmpdir(), "meshfront-aws-"));
  onTestFinished(() => rmSync(project, { recursive: true }));
  mkdirSync(join(project, "clusters"));
  writeFileSync(join(project, "clusters/demo.yaml"), text);
  return project;
}
