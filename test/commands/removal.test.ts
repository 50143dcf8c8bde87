// What a run would take away that running again does not bring back: a load balancer, an Application, a cluster.
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { modificationTimes, readTree, type Tree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, documentOf, runMain, writtenProject } from "./program.ts";

const demo = (doors: readonly string[], changes = {}): Tree => clusterFile("demo", doors, changes);

interface Change {
  readonly what: string;
  readonly before: readonly Tree[];
  readonly change: (root: string) => void;
  /** Of the problems, each of which names what would be lost. */
  readonly messages: readonly RegExp[];
  readonly gone: readonly RegExp[];
}

const changes: readonly Change[] = [
  {
    what: "a door that is taken out",
    before: [demo(["outpost", "services"])],
    change: (root) => writeTree(root, demo(["services"])),
    messages: [
      /^Application argocd\/demo-ingress-outpost would be removed/,
      /^Ingress istio-ingress\/ingress-outpost would be/,
    ],
    gone: [/outpost/],
  },
  {
    what: "another name for the object of a door",
    before: [demo(["web"])],
    change: (root) => {
      const [[path, text]] = Object.entries(demo(["web"])) as [[string, string]]; // one file
      writeTree(root, { [path]: text.replace('"hosts"', '"ingressName": "front", "hosts"') });
    },
    messages: [
      /^Ingress istio-ingress\/ingress-web would be removed: the controller deletes its load balancer/,
    ],
    gone: [],
  },
  {
    what: "a cluster file that is deleted",
    before: [demo(["web"]), clusterFile("atlantis", ["web"])],
    change: (root) => rmSync(join(root, "clusters/atlantis.yaml")),
    messages: [/^everything generated here would be removed/],
    gone: [/atlantis/],
  },
];

describe.each(changes)("$what", ({ before, change, messages, gone }) => {
  it("is refused with exit code 3, and nothing is written", async () => {
    const root = writtenProject(...before);
    change(root);
    const times = modificationTimes(root);
    const outcome = await runMain(root, ["synth", "--json"]);
    expect(outcome.code).toBe(3);
    const { summary, problems } = documentOf(outcome);
    expect(summary).toBe("nothing written");
    for (const message of messages)
      expect(problems.map((problem) => problem.message)).toContainEqual(expect.stringMatching(message));
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["output/removal"]));
    expect(modificationTimes(root)).toEqual(times);
  });

  it("is done with --allow-removal, and nothing of it stays", async () => {
    const root = writtenProject(...before);
    change(root);
    expect((await runMain(root, ["synth", "--allow-removal"])).code).toBe(0);
    const left = Object.entries(readTree(root)).filter(([path, text]) =>
      gone.some((word) => word.test(path + text)),
    );
    expect(left).toEqual([]);
  });
});

describe("leave by name", () => {
  const withoutOutpost = (): string => {
    const root = writtenProject(demo(["outpost", "services"]));
    writeTree(root, demo(["services"]));
    return root;
  };

  it.each(["outpost", "demo/outpost", "demo"])("--allow-removal=%s lets the door go", async (name) => {
    expect((await runMain(withoutOutpost(), ["synth", `--allow-removal=${name}`])).code).toBe(0);
  });

  it("is for what is named: the rest is still refused, and a dry run shows the plan all the same", async () => {
    const root = writtenProject(demo(["outpost", "harbour", "services"]));
    writeTree(root, demo(["services"]));
    const { code, stdout, stderr } = await runMain(root, ["synth", "--dry-run", "--allow-removal=outpost"]);
    expect(code).toBe(3);
    expect(stdout).toContain("remove dist/demo/ingress-harbour/ingress.yaml\n");
    expect(stderr).toContain("If that is meant, run meshfront synth --allow-removal=demo/harbour;");
    expect(stderr).not.toContain("ingress-outpost would be removed");
  });

  it("that allows nothing is an error, also where nothing would go", async () => {
    const { code, stderr } = await runMain(withoutOutpost(), ["synth", "--allow-removal=outpast"]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "usage/arguments: expected --allow-removal with the name of something that would go, found outpast",
    );
    const nothing = await runMain(writtenProject(demo(["web"])), ["synth", "--allow-replacement=web"]);
    expect(nothing).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing would go") });
  });

  it("says which cluster, where several have a door of that key", async () => {
    const root = writtenProject(demo(["outpost", "web"]), clusterFile("north", ["outpost", "web"]));
    for (const tree of [demo(["web"]), clusterFile("north", ["web"])]) writeTree(root, tree);
    const { code, stderr } = await runMain(root, ["synth", "--allow-removal=outpost"]);
    expect(code).toBe(1);
    expect(stderr).toContain("Write --allow-removal=demo/outpost or --allow-removal=north/outpost.");
    const both = ["--allow-removal=demo/outpost", "--allow-removal=north/outpost"];
    expect((await runMain(root, ["synth", ...both])).code).toBe(0);
  });
});

describe("another scheme, which replaces the load balancer", () => {
  const flipped = (): string => {
    const root = writtenProject(demo(["web"]));
    const [[path, text]] = Object.entries(demo(["web"])) as [[string, string]]; // one file
    writeTree(root, { [path]: text.replace('"hosts"', '"scheme": "internal", "hosts"') });
    return root;
  };

  it("is refused with exit code 3, and nothing is written", async () => {
    const root = flipped();
    const times = modificationTimes(root);
    const { code, stderr } = await runMain(root, ["synth"]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      "error output/replacement: the load balancer of Ingress istio-ingress/ingress-web would be replaced. Scheme `internet-facing` -> `internal`: the controller deletes",
    );
    expect(stderr).toContain("If that is meant, run meshfront synth --allow-replacement=demo/web;");
    expect(modificationTimes(root)).toEqual(times);
  });

  it.each([["--allow-replacement"], ["--allow-replacement=web"]])(
    "is done with %s, and not with --allow-removal",
    async (option) => {
      const root = flipped();
      expect((await runMain(root, ["synth", "--allow-removal"])).code).toBe(3);
      expect((await runMain(root, ["synth", option])).code).toBe(0);
      expect((await runMain(root, ["check"])).code).toBe(0);
    },
  );

  it("fails `diff --fail-on critical` with exit code 2, and a note does not", async () => {
    expect((await runMain(flipped(), ["diff", "--fail-on", "critical"])).code).toBe(2);
    expect((await runMain(flipped(), ["diff"])).code).toBe(0);
    const root = writtenProject(demo(["web"]));
    writeTree(root, demo(["outpost", "web"]));
    expect((await runMain(root, ["diff", "--fail-on", "warning"])).code).toBe(0);
  });
});

describe("what needs no leave", () => {
  it("is a door that is added, a route that goes, and a value that changes", async () => {
    const service = { name: "web", namespace: "web", port: 80 };
    const routes = [{ name: "web", hosts: ["web.demo.example.com"], ingress: "web", service }];
    const root = writtenProject(demo(["web"], { routes }));
    writeTree(root, demo(["web", "more"], { gateways: { ingress: { replicas: { min: 3, max: 9 } } } }));
    const outcome = await runMain(root, ["synth", "--json"]);
    expect(outcome.code).toBe(0);
    expect(documentOf(outcome).removed).toEqual(["dist/demo/gateway/virtualservice-web.yaml"]);
  });
});

it("a file of a door whose alias leads nowhere is a loss that cannot be told, and no bug", async () => {
  const root = writtenProject(demo(["outpost", "services"]));
  appendFileSync(join(root, "dist/demo/ingress-outpost/ingress.yaml"), "status: *nowhere\n");
  writeTree(root, demo(["services"]));
  const { code, stderr } = await runMain(root, ["synth"]);
  expect(code).toBe(3);
  expect(stderr).toContain(
    "dist/demo/ingress-outpost/ingress.yaml error output/removal: the file would be removed, and what it holds cannot be told",
  );
});

describe("a door whose load balancer is protected against deletion", () => {
  const protectedDoor = (enabled: string): Tree => {
    const [[path, text]] = Object.entries(demo(["outpost", "services"])) as [[string, string]]; // one file
    const content = JSON.parse(text) as { ingresses: { outpost: object } }; // the test's own
    Object.assign(content.ingresses.outpost, {
      attributes: { "deletion_protection.enabled": enabled, "idle_timeout.timeout_seconds": "60" },
    });
    return { [path]: JSON.stringify(content) };
  };
  const code = "output/protected-load-balancer";
  const suggestion =
    "Set it to false among the door's attributes and let that be synced before the door goes. Once they wait: kubectl --namespace istio-ingress annotate ingress ingress-outpost --overwrite alb.ingress.kubernetes.io/load-balancer-attributes=deletion_protection.enabled=false";
  const problemsOf = async (enabled: string, ...options: readonly string[]) => {
    const root = writtenProject(protectedDoor(enabled));
    writeTree(root, demo(["services"]));
    return documentOf(await runMain(root, ["synth", "--json", ...options])).problems;
  };

  it.each([[[]], [["--allow-removal"]]])("is named by synth %j, with the way out", async (options) => {
    const problems = await problemsOf("true", ...options);
    expect(problems.filter((problem) => problem.code === code)).toEqual([
      expect.objectContaining({
        severity: "warning",
        file: "dist/demo/ingress-outpost/ingress.yaml",
        suggestion,
      }),
    ]);
  });

  it("is nothing to name once the protection is off", async () => {
    expect(await problemsOf("false", "--allow-removal")).toEqual([]);
  });
});
