// The contract of `--json`: every command, in every situation in which it may end, prints a document of its shape.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { CommandResult } from "../../commands/command.ts";
import { jsonReport } from "../../commands/report/json.ts";
import { results } from "../../commands/results/index.ts";
import { commands } from "../../commands/table.ts";
import { makeProject, writeTree } from "../manifests/output-tree.ts";
import { fakeAws, standardAccount } from "./fake-account.ts";
import { cluster, makeLookupProject, run } from "./lookup-project.ts";
import { clusterFile, goldenProject, runMain, twoDoors, writtenProject } from "./program.ts";

const gateway = "dist/demo/gateway/gateway.yaml";

/** The document, of which neither a key may be missing nor one too many, in the order of its schema. */
function strictDocument(text: string) {
  const document: unknown = JSON.parse(text);
  const parsed = results.parse(document);
  expect(Object.keys(document as object)).toEqual(Object.keys(parsed)); // parsed just now
  return parsed;
}

interface Situation {
  readonly what: string;
  readonly args: readonly string[];
  readonly project: () => string;
  readonly exitCode: number;
  readonly command?: string;
}

const invalid = () => makeProject({ "clusters/demo.yaml": "cluster: {}\n" });

function withoutFacts(): string {
  const root = goldenProject();
  rmSync(join(root, "clusters/demo.lock.json"));
  return root;
}

function different(): string {
  const root = goldenProject();
  rmSync(join(root, gateway));
  writeTree(root, { "dist/demo/gateway/mine.yaml": "mine: true\n" });
  return root;
}

function oneDoorLess(): string {
  const root = writtenProject(twoDoors);
  writeTree(root, clusterFile("demo", ["services"]));
  return root;
}

function obstructed(): string {
  const root = goldenProject();
  rmSync(join(root, "dist"), { recursive: true });
  writeTree(root, { dist: "mine\n" });
  return root;
}

const realSetUp = fileURLToPath(new URL("../real/01-waf-literal-15021/set-up.yaml", import.meta.url));

const situations: readonly Situation[] = [
  ...["synth", "check"].flatMap((command): readonly Situation[] => [
    { what: "all is well", args: [command], project: () => goldenProject(), exitCode: 0 },
    { what: "the configuration is invalid", args: [command], project: invalid, exitCode: 1 },
    {
      what: "a cluster is not known",
      args: [command, "nobody"],
      project: () => goldenProject(),
      exitCode: 1,
    },
    { what: "facts are missing", args: [command], project: withoutFacts, exitCode: 4 },
    { what: "a file is in the way", args: [command], project: obstructed, exitCode: 1 },
  ]),
  { what: "files have to be written", args: ["synth"], project: different, exitCode: 0 },
  { what: "it only says so", args: ["synth", "--dry-run"], project: different, exitCode: 0 },
  { what: "a removal is refused", args: ["synth"], project: oneDoorLess, exitCode: 3 },
  { what: "the output differs", args: ["check"], project: different, exitCode: 2 },
  { what: "a door is gone", args: ["check"], project: oneDoorLess, exitCode: 2 },
  { what: "the configuration is invalid", args: ["lookup"], project: invalid, exitCode: 1 },
  { what: "the timeout is none", args: ["lookup", "--timeout", "x"], project: invalid, exitCode: 1 },
  { what: "nothing is to be asked", args: ["lookup"], project: () => makeProject(twoDoors), exitCode: 0 },
  { what: "there is no lock file", args: ["lookup", "--check"], project: withoutFacts, exitCode: 4 },
  {
    what: "it begins a project",
    args: ["init", "--cluster=demo", "--region=eu-west-1", "--repository=https://github.com/example/x.git"],
    project: () => makeProject(),
    exitCode: 0,
  },
  { what: "it has too little to begin with", args: ["init"], project: () => makeProject(), exitCode: 1 },
  {
    what: "a set-up is taken over",
    args: ["migrate", realSetUp, "--cluster=other"],
    project: () => makeProject(),
    exitCode: 2,
  },
  {
    what: "a file is not there",
    args: ["migrate", "none.yaml", "--cluster=other"],
    project: () => makeProject(),
    exitCode: 5,
  },
  {
    what: "a version is set",
    args: ["upgrade", "istio", "1.31.4"],
    project: () => goldenProject(),
    exitCode: 0,
  },
  {
    what: "a step is too far",
    args: ["upgrade", "istio", "1.99.0"],
    project: () => goldenProject(),
    exitCode: 1,
  },
  { what: "nothing is named", args: ["migrate"], project: () => makeProject(), exitCode: 1 },
  { what: "it prints the one", args: ["schema"], project: () => makeProject(), exitCode: 0 },
  { what: "it prints the other", args: ["schema", "result"], project: () => makeProject(), exitCode: 0 },
  { what: "it writes", args: ["schema", "--write"], project: () => makeProject(), exitCode: 0 },
  { what: "it knows no such schema", args: ["schema", "x"], project: () => makeProject(), exitCode: 1 },
  {
    what: "it cannot write",
    args: ["schema", "--write"],
    project: () => makeProject({ schema: "a file" }),
    exitCode: 5,
  },
  { what: "nothing differs", args: ["diff"], project: () => goldenProject(), exitCode: 0 },
  { what: "the output differs", args: ["diff"], project: different, exitCode: 0 },
  { what: "the output differs", args: ["diff", "--exit-code"], project: different, exitCode: 2 },
  {
    what: "there is no such revision",
    args: ["diff", "--against", "nothing"],
    project: different,
    exitCode: 5,
  },
  { what: "the configuration is invalid", args: ["diff"], project: invalid, exitCode: 1 },
  { what: "facts are missing", args: ["diff"], project: withoutFacts, exitCode: 4 },
  {
    what: "a code is asked for",
    args: ["explain", "alb/subnets"],
    project: () => makeProject(),
    exitCode: 0,
  },
  { what: "all are asked for", args: ["explain"], project: () => makeProject(), exitCode: 0 },
  {
    what: "the code is not known",
    args: ["explain", "alb/nothing"],
    project: () => makeProject(),
    exitCode: 1,
  },
  { what: "a shell is named", args: ["completion", "bash"], project: () => makeProject(), exitCode: 0 },
  { what: "no shell is named", args: ["completion"], project: () => makeProject(), exitCode: 1 },
  { what: "there are clusters", args: ["list"], project: () => goldenProject(), exitCode: 0 },
  { what: "there are clusters", args: ["graph"], project: () => goldenProject("two-gateways"), exitCode: 0 },
  { what: "the configuration is invalid", args: ["graph"], project: invalid, exitCode: 1 },
  { what: "facts are missing", args: ["graph"], project: withoutFacts, exitCode: 4 },
  { what: "there are clusters", args: ["report"], project: () => goldenProject(), exitCode: 0 },
  { what: "it writes", args: ["report", "--out=r.html"], project: () => goldenProject(), exitCode: 0 },
  { what: "there is no such revision", args: ["report", "--against=x"], project: different, exitCode: 5 },
  { what: "facts are missing", args: ["report"], project: withoutFacts, exitCode: 4 },
  { what: "it is asked", args: ["version"], project: () => makeProject(), exitCode: 0 },
  ...[["check", "--frobnicate"], ["frobnicate"], ["check", "--chdir", "/nonexistent"]].map(
    (args): Situation => ({
      what: "the command line is wrong",
      args,
      project: () => makeProject(),
      exitCode: 1,
      command: "meshfront",
    }),
  ),
];

describe("--json", () => {
  it.each(situations)(
    "$args: where $what, the document has its shape and the process its exit code",
    async ({ args, project, exitCode, command = args[0] }) => {
      const { code, stdout, stderr } = await runMain(project(), [...args, "--json"]);
      expect({ code, stderr }).toEqual({ code: exitCode, stderr: "" });
      expect(strictDocument(stdout)).toMatchObject({ command, exitCode });
    },
  );

  it("is in the schema for every command", () => {
    const described = results.def.options.map((option) => option.def.shape.command.def.values[0]);
    expect([...described].sort()).toEqual([...Object.keys(commands), "meshfront"].sort());
  });

  it("is tried here for every command", () => {
    const tried = new Set(situations.map(({ args }) => args[0]));
    expect(Object.keys(commands).filter((name) => !tried.has(name))).toEqual([]);
  });
});

describe("--json of a lookup that asks AWS", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  const documentOf = (result: CommandResult) => strictDocument(jsonReport("lookup", result, 1));

  it("has its shape on a first run, and on one that changes an answer", async () => {
    fakeAws(standardAccount);
    const root = makeLookupProject();
    expect(documentOf(await run(root))).toMatchObject({ exitCode: 0, clusters: [{ name: "demo" }] });
    vi.restoreAllMocks();
    fakeAws({ ...standardAccount, webAcls: [{ ...standardAccount.webAcls[0], ARN: otherAcl }] });
    const compared = documentOf(await run(root, { options: { check: true } }));
    expect(compared).toMatchObject({ exitCode: 4, clusters: [{ changes: [{ isDifference: true }, {}] }] });
  });

  it("has its shape where AWS refuses, and where nothing fits", async () => {
    const denied = Object.assign(new Error("no"), { name: "AccessDeniedException", $metadata: {} });
    fakeAws(standardAccount, (action) => (action.startsWith("acm:") ? denied : undefined));
    expect(documentOf(await run(makeLookupProject()))).toMatchObject({ exitCode: 5 });
    vi.restoreAllMocks();
    fakeAws({ ...standardAccount, certificates: [] });
    expect(documentOf(await run(makeLookupProject({ demo: cluster() })))).toMatchObject({ exitCode: 5 });
  });
});

const otherAcl = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/edge/0b";

it("the committed JSON Schema of results allows no unknown key", () => {
  const text = readFileSync(new URL("../../schema/result.schema.json", import.meta.url), "utf8");
  const { oneOf } = JSON.parse(text) as {
    readonly oneOf: readonly { readonly additionalProperties: unknown }[];
  }; // our own file
  expect(oneOf.map(({ additionalProperties }) => additionalProperties)).toEqual(oneOf.map(() => false));
});
