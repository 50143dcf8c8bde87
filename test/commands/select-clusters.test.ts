import { describe, expect, it } from "vitest";
import { selectClusters } from "../../commands/select-clusters.ts";
import type { Config } from "../../config/config.ts";
import { outputWith } from "../charts/configurations.ts";
import { makeProject } from "../manifests/output-tree.ts";
import { demoTree, documentOf, runMain } from "./program.ts";

const { config: any } = outputWith({});
const cluster = (name: string, region: string, labels: Config["cluster"]["labels"] = {}): Config => ({
  ...any,
  file: `clusters/${name}.yaml`,
  cluster: { ...any.cluster, name, region, labels },
});

const fleet = [
  cluster("dev-eu", "eu-west-1", { env: "dev" }),
  cluster("prod-eu", "eu-west-1", { env: "prod", tier: "edge" }),
  cluster("prod-us", "us-east-1", { env: "prod" }),
];
const names = [...fleet.map(({ cluster: { name } }) => name), "broken"];

const select = (words: readonly string[], options: Readonly<Record<string, string>> = {}) => {
  const { chosen, isWhole, problems } = selectClusters({ words, options }, names, fleet);
  return { chosen: [...chosen], isWhole, codes: problems.map(({ code }) => code) };
};
const chosenBy = (selector: string): readonly string[] => select([], { selector }).chosen;

describe("a run is about", () => {
  it("the whole project where nobody chooses", () => {
    expect(select([])).toEqual({ chosen: names, isWhole: true, codes: [] });
  });

  it("clusters by name and by pattern", () => {
    expect(select(["prod-us"]).chosen).toEqual(["prod-us"]);
    expect(select(["prod-*", "dev-eu"]).chosen).toEqual(["dev-eu", "prod-eu", "prod-us"]);
    expect(select(["*-?u"]).chosen).toEqual(["dev-eu", "prod-eu"]);
    expect(select(["prod"])).toMatchObject({ chosen: [], codes: ["usage/unknown-cluster"] });
    expect(select(["prod-*", "x*"])).toMatchObject({ codes: ["usage/unknown-cluster"], isWhole: false });
    expect(select(["prod.eu"]).chosen).toEqual([]);
  });

  it("clusters by label, and those of which nothing is known, so that their problems are told", () => {
    expect(chosenBy("env=prod")).toEqual(["prod-eu", "prod-us", "broken"]);
    expect(chosenBy("env==prod, region != us-east-1")).toEqual(["prod-eu", "broken"]);
    expect(chosenBy("tier")).toEqual(["prod-eu", "broken"]);
    expect(chosenBy("!tier,env=prod")).toEqual(["prod-us", "broken"]);
    expect(chosenBy("env!=dev,env!=prod")).toEqual(["broken"]);
  });

  it.each(["env=prod=x", "", "env in (a)", "=a", "env=prod,"])(
    "nothing where %j is no selector",
    (selector) => {
      expect(select([], { selector })).toEqual({ chosen: [], isWhole: false, codes: ["usage/selector"] });
    },
  );

  it("nothing, and an error, where a label is misspelt", () => {
    const known = selectClusters({ words: ["prod-*"], options: { selector: "env=prd" } }, names, fleet);
    expect(known.problems).toEqual([
      expect.objectContaining({
        message: "expected clusters with env=prd, found none",
        suggestion: expect.stringContaining("env=prod"),
      }),
    ]);
  });

  it("a share of them: each cluster in one, the same whichever others there are", () => {
    const shares = [1, 2, 3].map((share) => select([], { shard: `${share}/3` }).chosen);
    expect(shares.flat().sort()).toEqual([...names].sort());
    const shareOf = (name: string) => shares.findIndex((share) => share.includes(name));
    for (const name of names) {
      const alone = selectClusters({ words: [], options: { shard: `${shareOf(name) + 1}/3` } }, [name], []);
      expect([...alone.chosen]).toEqual([name]);
    }
  });

  it.each(["0/0", "0/3", "4/3", "17/16", "1", "a/b", "-1/3", "1/99999", ""])(
    "nothing where %j is no share",
    (shard) => {
      expect(select([], { shard })).toEqual({ chosen: [], isWhole: false, codes: ["usage/shard"] });
    },
  );
});

describe("the commands", () => {
  const labelled = () => {
    const tree = demoTree();
    const file = "clusters/demo.yaml";
    return makeProject({
      ...tree,
      [file]: String(tree[file]).replace(/^cluster:$/m, "cluster:\n  labels: { env: prod }"),
    });
  };

  it("take a selection, and write nothing for the others", async () => {
    const root = labelled();
    expect((await runMain(root, ["check", "-l", "env=prod"])).code).toBe(0);
    const none = await runMain(root, ["synth", "--selector", "env=dev"]);
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("error usage/selector") });
  });

  it("list shows what the files and the lock files say", async () => {
    const root = labelled();
    const { code, stdout } = await runMain(root, ["list"]);
    expect({ code, lines: stdout.split("\n").map((line) => line.replace(/ {2,}/g, " | ")) }).toEqual({
      code: 0,
      lines: [
        "NAME | STAGE | REGION | ISTIO | LOAD BALANCERS | CERTIFICATES UNTIL | LABELS",
        expect.stringMatching(
          /^demo \| - \| ap-northeast-2 \| 1\.31\.1 \| demo-addon-ingress,demo-svc-ingress \| \d{4}-\d\d-\d\d \| env=prod$/,
        ),
        "",
      ],
    });
    const json = documentOf(await runMain(root, ["list", "--json"]));
    expect(json).toMatchObject({
      clusters: [{ name: "demo", account: "123456789012", labels: { env: "prod" } }],
    });
  });

  it("list tells what is wrong with a file, and shows the others", async () => {
    const root = labelled();
    const broken = makeProject({ ...demoTree(), "clusters/b.yaml": "cluster: { name: b }\n" });
    expect((await runMain(root, ["list"])).code).toBe(0);
    const { code, stdout, stderr } = await runMain(broken, ["list"]);
    expect({ code, stdout: stdout.includes("demo ") }).toEqual({ code: 1, stdout: true });
    expect(stderr).toContain("clusters/b.yaml");
  });
});
