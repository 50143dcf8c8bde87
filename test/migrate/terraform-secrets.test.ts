// What a state or a plan calls sensitive is not printed, wherever providers have copied it to; what merely stands beside it is not lost.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type JsonObject, valueAt } from "../../core/json.ts";
import { readInput } from "../../migrate/read/read-input.ts";
import { secretValues } from "../../migrate/read/terraform/read-terraform.ts";
import { markdownReport, textReport } from "../../migrate/report/text.ts";
import { asText, gatewayObject, ingress, migrateState, service, stateOf, virtualService } from "./set-up.ts";
import { helmRelease, kubectlManifest, kubernetesManifest, rawState } from "./terraform-states.ts";

const secret = "FAKE-SENSITIVE-7f3a";
const folder = fileURLToPath(new URL("terraform", import.meta.url));
const front = asText([service(), gatewayObject(), virtualService()]);

/** Everything that a user could see of it. */
function printed(text: string, ...others: readonly string[]): string {
  const state = stateOf(text, ...others);
  const migration = migrateState(state);
  const report = { cluster: "demo", read: "", ...migration };
  return [textReport(report), markdownReport(report), JSON.stringify({ ...migration, state })].join("\n");
}

const releaseOf = (text: string) => readInput({ file: "s", text }).releases[0];

describe.each(readdirSync(folder).filter((name) => !name.endsWith(".md")))("%s", (file) => {
  test("prints nothing that it calls sensitive", () => {
    const text = readFileSync(`${folder}/${file}`, "utf8");
    const all = printed(text);
    expect([...secretValues(JSON.parse(text))].filter((each) => all.includes(each))).toEqual([]);
    expect(all).not.toMatch(/FAKE-SENSITIVE|FAKE-TOKEN|FAKE0123456789ABCDEF/);
  });
});

const setSensitive = (name: string, value: string, live: JsonObject): string =>
  rawState([
    helmRelease(live, { set_sensitive: [{ name, value, type: "" }] }),
    kubernetesManifest(JSON.parse(JSON.stringify(ingress()))),
  ]);

const copies: readonly (readonly [where: string, text: string])[] = [
  [
    "at its own place, which the provider failed to cloak",
    setSensitive("a.b\\.c/d", secret, { a: { "b.c/d": secret } }),
  ],
  ["at the item of a list", setSensitive("env[0].value", secret, { env: [{ name: "X", value: secret }] })],
  ["at another place, nested", setSensitive("a", secret, { x: { y: [{ z: secret }] } })],
  ["inside a longer text", setSensitive("a", secret, { url: `redis://cache/${secret}?db=1` })],
  ["as a key", setSensitive("a", secret, { labels: { [secret]: "x" } })],
  ["in base64", setSensitive("a", secret, { blob: Buffer.from(secret).toString("base64") })],
  ["as a number", setSensitive("pin", "80417263", { pin: 80417263, other: { pin: 80417263 } })],
  ["of five characters at another place", setSensitive("a", "k7-x2", { other: "k7-x2" })],
  ["too short to be found by its text", setSensitive("a\\.b", "x7", { "a.b": "x7" })],
  [
    "in an annotation",
    rawState([
      helmRelease({}, { set_sensitive: [{ name: "a", value: secret }] }),
      kubernetesManifest(JSON.parse(JSON.stringify(ingress({ foreign: { note: `token ${secret}` } })))),
    ]),
  ],
  [
    "in the password of the chart repository",
    rawState([
      helmRelease(
        { a: secret },
        { repository_password: secret, repository: `https://u:${secret}@charts.example.com` },
      ),
    ]),
  ],
  [
    "in a sensitive output",
    rawState([helmRelease({ a: secret })], {
      outputs: { t: { value: { deep: [secret] }, type: "string", sensitive: true } },
    }),
  ],
  [
    "in a resource that migrate does not know",
    rawState([
      helmRelease({ a: secret }),
      {
        type: "aws_db_instance",
        attributes: { password: secret },
        sensitive: [[{ type: "get_attr", value: "password" }]],
      },
    ]),
  ],
  [
    "in a Secret of the kubernetes provider, written by a program that marked nothing",
    rawState([
      helmRelease({ a: secret }),
      { type: "kubernetes_secret_v1", attributes: { metadata: [{ name: "s" }], data: { k: secret } } },
    ]),
  ],
  [
    "in a kubeconfig, whose token alone was copied",
    rawState([
      helmRelease({ a: secret }),
      {
        type: "kubernetes_secret_v1",
        attributes: { data: { kubeconfig: `users:\n- user: {token: "${secret}"}\n` } },
      },
    ]),
  ],
  [
    "in a Secret of the kubectl provider",
    rawState([
      helmRelease({ a: secret }),
      kubectlManifest(
        `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: x}\nstringData: {k: ${secret}}\n`,
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: x}\nstringData: (sensitive value)\n",
      ),
    ]),
  ],
  [
    "in the encoded data of a Secret of the kubectl provider",
    rawState([
      helmRelease({ a: secret }),
      kubectlManifest(
        `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: x}\ndata: {k: ${Buffer.from(secret).toString("base64")}}\n`,
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: x}\ndata: (sensitive value)\n",
      ),
    ]),
  ],
];

test.each(copies)("a secret %s is withheld", (_, text) => {
  const all = printed(text, front);
  expect(all).not.toContain(secret);
  expect(all).not.toContain(Buffer.from(secret).toString("base64"));
  expect(all).not.toMatch(/80417263|k7-x2|"x7"/);
});

test("a variable that a plan holds in clear is withheld from the values that were made of it", () => {
  const plan = JSON.parse(readFileSync(`${folder}/drift.plan.json`, "utf8"));
  plan.variables = { t: { value: secret } };
  plan.configuration = { root_module: { variables: { t: { sensitive: true } } } };
  for (const resource of plan.prior_state.values.root_module.resources)
    if (resource.type === "helm_release")
      resource.values.metadata[0].values = JSON.stringify({ a: { b: secret } });
  expect(printed(JSON.stringify(plan))).not.toContain(secret);
  const istiod = readInput({ file: "p", text: JSON.stringify(plan) }).releases[0];
  expect(istiod?.withheld).toEqual(["a.b"]);
});

describe("one secret document of several", () => {
  const document = `apiKey: ${secret}\npin: 12\nservice:\n  type: NodePort\n`;
  const text = (sensitive: JsonObject["x"]) =>
    rawState([
      {
        ...helmRelease(
          { apiKey: secret, pin: 12, service: { type: "NodePort" }, autoscaleMin: 2, hub: "docker.io/istio" },
          { values: ["autoscaleMin: 2\nhub: docker.io/istio\n", document] },
        ),
        sensitive: sensitive ?? null,
      },
      kubernetesManifest(JSON.parse(JSON.stringify(service()))),
    ]);
  const ofTheSecond = [
    [
      { type: "get_attr", value: "values" },
      { type: "index", value: { value: 1, type: "number" } },
    ],
  ];

  test("is withheld leaf by leaf, and the other documents are read", () => {
    const release = releaseOf(text(ofTheSecond));
    expect(release?.values).toEqual({ autoscaleMin: 2, hub: "docker.io/istio", service: {} });
    expect(release?.withheld).toEqual(["apiKey", "pin", "service.type"]);
  });

  test("does not make a secret of every word in it: NodePort is read where others say it", () => {
    const { objects } = readInput({ file: "s", text: text(ofTheSecond) });
    expect(valueAt(objects[0]?.manifest, ["spec", "type"])).toBe("NodePort");
  });

  test("is withheld with all others where the state marks the list as a whole, or in words that nobody knows", () => {
    for (const marks of [
      [[{ type: "get_attr", value: "values" }]],
      [[{ type: "get_attr", value: "values" }, { type: "splat" }]],
    ])
      expect(releaseOf(text(marks))?.values).toEqual({ service: {} });
  });

  test("is left out of values that are only guessed, and so are secret blocks, which are named", () => {
    const guessed = rawState([
      {
        ...helmRelease(
          {},
          {
            values: ["autoscaleMin: 2\n", document],
            set_wo_revision: 1,
            set_sensitive: [{ name: "podAnnotations.example\\.com/token", value: secret }],
          },
        ),
        sensitive: ofTheSecond,
      },
    ]);
    expect(releaseOf(guessed)?.values).toEqual({ autoscaleMin: 2, service: {} });
    expect(releaseOf(guessed)?.withheld).toContain("podAnnotations.example.com/token");
  });
});

test("an object that holds a secret is named with its path, and the annotation is absent, not empty", () => {
  const text = rawState([
    helmRelease({}, { set_sensitive: [{ name: "a", value: secret }] }),
    kubernetesManifest(JSON.parse(JSON.stringify(ingress({ alb: { "wafv2-acl-arn": secret } })))),
  ]);
  const { objects, notes } = readInput({ file: "s", text });
  expect(valueAt(objects[0]?.manifest, ["metadata", "annotations"])).not.toHaveProperty([
    "alb.ingress.kubernetes.io/wafv2-acl-arn",
  ]);
  expect(notes).toMatchObject([
    {
      code: "secret-in-object",
      message: expect.stringContaining("metadata.annotations.alb.ingress.kubernetes.io/wafv2-acl-arn"),
    },
  ]);
});

test("a name is no secret, also where a secret document repeats it: a door leads to it by that name", () => {
  const text = rawState([
    {
      ...helmRelease({}, { values: [`gateway: istio-ingress\ntoken: ${secret}\n`], name: "istio-ingress" }),
      sensitive: [[{ type: "get_attr", value: "values" }]],
    },
    kubernetesManifest(JSON.parse(JSON.stringify(ingress()))),
  ]);
  const path = ["spec", "rules", 0, "http", "paths", 0, "backend", "service", "name"];
  expect(valueAt(readInput({ file: "s", text }).objects[0]?.manifest, path)).toBe("istio-ingress");
});

describe("a file beside the state", () => {
  const state = setSensitive("meshConfig.note", secret, {});

  test("with a release Secret, which has the value in clear, is not believed more than the state", () => {
    const release = {
      ...{ name: "istiod", namespace: "istio-system", version: 1, info: { status: "deployed" } },
      chart: { metadata: { name: "istiod", version: "1.30.3" } },
      config: { meshConfig: { note: secret }, autoscaleMin: 2 },
    };
    const packed = Buffer.from(Buffer.from(JSON.stringify(release)).toString("base64")).toString("base64");
    const text = JSON.stringify({
      ...{
        apiVersion: "v1",
        kind: "Secret",
        type: "helm.sh/release.v1",
        metadata: { name: "sh.helm.release.v1.istiod.v1" },
      },
      data: { release: packed },
    });
    const helm = stateOf(state, text).releases.find(({ origin }) => origin.address === undefined);
    expect(helm).toMatchObject({
      values: { autoscaleMin: 2, meshConfig: {} },
      withheld: ["meshConfig.note"],
    });
    expect(printed(state, text, front)).not.toContain(secret);
  });

  test("with an object that holds a copy is withheld, in whichever order they are given", () => {
    const copy = asText([ingress({ name: "other", foreign: { note: `x ${secret}` } })]);
    for (const files of [
      [state, copy],
      [copy, state],
    ]) {
      const [first = "", ...rest] = files;
      expect(printed(first, ...rest)).not.toContain(secret);
      expect(stateOf(...files).notes).toMatchObject([{ code: "secret-in-object" }]);
    }
  });
});

test("tens of thousands of secrets are looked up without going through all of them", () => {
  const secrets = Array.from({ length: 20_000 }, (_, index) => ({
    type: "kubernetes_secret_v1",
    key: index,
    attributes: {
      data: { password: `pw-${index}-abcdef`, kubeconfig: `users:\n- token: abcdefghijkl${index}\n` },
    },
  }));
  const started = performance.now();
  const release = releaseOf(rawState([helmRelease({ a: { b: "x pw-19999-abcdef" }, c: 1 }), ...secrets]));
  expect(release?.values).toEqual({ a: {}, c: 1 });
  expect(performance.now() - started).toBeLessThan(10_000); // half a second on an idle machine
});
