import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatProblem } from "../../core/problem.ts";
import type { CertificateAnswer, LockFile } from "../../facts/lock-schema.ts";
import { type Resolved, resolve } from "../../facts/resolve.ts";
import { load, loadFragment, minimalCluster, printed as printedConfig } from "../config/minimal-cluster.ts";
import { validConfig } from "../config/valid-config.ts";
import { lockFor } from "../config/valid-lock.ts";

const lockName = "clusters/demo.lock.json";
const lookup = "\n  Run `meshfront lookup demo` with credentials for AWS, and commit the lock file.";

/** Resolves a fragment against a lock file that answers it, after a change to that file. */
function resolved(
  fragment: string,
  change: (lock: LockFile) => LockFile | undefined = (lock) => lock,
): Resolved {
  const result = loadFragment(fragment);
  const cluster = found(result.clusters[0], printedConfig(result));
  return resolve({ ...cluster, lock: change(lockFor(cluster.config)), lockName });
}

function found<T>(value: T | undefined, otherwise = "not found"): T {
  if (value === undefined) throw new Error(otherwise);
  return value;
}

const printed = ({ problems }: Resolved): string => problems.map(formatProblem).join("\n");

const without =
  (key: string) =>
  (lock: LockFile): LockFile => ({
    ...lock,
    answers: Object.fromEntries(Object.entries(lock.answers).filter(([name]) => name !== key)),
  });

const withAnswer =
  (key: string, change: object) =>
  (lock: LockFile): LockFile => ({
    ...lock,
    answers: { ...lock.answers, [key]: { ...lock.answers[key], ...change } as CertificateAnswer }, // of any kind
  });

describe("facts", () => {
  it("are the answers of the lock file", () => {
    const { facts, problems } = resolved("ingresses: { services: { webAcl: { name: office } } }");
    expect(problems).toEqual([]);
    expect(facts.get("services")).toEqual({
      subnetIds: ["subnet-00000001a", "subnet-00000001b"],
      certificateArns: ["arn:aws:acm:ap-northeast-2:123456789012:certificate/00000000"],
      webAclArn: "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/office/00000003",
    });
  });

  it("need no lock file where the configuration gives every id and ARN", () => {
    const text = minimalCluster.replace(
      "{ domain: app.example.com }",
      `{ arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/0a1b" }
    subnets: { ids: [subnet-0a1b2c3d, subnet-0a1b2c3e] }
    webAcl: { arn: "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/x/0a1b" }`,
    );
    const [cluster] = load(text).clusters;
    const { facts, problems } = resolve({ ...found(cluster), lock: undefined, lockName });
    expect(problems).toEqual([]);
    expect(facts.get("services")).toEqual({
      subnetIds: ["subnet-0a1b2c3d", "subnet-0a1b2c3e"],
      certificateArns: ["arn:aws:acm:ap-northeast-2:123456789012:certificate/0a1b"],
      webAclArn: "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/x/0a1b",
    });
  });

  it("have no web ACL where it is detached or left alone", () => {
    for (const fragment of ["{}", "ingresses: { services: { webAcl: none } }"]) {
      expect(resolved(fragment).facts.get("services")?.webAclArn).toBeUndefined();
    }
  });

  it("keep the order of several certificates: the first is the default", () => {
    const fragment = `
      ingresses:
        services:
          hosts: [z.example.com, a.example.com]
          certificate: [{ domain: z.example.com }, { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/0a1b" }, { domain: a.example.com }]
    `;
    expect(
      resolved(fragment)
        .facts.get("services")
        ?.certificateArns.map((arn) => arn.slice(-4)),
    ).toEqual(["0001", "0a1b", "0000"]);
  });

  it("are complete for every valid configuration with a lock file that answers it", () => {
    fc.assert(
      fc.property(validConfig, (config) => {
        const locate = () => ({ file: config.file, line: 1, column: 1 });
        const { facts, problems } = resolve({ config, locate, lock: lockFor(config), lockName });
        expect(problems).toEqual([]);
        for (const { key, certificates } of config.ingresses) {
          expect(facts.get(key)?.subnetIds.length).toBeGreaterThanOrEqual(2);
          expect(facts.get(key)?.certificateArns.length).toBe(certificates.length);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("what is missing", () => {
  it("is the whole file: one problem that names all questions and the command", () => {
    expect(printed(resolved("{}", () => undefined))).toBe(
      `clusters/defaults.yaml:6:1 error facts/missing-lock: expected ${lockName} with answers to certificate:app.example.com, subnets:public, vpc, found no such file${lookup}`,
    );
  });

  it.each([
    ["certificate:app.example.com", "clusters/defaults.yaml:9:5"],
    ["subnets:public", "clusters/defaults.yaml:7:3"],
    ["vpc", "clusters/defaults.yaml:1:1"],
  ])("is the answer to %s", (key, place) => {
    expect(printed(resolved("{}", without(key)))).toBe(
      `${place} error facts/missing-answer: ${lockName} does not answer ${key}${lookup}`,
    );
  });

  it("is told for every door, with everything else that is wrong", () => {
    const fragment = `
      ingresses:
        more: { hosts: [more.example.com], certificate: { domain: app.example.com }, webAcl: { name: office } }
    `;
    const { problems } = resolved(fragment, (lock) =>
      without("certificate:app.example.com")(without("webAcl:office")(lock)),
    );
    expect(problems.map(({ code, path }) => [code, path])).toEqual([
      ["facts/missing-answer", "ingresses.more.certificate"],
      ["facts/missing-answer", "ingresses.more.webAcl"],
      ["facts/missing-answer", "ingresses.services.certificate"],
    ]);
  });

  it("is an answer of the kind that is wanted", () => {
    const answer = { id: "vpc-0a1b2c3d", chosenBy: "x" };
    const asVpc = (lock: LockFile): LockFile => ({
      ...lock,
      answers: { ...lock.answers, "subnets:public": answer },
    });
    expect(printed(resolved("{}", asVpc))).toBe(
      `clusters/defaults.yaml:7:3 error facts/malformed: ${lockName} answers subnets:public with something of another kind${lookup}`,
    );
    const asSubnets = (lock: LockFile): LockFile => ({
      ...lock,
      answers: { ...lock.answers, vpc: { subnets: [], chosenBy: "x" } },
    });
    expect(printed(resolved("{}", asSubnets))).toContain(
      `${lockName} answers vpc with something of another kind`,
    );
  });
});

describe("a lock file of somewhere else", () => {
  const run = "\n  Run `meshfront lookup demo`.";

  it("is told by its head and by its ARNs, once each", () => {
    expect(printed(resolved("{}", (lock) => ({ ...lock, region: "eu-west-1" })))).toBe(
      `${lockName} error facts/wrong-region: expected answers for region ap-northeast-2, found eu-west-1${run}`,
    );
    const arn = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b";
    expect(printed(resolved("{}", withAnswer("certificate:app.example.com", { arn })))).toBe(
      `${lockName} error facts/wrong-region: expected answers for region ap-northeast-2, found us-east-1${run}`,
    );
  });

  it("is told by its account where the configuration names one", () => {
    const fragment = 'cluster: { account: "210987654321" }';
    expect(printed(resolved(fragment, (lock) => ({ ...lock, account: "123456789012" })))).toBe(
      `${lockName} error facts/wrong-account: expected answers for account 210987654321, found 123456789012${run}`,
    );
  });

  it("is told where its ARNs are of another account than its head", () => {
    const webAclArn = "arn:aws:wafv2:ap-northeast-2:210987654321:regional/webacl/office/0a1b";
    expect(
      printed(
        resolved(
          "ingresses: { services: { webAcl: { name: office } } }",
          withAnswer("webAcl:office", { webAclArn }),
        ),
      ),
    ).toBe(
      `${lockName} error facts/wrong-account: expected answers for account 123456789012, found 210987654321${run}`,
    );
  });
});

describe("a certificate", () => {
  const named = (...names: readonly string[]) => withAnswer("certificate:app.example.com", { names });
  const notCovering = (message: string): string =>
    `clusters/demo.yaml:4:5 error facts/not-covering: ${message}${lookup}`;
  const door = (hosts: string): string => `
    ingresses:
      services:
        hosts: [${hosts}]
        certificate: { domain: app.example.com }
  `;

  it("covers one label with its wildcard", () => {
    expect(printed(resolved(door("app.example.com, api.example.com"), named("*.example.com")))).toBe("");
    expect(
      printed(resolved(door("app.example.com, a.b.example.com, example.com"), named("*.example.com"))),
    ).toBe(
      notCovering(
        "expected a certificate that covers a.b.example.com, example.com, found one for *.example.com",
      ),
    );
  });

  it("covers a wildcard host only with the same wildcard", () => {
    expect(printed(resolved(door('"*.example.com"'), named("*.example.com", "app.example.com")))).toBe("");
    expect(printed(resolved(door('"*.example.com"'), named("app.example.com")))).toBe(
      notCovering("expected a certificate that covers *.example.com, found one for app.example.com"),
    );
  });

  it("is for the domain that was asked for", () => {
    expect(printed(resolved(door("api.example.com"), named("api.example.com")))).toBe(
      notCovering("expected a certificate that covers app.example.com, found one for api.example.com"),
    );
  });

  it("has a key that a load balancer serves", () => {
    const keyAlgorithm = "RSA_1024";
    expect(
      printed(
        resolved("cluster: { name: demo }", withAnswer("certificate:app.example.com", { keyAlgorithm })),
      ),
    ).toMatch(
      /facts\/key-algorithm: expected a certificate with a key that a load balancer serves \(RSA of 2048 to 4096 bits, or ECDSA\), found RSA_1024/,
    );
  });

  it.each([
    ["rsa", "EC_prime256v1", "expected a certificate with an RSA key, found EC_prime256v1"],
    ["ecdsa", "RSA_4096", "expected a certificate with an ECDSA key, found RSA_4096"],
  ])("has the key that was asked for: %s", (wanted, keyAlgorithm, message) => {
    const fragment = `ingresses: { services: { certificate: { keyAlgorithm: ${wanted} } } }`;
    expect(printed(resolved(fragment))).toBe("");
    expect(printed(resolved(fragment, withAnswer("certificate:app.example.com", { keyAlgorithm })))).toBe(
      `clusters/demo.yaml:1:26 error facts/key-algorithm: ${message}${lookup}`,
    );
  });
});

describe("several certificates of one door", () => {
  const several = (third = ""): string => `
    ingresses:
      services:
        hosts: [app.example.com, app.example.org, api.example.net]
        certificate: [{ domain: app.example.com }, { domain: app.example.org }${third}]
  `;
  const wide = withAnswer("certificate:app.example.org", { names: ["app.example.org", "*.example.net"] });

  it("cover the hosts together", () => {
    expect(printed(resolved(several(), wide))).toBe("");
  });

  it("leave no host uncovered", () => {
    expect(printed(resolved(several()))).toBe(
      `clusters/demo.yaml:4:5 error facts/not-covering: expected certificates that together cover api.example.net, found some for app.example.com, app.example.org${lookup}`,
    );
  });

  it("may cover what nobody knows where one is given by its ARN", () => {
    const third = ', { arn: "arn:aws:acm:ap-northeast-2:123456789012:certificate/0a1b" }';
    expect(printed(resolved(several(third)))).toBe("");
  });

  it("are each for their own domain", () => {
    const other = withAnswer("certificate:app.example.org", { names: ["*.example.net"] });
    const { problems } = resolved(several(), other);
    expect(problems.map(({ message }) => message)).toEqual([
      "expected a certificate that covers app.example.org, found one for *.example.net",
      "expected certificates that together cover app.example.org, found some for app.example.com, *.example.net",
    ]);
  });

  it("are not judged together while an answer is missing", () => {
    expect(
      resolved(several(), without("certificate:app.example.org")).problems.map(({ code }) => code),
    ).toEqual(["facts/missing-answer"]);
  });
});

describe("subnets", () => {
  const zones = (...names: readonly string[]) =>
    withAnswer("subnets:public", {
      subnets: names.map((zone, index) => ({ id: `subnet-0000000${index}`, zone, cidr: "10.0.0.0/24" })),
    });

  it("are in two zones at least", () => {
    expect(printed(resolved("{}", zones("ap-northeast-2a")))).toBe(
      `clusters/defaults.yaml:7:3 error facts/too-few-zones: expected subnets in at least two zones, found ap-northeast-2a only${lookup}`,
    );
  });

  it("are one per zone", () => {
    expect(printed(resolved("{}", zones("ap-northeast-2a", "ap-northeast-2b", "ap-northeast-2a")))).toBe(
      `clusters/defaults.yaml:7:3 error facts/zone-twice: expected one subnet per zone, found several in ap-northeast-2a${lookup}`,
    );
  });
});

describe("the lock file of another cluster", () => {
  it("is refused, whatever it answers, and nothing else is said of it", () => {
    const result = resolved("{}", (lock) => ({ ...lock, cluster: "stage", answers: {} }));
    expect(printed(result)).toBe(
      `${lockName} error facts/wrong-cluster: expected the answers for the EKS cluster demo, found those for stage: a lock file belongs to one cluster\n  Run \`meshfront lookup demo\` with credentials for AWS. If EKS calls this cluster stage, set cluster.eksName.`,
    );
  });
});

describe("an answer that nobody asks for", () => {
  it("is named, and the facts are complete", () => {
    const result = resolved(
      "{}",
      withAnswer("webAcl:old", {
        webAclArn: "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/old/0a1b",
      }),
    );
    expect(printed(result)).toBe("");
    expect(result.unused).toEqual(["webAcl:old"]);
    expect(result.facts.get("services")?.certificateArns).toHaveLength(1);
  });
});
