// States and plans of real programs (terraform/README.md): what is live is read, secrets are not, and what cannot be known is said.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { isJsonObject, type JsonObject, valueAt } from "../../core/json.ts";
import type { LiveState } from "../../migrate/live.ts";
import { readInput } from "../../migrate/read/read-input.ts";
import { markdownReport, textReport } from "../../migrate/report/text.ts";
import { arn, asText, codesOf, ingress, migrateState, service, stateOf, whole } from "./set-up.ts";

const folder = fileURLToPath(new URL("terraform", import.meta.url));
const textOf = (file: string): string => readFileSync(join(folder, file), "utf8");
const read = (...files: readonly string[]): LiveState => stateOf(...files.map(textOf));
const fileOf = (...files: readonly string[]) => parse(migrateState(read(...files)).clusterFile ?? "");
const release = (state: LiveState, name: string) => state.releases.find((each) => each.name === name);

const recorded = readdirSync(folder).filter((name) => !name.endsWith(".md"));

test.each(recorded)("%s leaks none of its secrets", (file) => {
  const migration = migrateState(read(file));
  const report = { cluster: "demo", read: "", ...migration };
  for (const text of [
    textReport(report),
    markdownReport(report),
    JSON.stringify(migration),
    JSON.stringify(read(file)),
  ])
    expect(text).not.toMatch(/FAKE-SENSITIVE/);
});

describe("one set-up in every spelling", () => {
  test("is the same file from `show -json` and from the raw state", () => {
    expect(fileOf("module.tfstate")).toEqual(fileOf("module.show.json"));
    expect(fileOf("set.tfstate")).toEqual(fileOf("set.show.json"));
    expect(Object.keys(fileOf("module.tfstate").ingresses)).toEqual(["internal", "addon", "svc"]);
  });

  test("is the same file when OpenTofu wrote it", () => {
    expect(fileOf("tofu-seed.tfstate")).toEqual(fileOf("seed.show.json"));
    expect(read("tofu-seed.tfstate").terraform[0]?.program).toBe("opentofu");
  });

  test("holds what a plan that forgets has before", () => {
    expect(fileOf("forget-module.plan.json")).toEqual(fileOf("module.show.json"));
  });
});

describe("live values of a release", () => {
  test("are those of its metadata, sets and lists among them", () => {
    expect(release(read("set.tfstate"), "istiod")?.values).toMatchObject({
      autoscaleMin: 2,
      meshConfig: { accessLogFile: "/dev/stdout", trustDomainAliases: ["old.local", "older.local"] },
    });
  });

  test("are those after a change by hand, which only the plan's prior state has", () => {
    expect(release(read("drift.plan.json"), "istiod")?.values).toMatchObject({ autoscaleMin: 3 });
    expect(codesOf(migrateState(read("drift.plan.json")))).toContain("drift");
  });

  test("that the provider hides are a guess from the configuration, and said to be one", () => {
    const state = JSON.parse(textOf("set.show.json"));
    for (const resource of state.values.root_module.resources)
      if (resource.type === "helm_release") {
        resource.values.set_wo_revision = 1;
        resource.values.metadata = { ...resource.values.metadata[0], values: "{}" };
      }
    const hidden = stateOf(JSON.stringify(state));
    const { podAnnotations: _, ...values } = release(read("set.tfstate"), "istiod")?.values ?? {};
    expect(release(hidden, "istiod")?.values).toMatchObject(values);
    expect(release(hidden, "istiod")?.guess).toContain("helm get values istiod -n istio-system");
    expect(codesOf(migrateState(hidden), "step")).toContain("guessed-values");
  });

  test("that the state calls sensitive are withheld by value, wherever the provider copied them", () => {
    const { withheld } = release(read("set.show.json"), "istiod") ?? {};
    expect(withheld).toEqual(["podAnnotations.example.com/tracing-token"]);
  });
});

describe("versions", () => {
  const front = asText(whole());

  test("a gateway two minors behind gets the nearest version that compiles, a named difference and a step", () => {
    const migration = migrateState(stateOf(textOf("mixed-versions.show.json"), front));
    expect(parse(migration.clusterFile ?? "")).toMatchObject({
      istio: { version: "1.30.3" },
      gateways: { ingress: { version: "1.29.6" } },
    });
    expect(codesOf(migration, "difference")).toContain("gateway-version-gap");
  });

  test("a gateway one minor behind keeps its version", () => {
    const state = textOf("mixed-versions.show.json").replaceAll("1.27.0", "1.29.2");
    expect(parse(migrateState(stateOf(state, front)).clusterFile ?? "").gateways.ingress.version).toBe(
      "1.29.2",
    );
  });

  test("older than what is compiled is named, and the nearest is written", () => {
    expect(fileOf("seed.show.json").istio.version).toMatch(/^1\.28\./);
    expect(codesOf(migrateState(read("seed.show.json")), "difference")).toContain("old-istio");
  });

  test("that are unknown refuse", () => {
    const state = textOf("set.show.json").replaceAll('"1.30.3"', '"latest"');
    expect(codesOf(migrateState(stateOf(state)), "refused")).toContain("chart-version");
  });
});

test("a literal NodePort is not carried over, an empty web ACL is left out, the retired repository is replaced", () => {
  const migration = migrateState(read("set.tfstate"));
  expect(migration.clusterFile).not.toMatch(/32021|webAcl|storage\.googleapis/);
  expect(codesOf(migration)).toEqual(
    expect.arrayContaining(["node-port", "empty-web-acl", "retired-repository"]),
  );
});

test("objects of kubectl_manifest are equal to what was applied, and not called proven", () => {
  const doors = migrateState(read("seed.show.json")).comparisons.filter(({ about }) =>
    about.startsWith("Ingress"),
  );
  expect(doors.map(({ isProven }) => isProven)).toEqual([false, false]);
});

const nothingLive: readonly (readonly [file: string, code: string])[] = [
  ["seed-before-apply.plan.json", "nothing-applied"],
  ["errored-empty-cluster.plan.json", "errored-plan"],
  ["tofu-encrypted.tfstate", "encrypted-state"],
];

test.each(nothingLive)("%s has nothing live in it: refused, and the reason is said", (file, code) => {
  const migration = migrateState(read(file));
  expect(migration.clusterFile).toBeUndefined();
  expect(codesOf(migration)).toContain(code);
});

test("doors that a plan would make are not read: their annotations are not known yet", () => {
  const state = read("module-before-apply.plan.json");
  expect(state.objects.filter(({ manifest }) => manifest.kind === "Ingress")).toEqual([]);
  expect(migrateState(state).clusterFile).toBeUndefined();
});

test("a state of another format and an empty one are refused", () => {
  expect(
    readInput({ file: "old.tfstate", text: '{"version":3,"lineage":"x","resources":[]}' }).notes,
  ).toMatchObject([{ code: "state-version" }]);
  expect(
    codesOf(migrateState(stateOf('{"version":4,"terraform_version":"1.11.4","resources":[],"lineage":"x"}'))),
  ).toContain("no-door");
});

test("two states that claim one Ingress are refused with both addresses", () => {
  const migration = migrateState(read("seed.show.json", "tofu-seed.tfstate"));
  const claims = migration.findings.filter(({ code }) => code === "claimed-twice");
  expect(claims.map(({ about }) => about)).toContain("Ingress istio-ingress/ingress-for-addons");
});

test("a state together with what the cluster says: the cluster's is taken, and the difference is said", () => {
  const read = { ...service({ statusNodePort: 31999 }) } as { metadata: object };
  const live = asText([{ ...read, metadata: { ...read.metadata, uid: "1" } }]);
  const migration = migrateState(stateOf(textOf("seed.show.json"), live));
  expect(codesOf(migration, "refused")).toEqual([]);
  expect(codesOf(migration, "step")).toContain("read-and-applied");
  expect(codesOf(migration, "fault")).toContain("stale-node-port");
});

test("a state together with a file of another content, neither read from a cluster, is refused", () => {
  const migration = migrateState(
    stateOf(textOf("seed.show.json"), asText([service({ statusNodePort: 31999 })])),
  );
  expect(codesOf(migration, "refused")).toContain("two-versions");
});

test("resources that are no part of the front are counted by type, and stay Terraform's", () => {
  const state: JsonObject = {
    version: 4,
    terraform_version: "1.11.4",
    lineage: "x",
    resources: Array.from({ length: 2000 }, (_, index) => ({
      mode: "managed",
      type: "aws_iam_role",
      name: `r${index}`,
      provider: 'provider["registry.terraform.io/hashicorp/aws"]',
      instances: [{ attributes: { arn: "arn" } }],
    })),
  };
  const { unrecognised } = stateOf(JSON.stringify(state));
  expect(unrecognised).toMatchObject([{ what: "2000 of aws_iam_role" }]);
});

test("facts of AWS are read from the documented schema (not proven on a real state)", () => {
  const resources = [
    {
      mode: "managed",
      type: "aws_eks_cluster",
      name: "c",
      provider: "p",
      instances: [
        { attributes: { name: "Prod_EU", arn: "arn:aws:eks:eu-west-1:111122223333:cluster/Prod_EU" } },
      ],
    },
    {
      mode: "data",
      type: "aws_subnet",
      name: "s",
      provider: "p",
      instances: [
        {
          attributes: {
            id: "subnet-0a1b2c3d4e5f60711",
            availability_zone: "eu-west-1a",
            tags: { Name: "public-a" },
          },
        },
      ],
    },
  ];
  const state = stateOf(
    JSON.stringify({ version: 4, terraform_version: "1.11.4", lineage: "x", resources }),
    asText(whole()),
  );
  expect(state.awsFacts.map(({ kind }) => kind)).toEqual(["cluster", "subnet"]);
  expect(parse(migrateState(state).clusterFile ?? "").cluster.eksName).toBe("Prod_EU");
});

test("an object of the recorded states has no padding of its schema", () => {
  const [gateway] = read("module.tfstate").objects.filter(({ manifest }) => manifest.kind === "Gateway");
  expect(isJsonObject(gateway?.manifest)).toBe(true);
  expect(valueAt(gateway?.manifest, ["spec", "servers", 0])).toEqual({
    hosts: ["kiali.example.com", "grafana.example.com", "app.example.com"],
    port: { name: "http", number: 80, protocol: "HTTP" },
  });
});

test("facts of the input that answer every question become the lock file, and half of them do not", () => {
  const door = asText([
    service(),
    ingress({ alb: { subnets: undefined, "certificate-arn": undefined, "web-acl": undefined } }),
  ]);
  const certificate = {
    mode: "data",
    type: "aws_acm_certificate",
    name: "c",
    provider: "p",
    instances: [
      {
        attributes: {
          arn,
          domain: "*.example.com",
          subject_alternative_names: [],
          key_algorithm: "RSA_2048",
          not_after: "2099-01-01T00:00:00Z",
        },
      },
    ],
  };
  const subnet = (zone: string) => ({
    mode: "managed",
    type: "aws_subnet",
    name: zone,
    provider: "p",
    instances: [
      {
        attributes: {
          id: `subnet-0a1b2c3d4e5f6071${zone}`,
          availability_zone: `eu-west-1${zone}`,
          cidr_block: "10.0.0.0/24",
          vpc_id: "vpc-0a1b2c3d4e5f60718",
          tags: { "kubernetes.io/role/elb": "1" },
        },
      },
    ],
  });
  const lockOf = (...resources: object[]) =>
    migrateState(
      stateOf(JSON.stringify({ version: 4, terraform_version: "1.11.4", lineage: "x", resources }), door),
    ).lock;
  expect(JSON.parse(lockOf(certificate, subnet("a"), subnet("b")) ?? "{}").answers).toMatchObject({
    "certificate:app.example.com": { arn, chosenBy: expect.stringContaining("data.aws_acm_certificate.c") },
    "subnets:public": { subnets: [{ zone: "eu-west-1a" }, { zone: "eu-west-1b" }] },
    vpc: { id: "vpc-0a1b2c3d4e5f60718" },
  });
  expect(lockOf(certificate, subnet("a"))).toBeUndefined();
});
