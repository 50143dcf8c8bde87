// Whatever a file is: told apart by content, and bad ones said by name.
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { migrate } from "../../migrate/migrate.ts";
import { readInput } from "../../migrate/read/read-input.ts";
import { asText, codesOf, ingress, migrateObjects, migrateState, service, stateOf, whole } from "./set-up.ts";

const list = (items: readonly object[]): object => ({ apiVersion: "v1", kind: "List", items });

describe("the same objects", () => {
  const expected = migrateObjects(whole()).clusterFile;
  const forms: readonly (readonly [string, string])[] = [
    ["a List", JSON.stringify(list(whole()))],
    ["a List in a List", JSON.stringify(list([list(whole())]))],
    [
      "an IngressList without kinds of its items beside others",
      asText([
        ...whole().filter((each) => !("kind" in each) || each.kind !== "Ingress"),
        {
          apiVersion: "networking.k8s.io/v1",
          kind: "IngressList",
          items: whole()
            .filter((each) => "kind" in each && each.kind === "Ingress")
            .map((each) => ({ ...each, kind: undefined, apiVersion: undefined })),
        },
      ]),
    ],
    ["JSON on several lines with a byte-order mark taken off", JSON.stringify(list(whole()), null, 2)],
    ["empty documents between them", `---\n---\n${asText(whole())}\n---\n`],
  ];

  test.each(forms)("as %s are read alike", (_, text) => {
    expect(migrateState(stateOf(text)).clusterFile).toBe(expected);
  });

  test("given twice with one content are one door, and the report says so", () => {
    const migration = migrateState(stateOf(asText(whole()), asText(whole())));
    expect(migration.clusterFile).toBe(expected);
    expect(codesOf(migration, "step")).toContain("twice");
  });
});

test("two versions of one object are refused with both places", () => {
  const migration = migrateState(stateOf(asText(whole()), asText([ingress({ host: "other.example.com" })])));
  const [refusal] = migration.findings.filter(({ kind }) => kind === "refused");
  expect(refusal?.message).toMatch(/live-1\.yaml.*live-2\.yaml/);
});

const bad: readonly (readonly [what: string, text: string, code: string])[] = [
  ["an empty file", "", "empty-file"],
  ["blanks", " \n", "empty-file"],
  ["truncated JSON", JSON.stringify(list(whole())).slice(0, -20), "truncated-json"],
  ["a template", "apiVersion: v1\nkind: Service\nmetadata: {{ .Values.x }}\n  a: b\n", "unreadable"],
  ["a template that is YAML by chance", "kind: {{ x }}\n", "unreadable"],
  ["no YAML", "a: b: c\n- d", "unreadable"],
  ["an alias of nothing", "kind: *nothing\n", "unreadable"],
];

test.each(bad)("%s is refused, and the message says what to give", (_, text, code) => {
  const { notes } = readInput({ file: "bad.yaml", text });
  expect(notes).toMatchObject([{ code, severity: "error", origin: { file: "bad.yaml" } }]);
  expect(migrateState(stateOf(text)).clusterFile).toBeUndefined();
});

test("aliases that grow without end are refused", () => {
  const lines = [
    "a0: &a0 [x, x]",
    ...Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`),
  ];
  expect(readInput({ file: "bomb.yaml", text: lines.join("\n") }).notes).toMatchObject([
    { code: "unreadable" },
  ]);
});

test("an input without Istio says what was missing", () => {
  const migration = migrateObjects([
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "b" } },
  ]);
  expect(codesOf(migration, "refused")).toEqual(["no-door"]);
});

/** As Helm stores a release: gzip, base64, and once more base64 by the Secret. */
function releaseSecret(config: object, version = 1, status = "deployed"): object {
  const release = {
    name: "istio-ingress",
    namespace: "istio-ingress",
    version,
    info: { status },
    config,
    chart: { metadata: { name: "gateway", version: "1.31.1" }, values: {} },
    manifest: "kind: Secret\nstringData: { a: planted-in-manifest }",
  };
  const packed = gzipSync(JSON.stringify(release)).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "helm.sh/release.v1",
    metadata: {
      name: `sh.helm.release.v1.istio-ingress.v${version}`,
      namespace: "istio-ingress",
      labels: { owner: "helm" },
    },
    data: { release: Buffer.from(packed).toString("base64") },
  };
}

describe("Helm's release Secrets", () => {
  test("give version and values of the deployed revision", () => {
    const secrets = [
      releaseSecret({ replicaCount: 1, autoscaling: { enabled: false } }, 1, "superseded"),
      releaseSecret({ autoscaling: { minReplicas: 3, maxReplicas: 9 }, tolerations: [] }, 2),
      releaseSecret({}, 3, "failed"),
    ];
    const migration = migrateObjects([...whole(), ...secrets]);
    expect(parse(migration.clusterFile ?? "").gateways.ingress).toMatchObject({
      replicas: { min: 3, max: 9 },
    });
  });

  test("that cannot be unpacked are named", () => {
    const broken = { ...releaseSecret({}), data: { release: "AAAA" } };
    expect(codesOf(migrateObjects([...whole(), broken]))).toContain("helm-secret");
  });

  test("values under the charts' internal key move up with equal effect, unknown root values are dropped with the reason", () => {
    const migration = migrateObjects([
      ...whole(),
      releaseSecret({
        _internal_defaults_do_not_set: { service: { externalTrafficPolicy: "Local" } },
        extraManifests: [],
      }),
    ]);
    expect(parse(migration.clusterFile ?? "").gateways.ingress.values).toEqual({
      service: { externalTrafficPolicy: "Local" },
    });
    expect(codesOf(migration, "decision")).toContain("internal-defaults");
    expect(migration.findings.find(({ code }) => code === "refused-value")?.message).toContain(
      "extraManifests",
    );
  });
});

describe("secrets", () => {
  const marked = "PLANTED-7f3a9";
  const planted: readonly object[] = [
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: {
        name: "s",
        namespace: "istio-ingress",
        annotations: { "kubectl.kubernetes.io/last-applied-configuration": marked },
      },
      data: { a: marked },
      stringData: { b: marked },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "c", namespace: "istio-ingress" },
      data: { token: marked },
    },
    {
      ...releaseSecret({
        env: { API_TOKEN: marked },
        podAnnotations: { "example.com/password": marked },
        volumes: [{ name: "DB_PASSWORD", value: marked }],
      }),
    },
    ingress({
      alb: {
        "conditions.istio-ingress": `[{"field":"http-header","httpHeaderConfig":{"httpHeaderName":"x-api-key","values":["${marked}"]}}]`,
      },
      name: "keyed",
      host: "k.example.com",
    }),
    ingress({
      alb: { "auth-idp-oidc": `{"issuer":"https://user:${marked}@example.com"}` },
      name: "oidc",
      host: "o.example.com",
    }),
    { apiVersion: "v1", kind: "Config", users: [{ name: "u", user: { token: marked } }] },
  ];

  test("planted everywhere reach neither file nor report nor --json", () => {
    const migration = migrateObjects([...whole(), service({ name: "istio-other" }), ...planted]);
    expect(JSON.stringify(migration)).not.toContain(marked);
    expect(JSON.stringify(migration)).not.toContain("planted-in-manifest");
    expect(codesOf(migration)).toContain("secret-value");
  });

  test("in a file that cannot be read are not quoted", () => {
    const texts = [
      `token: "${marked}\n`,
      `{"token":"${marked}"`,
      `a: b: ${marked}`,
      `password: &x ${marked}\nb: *y`,
    ];
    for (const text of texts) expect(JSON.stringify(migrateState(stateOf(text)))).not.toContain(marked);
  });
});

test("what the input cannot tell is missing in the file, says so where it belongs, and is a step", () => {
  const state = stateOf(
    asText([
      service(),
      ingress({
        alb: { "certificate-arn": undefined, "listen-ports": '[{"HTTP":80}]', "ssl-redirect": undefined },
      }),
    ]),
  );
  const migration = migrate(state, {
    cluster: "demo",
    region: undefined,
    eksName: undefined,
    repository: {},
    beside: { files: [], defaults: undefined },
    render: () => ({ objects: [], problems: [] }),
  });
  expect(codesOf(migration, "step")).toEqual(expect.arrayContaining(["no-region", "no-repository"]));
  expect(migration.clusterFile).toContain("# Missing: `region: …`");
  expect(migration.clusterFile).toContain("# Missing: `repository: { url: … }`");
  expect(migration.clusterFile).not.toMatch(/us-east-1|git\.example/);
});

const policy = (
  kind: string,
  name: string,
  spec: object = { selector: { matchLabels: { istio: "ingress" } } },
) => ({
  apiVersion: "security.istio.io/v1",
  kind,
  metadata: { name, namespace: "istio-ingress" },
  spec,
});

test.each(["../../evil", "a/b", "..", "x\u0000y", "-rf"])(
  "a policy called %j never becomes the name of a file outside of mesh/",
  (name) => {
    const migration = migrateObjects([...whole(), policy("AuthorizationPolicy", name)]);
    for (const { path } of migration.files)
      expect(path).toMatch(/^mesh\/demo\/[a-z0-9.-]+\/[a-z0-9.-]+\.yaml$/);
  },
);

test("policies of one name are a file each", () => {
  const { files, findings } = migrateObjects([
    ...whole(),
    policy("AuthorizationPolicy", "front"),
    policy("RequestAuthentication", "front", {
      selector: { matchLabels: { istio: "ingress" } },
      jwtRules: [{ issuer: "https://idp.example.com", jwksUri: "https://idp.example.com/jwks" }],
    }),
  ]);
  expect(files.map(({ path }) => path)).toEqual([
    "mesh/demo/istio-ingress/authorizationpolicy-front.yaml",
    "mesh/demo/istio-ingress/requestauthentication-front.yaml",
  ]);
  expect(findings.filter(({ kind }) => kind === "refused")).toEqual([]);
});

test("a policy for the whole namespace, or the whole mesh, is said to hold for the gateway", () => {
  const { files, findings } = migrateObjects([...whole(), policy("AuthorizationPolicy", "deny-all", {})]);
  expect(files).toEqual([]);
  expect(findings.find(({ code }) => code === "istio-object")?.message).toContain(
    "every workload of its namespace, the gateway among them",
  );
  const meshWide = {
    ...policy("AuthorizationPolicy", "deny-all", {}),
    metadata: { name: "deny-all", namespace: "istio-system" },
  };
  const { findings: wide } = migrateObjects([...whole(), meshWide]);
  expect(wide.find(({ code }) => code === "istio-object")?.message).toContain("every workload of the mesh");
});

test("a policy with a field that Istio does not know is refused with its file, and nothing is written", () => {
  const spec = { selector: { matchLabels: { istio: "ingress" } }, action: "DENNY" };
  const migration = migrateObjects([...whole(), policy("AuthorizationPolicy", "front", spec)]);
  expect(migration.clusterFile).toBeUndefined();
  expect(migration.files).toEqual([]);
  const [refusal] = migration.findings.filter(({ kind }) => kind === "refused");
  expect(refusal).toMatchObject({ about: "mesh/demo/istio-ingress/authorizationpolicy-front.yaml" });
  expect(refusal?.message).toContain("DENNY");
});

describe("the project around it", () => {
  const options = {
    cluster: "demo",
    region: undefined,
    eksName: undefined,
    repository: { url: "https://github.com/example/platform.git" },
    render: () => ({ objects: [], problems: [] }),
  };
  const state = () => stateOf(asText(whole()));
  const file = (name: string, text: string) => ({ file: name, bytes: Buffer.from(text) });

  test("its defaults lie below the file, and what they make wrong is refused", () => {
    const defaults = file("clusters/defaults.yaml", "argocd: { version: 1.8.0 }\n");
    const { clusterFile, findings } = migrate(state(), { ...options, beside: { files: [], defaults } });
    expect(clusterFile).toBeUndefined();
    expect(findings.find(({ kind }) => kind === "refused")?.message).toContain("argocd.version");
  });

  test("another cluster whose load balancer has the same name is said here, and not by the next command", () => {
    const alone = migrate(state(), { ...options, beside: { files: [], defaults: undefined } });
    const text = (alone.clusterFile ?? "").replace("name: demo", "name: other");
    const refusals = (other: string) =>
      migrate(state(), {
        ...options,
        beside: { files: [file("clusters/other.yaml", other)], defaults: undefined },
      }).findings.filter(({ kind }) => kind === "refused");
    expect(refusals(text.replace("name: web", "name: theirs"))).toEqual([]);
    expect(refusals(text).map(({ message }) => message)).toEqual([
      expect.stringMatching(/clusters\/other\.yaml.*alb\/name-twice/),
    ]);
  });
});
