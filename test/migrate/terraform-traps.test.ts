// What states and plans do not tell, or tell wrongly: each is said, and nothing is taken for live that is not.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type JsonObject, valueAt } from "../../core/json.ts";
import type { LiveState } from "../../migrate/live.ts";
import { readInput } from "../../migrate/read/read-input.ts";
import { ingress, service } from "./set-up.ts";
import { helmRelease, kubectlManifest, kubernetesManifest, rawState } from "./terraform-states.ts";

const recorded = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`terraform/${file}`, import.meta.url)), "utf8");
const read = (text: string): LiveState => readInput({ file: "s", text });
const codes = ({ notes }: LiveState): readonly string[] => notes.map(({ code }) => code);
const noteOf = (text: string, code: string) => read(text).notes.filter((note) => note.code === code);

/** A recorded plan, changed. */
function planWith(file: string, change: (plan: Record<string, JsonObject[string]>) => void): string {
  const plan = JSON.parse(recorded(file));
  change(plan);
  return JSON.stringify(plan);
}

describe("a plan", () => {
  test("that failed refuses: what failed, and all after it, is missing in it", () => {
    expect(noteOf(recorded("errored-empty-cluster.plan.json"), "errored-plan")).toMatchObject([
      { severity: "error" },
    ]);
  });

  test("of a target says that the rest may be older than what is live", () => {
    const text = planWith("drift.plan.json", (plan) => {
      plan.complete = false;
    });
    expect(codes(read(text))).toContain("partial-plan");
  });

  test("names what it would make, and what of that nobody knows before: an absent annotation is none that is unset", () => {
    const notes = noteOf(recorded("module-before-apply.plan.json"), "not-applied");
    const addon = notes.find(({ message }) => message.includes('kubernetes_manifest.door["addon"]'));
    expect(addon?.message).toContain(
      "of manifest.metadata.annotations.alb.ingress.kubernetes.io/healthcheck-port nobody knows the value",
    );
    expect(read(recorded("module-before-apply.plan.json")).objects).toEqual([]);
  });

  test("of doors made by templatefile names them, though not even their kind is known", () => {
    const notes = noteOf(recorded("seed-before-apply.plan.json"), "not-applied");
    expect(notes.map(({ message }) => message)).toContainEqual(
      "the plan would make kubectl_manifest.ingress_for_addons, so it is not live and not read; of yaml_body nobody knows the value before it is made",
    );
  });

  test("that would delete or change what is live says so", () => {
    const text = planWith("drift.plan.json", (plan) => {
      plan.resource_changes = [
        {
          address: "helm_release.istiod",
          mode: "managed",
          type: "helm_release",
          change: { actions: ["delete", "create"] },
        },
        {
          address: "kubectl_manifest.door",
          mode: "managed",
          type: "kubectl_manifest",
          change: { actions: ["update"] },
        },
      ];
    });
    expect(noteOf(text, "destroying-plan")[0]?.message).toContain("would delete helm_release.istiod");
    expect(noteOf(text, "pending-change")[0]?.message).toContain("kubectl_manifest.door");
    expect(codes(read(text))).not.toContain("not-applied");
  });

  test("that only forgets destroys nothing, and nothing is said of that", () => {
    expect(codes(read(recorded("forget-module.plan.json")))).toEqual([]);
  });

  test("that only refreshes is read like any other", () => {
    const text = planWith("drift.plan.json", (plan) => {
      plan.resource_changes = [];
      plan.planned_values = { root_module: {} };
    });
    const without = JSON.parse(text);
    delete without.resource_changes;
    expect(read(JSON.stringify(without)).releases.map(({ name }) => name)).toEqual(
      read(recorded("drift.plan.json")).releases.map(({ name }) => name),
    );
  });

  test("tells where the provider of a resource is configured, as the raw state does", () => {
    const [state] = read(recorded("mixed-versions.tfstate")).terraform;
    const plan = {
      format_version: "1.2",
      terraform_version: "1.11.4",
      planned_values: {},
      prior_state: { values: JSON.parse(recorded("mixed-versions.show.json")).values },
      configuration: {
        provider_config: {
          "module.mesh:helm": {
            full_name: "registry.terraform.io/hashicorp/helm",
            module_address: "module.mesh",
          },
        },
        root_module: {
          module_calls: {
            mesh: {
              module: {
                resources: ["istio_base", "istiod", "istio_ingress"].map((name) => ({
                  address: `helm_release.${name}`,
                  provider_config_key: "module.mesh:helm",
                })),
              },
            },
          },
        },
      },
    };
    expect(read(JSON.stringify(plan)).terraform[0]?.resources).toEqual(state?.resources);
  });
});

describe("an object that somebody changed after it was applied", () => {
  test("is named with its fields, which the provider's fingerprints tell although the values are not in the state", () => {
    const notes = noteOf(recorded("drift.plan.json"), "drifted-object");
    expect(notes.map(({ origin, message }) => [origin.address, /at (.+?) after/.exec(message)?.[1]])).toEqual(
      [
        [
          "kubectl_manifest.ingress_for_services",
          "metadata.annotations.alb.ingress.kubernetes.io/wafv2-acl-arn",
        ],
        ["kubectl_manifest.istio_gateway", "spec.servers.0.hosts and spec.servers.0.hosts.0"],
      ],
    );
  });

  test("is named as a whole where the provider has one fingerprint", () => {
    const one = (applied: string, live: string) =>
      rawState([
        {
          ...kubectlManifest("", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n"),
          attributes: {
            yaml_body_parsed: "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n",
            yaml_incluster: applied.repeat(64),
            live_manifest_incluster: live.repeat(64),
          },
        },
      ]);
    expect(noteOf(one("a", "b"), "drifted-object")[0]?.message).toMatch(/^somebody changed it after/);
    expect(noteOf(one("a", "a"), "drifted-object")).toEqual([]);
  });

  test("is not made up where nobody changed anything", () => {
    for (const file of ["seed.show.json", "set.tfstate", "tofu-seed.tfstate", "module.tfstate"])
      expect(noteOf(recorded(file), "drifted-object")).toEqual([]);
  });
});

describe("a resource", () => {
  test("that is tainted, and a release that failed, are named", () => {
    const text = rawState([
      { ...helmRelease({}), instance: { status: "tainted" } },
      helmRelease({}, { metadata: [], name: "other", status: "failed" }),
    ]);
    expect(codes(read(text))).toEqual(["tainted", "failed-release"]);
  });

  test("of which a deposed object is left is read once", () => {
    const release = helmRelease({});
    const text = rawState([release, { ...release, instance: { deposed: "00000001" } }]);
    expect(read(text).releases).toHaveLength(1);
    expect(codes(read(text))).toEqual(["deposed"]);
  });

  test("keeps the address that the program prints, whatever its key is", () => {
    const resources = [0, 'b/c.d "q"', "$" + "{x}"].map((key) => ({
      ...helmRelease({}, { metadata: [{ chart: "istiod", name: `istiod-${key}`, namespace: "x" }] }),
      module: 'module.front["a.b"]',
      key,
    }));
    expect(
      read(rawState(resources)).terraform[0]?.resources.map(({ address, modules }) => [address, modules]),
    ).toEqual([
      ['module.front["a.b"].helm_release.istiod[0]', ["front"]],
      ['module.front["a.b"].helm_release.istiod["b/c.d \\"q\\""]', ["front"]],
      [`module.front["a.b"].helm_release.istiod["${"$$"}{x}"]`, ["front"]],
    ]);
  });
});

describe("what is configured is not called live", () => {
  const isConfiguredOnly = (text: string) =>
    read(text).objects.map(({ configuredOnly }) => configuredOnly === true);

  test("of a Service that Terraform manages, but of one that it looks up", () => {
    const attributes: JsonObject = {
      metadata: [{ name: "s", namespace: "x", annotations: {} }],
      spec: [{ type: "NodePort", port: [] }],
    };
    const managed = { type: "kubernetes_service_v1", attributes };
    expect(isConfiguredOnly(rawState([managed]))).toEqual([true]);
    expect(isConfiguredOnly(rawState([{ ...managed, mode: "data" }]))).toEqual([false]);
  });

  test("of a kubernetes_manifest whose annotations are not computed", () => {
    const door = kubernetesManifest(JSON.parse(JSON.stringify(ingress())));
    const other = { ...door, attributes: { ...door.attributes, computed_fields: ["metadata.labels"] } };
    expect(isConfiguredOnly(rawState([door]))).toEqual([false]);
    expect(isConfiguredOnly(rawState([other]))).toEqual([true]);
  });
});

test("an Ingress in the words of the API before v1 leads to its Service", () => {
  const text = rawState([
    {
      type: "kubernetes_ingress",
      attributes: {
        metadata: [
          { name: "web", namespace: "istio-ingress", annotations: { "kubernetes.io/ingress.class": "alb" } },
        ],
        spec: [
          {
            backend: [{ service_name: "fallback", service_port: "http" }],
            rule: [
              {
                host: "app.example.com",
                http: [
                  {
                    path: [{ path: "/*", backend: [{ service_name: "istio-ingress", service_port: "80" }] }],
                  },
                ],
              },
            ],
          },
        ],
      },
    },
  ]);
  const [door] = read(text).objects;
  expect(valueAt(door?.manifest, ["spec", "rules", 0, "http", "paths", 0, "backend"])).toEqual({
    service: { name: "istio-ingress", port: { number: 80 } },
  });
  expect(valueAt(door?.manifest, ["spec", "defaultBackend"])).toEqual({
    service: { name: "fallback", port: { name: "http" } },
  });
});

describe("values that the state hides are put together as Helm would", () => {
  const guessed = (attributes: JsonObject) =>
    read(rawState([helmRelease({}, { set_wo_revision: 1, ...attributes })])).releases[0];
  const set = (...pairs: readonly (readonly [string, string, string?])[]) =>
    guessed({ set: pairs.map(([name, value, type]) => ({ name, value, type: type ?? null })) })?.values;

  test("a later document wins, and set over all of them", () => {
    const { values, guess } = guessed({
      values: ["a: 1\nb: {c: 1, d: 1}\n", "# comment\nb: {c: 2}\n"],
      set: [{ name: "b.d", value: "3" }],
    }) ?? { values: {} };
    expect(values).toEqual({ a: 1, b: { c: 2, d: 3 } });
    expect(guess).toContain("helm get values istiod -n istio-system");
  });

  test("names with escaped dots and with indexes, lists in braces, types", () => {
    expect(set(["podAnnotations.a\\.b/c", "x"])).toEqual({ podAnnotations: { "a.b/c": "x" } });
    expect(set(["env[1].name", "B"], ["env[0].name", "A"])).toEqual({ env: [{ name: "A" }, { name: "B" }] });
    expect(set(["hosts", "{a,b}"])).toEqual({ hosts: ["a", "b"] });
    expect(set(["args", "x\\,y"])).toEqual({ args: "x,y" });
    expect(set(["a", "true"], ["b", "007"], ["c", "12", "string"], ["d", "null"])).toEqual({
      ...{ a: true, b: "007", c: "12", d: null },
    });
  });

  test("a name such as __proto__ is a key like any other", () => {
    expect(JSON.stringify(set(["a.__proto__.b", "1"]))).toBe('{"a":{"__proto__":{"b":1}}}');
  });

  test("a document that is no YAML, or no map, is not taken for values", () => {
    expect(guessed({ values: ["a: [", "- b", "c: 1"] })?.values).toEqual({ c: 1 });
  });
});

describe("releases as the helm provider 3 writes them", () => {
  // Shapes of hashicorp/helm 3.1.2: metadata is an object, what is absent is null, set is a list in order.
  const shape = (live: JsonObject, attributes: JsonObject = {}) =>
    rawState([
      {
        type: "helm_release",
        attributes: {
          ...{ name: "istio-ingress", namespace: "istio-ingress", chart: "gateway", version: "1.30.3" },
          ...{ set: null, set_list: null, set_sensitive: null, set_wo: null, set_wo_revision: null },
          ...{ values: null, postrender: null, timeouts: null, resources: null, take_ownership: false },
          ...{ repository: "https://charts.example.com", repository_password: null, status: "deployed" },
          metadata: {
            ...{ chart: "gateway", name: "istio-ingress", namespace: "istio-ingress", version: "1.30.3" },
            values: JSON.stringify(live),
          },
          ...attributes,
        },
        sensitive: [],
      },
    ]);

  test("are read from their metadata", () => {
    const { releases, notes } = read(shape({ service: { type: "NodePort" } }));
    expect(releases).toMatchObject([
      {
        name: "istio-ingress",
        chart: "gateway",
        version: "1.30.3",
        values: { service: { type: "NodePort" } },
      },
    ]);
    expect(releases[0]?.guess).toBeUndefined();
    expect(notes).toEqual([]);
  });

  test("after an upgrade of the provider read {}: the values are a guess, and what set_wo adds is said to be missing", () => {
    const [release] = read(
      shape(
        {},
        {
          ...{
            set_wo_revision: 1,
            postrender: { args: [], binary_path: "" },
            set_list: [],
            set_sensitive: [],
          },
          ...{
            values: ["autoscaling: {minReplicas: 2}\n"],
            set: [{ name: "service.type", type: "", value: "NodePort" }],
          },
        },
      ),
    ).releases;
    expect(release?.values).toEqual({ autoscaling: { minReplicas: 2 }, service: { type: "NodePort" } });
    expect(release?.guess).toMatch(/set_wo.+helm get values istio-ingress -n istio-ingress/);
  });
});

describe("files that are no state", () => {
  const rows: readonly (readonly [what: string, text: string, code: string])[] = [
    ["an empty file, which `show -json` leaves when it fails", "", "empty-file"],
    ["what `show -json` prints where nothing is", '{"format_version":"1.0"}', "no-state"],
    ["a state that was cut off", recorded("set.tfstate").slice(0, 9000), "truncated-json"],
    ["a state of format 3", '{"version":3,"serial":1,"lineage":"x","modules":[]}', "state-version"],
    ["a state that OpenTofu encrypted", recorded("tofu-encrypted.tfstate"), "encrypted-state"],
    [
      "maps in maps without end",
      `{"version":4,"resources":${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`,
      "too-deep",
    ],
    ["a saved plan", "PK\u0003\u0004tfplan", "no-plan-json"],
    [
      "the log of `plan -json`",
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info","@message":"Plan: 1"}\n',
      "no-plan-json",
    ],
  ];

  test("brackets inside texts are none: a policy may have hundreds", () => {
    const policy = `\\"${"[{".repeat(300)}\\\\`;
    const text = rawState([{ type: "aws_iam_policy", attributes: { policy } }, helmRelease({})]);
    expect(codes(read(text))).toEqual([]);
  });

  test.each(rows)("%s refuses and says what to run", (_, text, code) => {
    expect(read(text).notes).toMatchObject([
      { code, severity: "error", advice: expect.stringMatching(/`|anew/) },
    ]);
  });
});

test("a state of another program is known by its providers, wherever they stand first", () => {
  const release = { ...helmRelease({}), module: "module.mesh" };
  const provider = 'provider["registry.opentofu.org/hashicorp/helm"]';
  expect(read(rawState([{ ...release, provider }])).terraform[0]?.program).toBe("opentofu");
  expect(read(rawState([release])).terraform[0]?.program).toBe("terraform");
  const shown = recorded("module.show.json").replaceAll("registry.terraform.io", "registry.opentofu.org");
  expect(read(shown).terraform[0]?.program).toBe("opentofu");
});

describe("a state of several clusters", () => {
  const of = (key: string, provider: string) => ({
    ...helmRelease({ meshConfig: { accessLogFile: key } }),
    ...{
      module: `module.front["${key}"]`,
      provider: `provider["registry.terraform.io/hashicorp/helm"]${provider}`,
    },
  });

  test("refuses: one file is about one, and what comes first is not better than the other", () => {
    const [note] = noteOf(rawState([of("demo", ".demo"), of("prod", ".prod")]), "several-clusters");
    expect(note).toMatchObject({ severity: "error", advice: expect.stringContaining("state rm") });
    expect(note?.message).toContain(
      'release istio-system/istiod stands in s at module.front["demo"].helm_release.istiod and module.front["prod"].helm_release.istiod: its providers are',
    );
  });

  test("is not one with two releases of other names, and one release at two addresses is refused too", () => {
    const gateway = helmRelease(
      {},
      { metadata: [{ chart: "gateway", name: "istio-ingress", namespace: "x" }] },
    );
    expect(codes(read(rawState([of("demo", ""), gateway])))).toEqual([]);
    expect(codes(read(rawState([of("demo", ""), of("prod", "")])))).toEqual(["several-clusters"]);
  });

  test("with one cluster's part taken out of it by the command of the advice is read", () => {
    const state = JSON.parse(rawState([of("demo", ".demo"), of("prod", ".prod")]));
    state.resources = state.resources.filter(({ provider }: { provider: string }) =>
      provider.endsWith(".demo"),
    );
    expect(codes(read(JSON.stringify(state)))).toEqual([]);
  });
});

test("one object at two addresses is kept twice, for each address has to be forgotten", () => {
  const object = kubernetesManifest(JSON.parse(JSON.stringify(service())));
  const { objects } = read(rawState([object, { ...object, name: "again" }]));
  expect(objects.map(({ origin }) => origin.address)).toEqual([
    "kubernetes_manifest.door",
    "kubernetes_manifest.again",
  ]);
});
