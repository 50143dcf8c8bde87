// `run` from a person's own program, and the bin beside it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { readTree } from "../manifests/output-tree.ts";
import {
  checkout,
  copyPackage,
  exampleProject,
  linkPackages,
  meshfront,
  node,
  projectWith,
} from "./library-project.ts";

const policy = `{ apiVersion: "security.istio.io/v1", kind: "AuthorizationPolicy", metadata: { name: "mine" }, spec: {} }`;

/** A program whose charts are what `body` adds. */
const program = (body: string, option = "gatewayCharts"): string => `
import { ApiObject, Chart } from "cdk8s";
import { run } from "meshfront";
process.exitCode = await run(process.argv.slice(2), { ${option}(app, cluster) { ${body} } });
`;

const add = (id: string, object = policy, props = "{ namespace: 'istio-ingress' }"): string =>
  `new ApiObject(new Chart(app, "${id}", ${props}), "object", ${object});`;

const manifestsOf = (root: string, wave: string) =>
  Object.keys(readTree(join(root, `dist/demo/manifests-${wave}`)));

describe("the example", () => {
  it("is committed with what its program writes", () => {
    const root = exampleProject();
    const outcome = node(root, ["main.mjs", "check"]);
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    expect(manifestsOf(root, "gateway")).toEqual(["office-only-ingress.yaml"]);
    expect(manifestsOf(root, "ingress")).toEqual(["access-logs.yaml"]);
  });

  it("gives the same by the bin, from a folder within it and from outside", () => {
    const root = exampleProject();
    mkdirSync(join(root, "docs"));
    const places = [
      { cwd: root, args: [meshfront, "check"] },
      { cwd: join(root, "docs"), args: [join("..", meshfront), "check"] },
      { cwd: checkout, args: [join(root, meshfront), "check", "--chdir", root] },
      { cwd: checkout, args: [join(root, meshfront), `--chdir=${root}`, "check"] },
    ];
    for (const { cwd, args } of places) {
      const outcome = node(cwd, args);
      expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
      expect(outcome.stderr).toContain("18 files as synth would write them");
    }
  });

  it("shows a change of a chart in check and diff of the bin", () => {
    const root = exampleProject();
    const path = join(root, "main.mjs");
    const text = readFileSync(path, "utf8");
    expect(node(root, [meshfront, "check"]).code).toBe(0);

    writeFileSync(path, text.replace("203.0.113.0/24", "198.51.100.0/24"));
    expect(node(root, [meshfront, "check"])).toMatchObject({ code: 2 });
    const { stdout } = node(root, [meshfront, "diff"]);
    expect(stdout).toContain("198.51.100.0/24");
  });

  it("is what `cdk8s synth` runs", () => {
    const root = exampleProject();
    rmSync(join(root, "dist"), { recursive: true });
    rmSync(join(root, "argocd"), { recursive: true });
    const outcome = node(root, ["node_modules/cdk8s-cli/bin/cdk8s", "synth"]);
    expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
    expect(node(root, ["main.mjs", "check"]).code).toBe(0);
    expect(readTree(join(root, ".cdk8s"))).toHaveProperty("dist/demo/manifests-ingress/access-logs.yaml");
  });
});

test("what docs/how-to/build-on-meshfront.md shows works as it stands", () => {
  const page = readFileSync(join(checkout, "docs/how-to/build-on-meshfront.md"), "utf8");
  const blocks = [...page.matchAll(/^```(js|yaml)\n(.*?)^```$/gms)].map(([, , text = ""]) => text);
  const [main = "", cdk8s = "", plain = "", ...others] = blocks;
  expect(others).toEqual([]);
  const tree = {
    "main.mjs": main,
    "cdk8s.yaml": cdk8s,
    "plain.mjs": `${plain}console.log(cluster.cluster.eksName);`,
  };
  const root = linkPackages(projectWith(tree), ["meshfront", "cdk8s", "constructs"]);
  expect(node(root, ["main.mjs", "synth"]).code).toBe(0);
  expect(node(root, [meshfront, "check"]).code).toBe(0);
  expect(manifestsOf(root, "gateway")).toEqual(["office-only-ingress.yaml"]);
  expect(node(root, ["plain.mjs"]).stdout).toBe("demo\n");
});

describe("a program", () => {
  it("in CommonJS works as one in ES modules", () => {
    const root = linkPackages(
      projectWith({
        "main.cjs": `
const { ApiObject, Chart } = require("cdk8s");
const { run } = require("meshfront");
run(process.argv.slice(2), { charts(app) { ${add("mine")} } }).then((code) => { process.exitCode = code; });
`,
        "cdk8s.yaml": "app: node main.cjs synth\n",
      }),
      ["meshfront", "cdk8s", "constructs"],
    );
    expect(node(root, ["main.cjs", "synth"])).toMatchObject({ code: 0 });
    expect(manifestsOf(root, "ingress")).toEqual(["mine.yaml"]);
    expect(node(root, [meshfront, "check"])).toMatchObject({ code: 0 });
  });

  it("widens the AppProject by what its charts hold", () => {
    const root = linkPackages(projectWith({ "main.mjs": program(add("mine")) }), [
      "meshfront",
      "cdk8s",
      "constructs",
    ]);
    expect(node(root, ["main.mjs", "synth"]).code).toBe(0);
    const project = readFileSync(join(root, "dist/demo/applications/project.yaml"), "utf8");
    expect(project).toContain("kind: AuthorizationPolicy");
    expect(readFileSync(join(root, "dist/demo/manifests-gateway/mine.yaml"), "utf8")).toMatch(
      /^# Generated by meshfront from the chart mine of this project's own program\./,
    );
  });

  it("that adds nothing to a cluster leaves no Application behind", () => {
    const root = linkPackages(projectWith({ "main.mjs": program(`new Chart(app, "empty");`) }), [
      "meshfront",
      "cdk8s",
      "constructs",
    ]);
    expect(node(root, ["main.mjs", "synth"]).code).toBe(0);
    expect(Object.keys(readTree(join(root, "dist/demo/applications")))).not.toContain(
      "manifests-gateway.yaml",
    );
  });

  it.each([
    {
      name: "fails",
      body: `throw new Error("no such office");`,
      expected:
        /error charts\/failed: .* for the cluster demo, the program failed: no such office \(at .*main\.mjs:4:\d+\)/,
    },
    { name: "is asynchronous", body: "return Promise.resolve();", expected: /charts\/failed.*a promise/ },
    {
      name: "does not validate",
      body: `${add("mine")} app.node.children[0].node.addValidation({ validate: () => ["too few offices"] });`,
      expected: /charts\/failed[\s\S]*too few offices/,
    },
    {
      name: "names a file as no file is called",
      body: add("Not_A_Label"),
      expected: /charts\/name.*Not_A_Label/,
    },
    {
      name: "brings a kind that nobody may bring",
      body: add("mine", `{ apiVersion: "v1", kind: "Secret", metadata: { name: "mine" } }`),
      expected: /manifests\/refused-kind: in the chart mine: Secret mine: /,
    },
    {
      name: "puts an object where it has not said",
      body: add("mine", policy.replace("}", `, namespace: "apps" }`)),
      expected: /manifests\/namespace[\s\S]*make it the `namespace` of the chart/,
    },
    {
      name: "has a field that the kind has not",
      body: add("mine", policy.replace("spec: {}", "spec: { acton: 'DENY' }")),
      expected: /manifests\/schema: in the chart mine: AuthorizationPolicy mine: .*acton/,
    },
    {
      name: "brings an object twice",
      body: `${add("mine")} ${add("yours")}`,
      expected: /manifests\/object-twice.*the chart mine and the chart yours/,
    },
  ])("that $name ends with exit code 1 and writes nothing", ({ body, expected }) => {
    const root = linkPackages(projectWith({ "main.mjs": program(body) }), [
      "meshfront",
      "cdk8s",
      "constructs",
    ]);
    const before = Object.keys(readTree(root));
    const { code, stderr } = node(root, ["main.mjs", "synth"]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(expected) });
    expect(stderr).not.toContain("please report it");
    expect(Object.keys(readTree(root))).toEqual(before);
  });

  it("is not run where a cluster file is wrong: that is said first", () => {
    const root = linkPackages(
      projectWith({
        "main.mjs": program(`throw new Error("ran");`),
        "clusters/b.yaml": "cluster: { name: b }\n",
      }),
      ["meshfront", "cdk8s", "constructs"],
    );
    const { code, stderr } = node(root, ["main.mjs", "check"]);
    expect(code).toBe(1);
    expect(stderr).toContain("clusters/b.yaml");
    expect(stderr).not.toContain("ran");
  });
});

describe("the bin", () => {
  const foreign = "process.exitCode = 42;\n";

  it("leaves a program alone that does not import meshfront", () => {
    const root = linkPackages(projectWith({ "main.mjs": foreign, "cdk8s.yaml": "app: node main.mjs\n" }), [
      "meshfront",
    ]);
    expect(node(root, [meshfront, "synth"]).code).toBe(0);
  });

  it.each([
    "npx ts-node main.mjs",
    "node main.mjs | tee log",
    "node 'main.mjs'; true",
    "node main.mjs check",
  ])("does not guess at `app: %s`", (app) => {
    const tree = { "main.mjs": program(""), "cdk8s.yaml": `app: ${JSON.stringify(app)}\n` };
    const root = linkPackages(projectWith(tree), ["meshfront", "cdk8s", "constructs"]);
    const { code, stderr } = node(root, [meshfront, "check"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining("cdk8s.yaml error usage/app: expected `app: node main.mjs`"),
    });
  });

  it("gives the options of Node to the program, and its exit code back", () => {
    const root = linkPackages(
      projectWith({
        "main.mjs": `import "meshfront"; process.exitCode = process.execArgv.includes("--no-warnings") ? 3 : 4;`,
        "cdk8s.yaml": "app: node --no-warnings main.mjs synth\n",
      }),
      ["meshfront", "cdk8s", "constructs"],
    );
    expect(node(root, [meshfront, "check"]).code).toBe(3);
  });
});

describe("the peers", () => {
  it("are asked for in one sentence where they are missing", () => {
    const root = copyPackage(
      projectWith({
        "main.mjs": `import { run } from "meshfront"; process.exitCode = await run(process.argv.slice(2));`,
      }),
    );
    const { code, stderr } = node(root, ["main.mjs", "synth"]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `error usage/missing-peer: expected the packages cdk8s and constructs in this project, found no cdk8s: a program of one's own and meshfront share one copy
  Run \`npm install --save-dev "cdk8s@^2.70.106" "constructs@^10.8.1"\`.
`,
    });
    expect(node(root, ["main.mjs", "--help"]).code).toBe(0);
    expect(node(root, [meshfront, "synth"]).code, "the bin has its own").toBe(0);
  });

  it("in two copies are refused in one sentence", () => {
    const root = copyPackage(projectWith({ "main.mjs": program(add("mine")) }));
    for (const folder of [root, join(root, "node_modules/meshfront")])
      for (const name of ["cdk8s", "constructs"])
        cpSync(join(checkout, "node_modules", name), join(folder, "node_modules", name), { recursive: true });
    const { code, stderr } = node(root, ["main.mjs", "synth"]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "error charts/two-copies: expected charts made with the cdk8s that meshfront found",
    );
    expect(stderr.match(/ error |^error /gm)).toHaveLength(1);
  });
});
