// action.yml, its steps run one after the other as a runner would: bash, files for outputs and summary, GitHub's API on a
// local server.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { binary, clusterFile, meshfront } from "../commands/program.ts";
import { commitAll, git, initialise } from "../commands/repository.ts";
import { makeProject, writeTree } from "../manifests/output-tree.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url));

interface ActionStep {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

const action: {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
} = parse(readFileSync(join(checkout, "action.yml"), "utf8"));

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}

/** Of GitHub's API what the action asks. */
async function gitHub(comments: Comment[], mayComment = true): Promise<string> {
  const server = createServer(async (request, response) => {
    let sent = "";
    for await (const chunk of request) sent += String(chunk);
    const answer = (status: number, body: unknown): void =>
      void response.writeHead(status).end(JSON.stringify(body));
    if (request.headers.authorization !== "Bearer t0ken") return answer(401, {});
    if (request.method === "GET") return answer(200, comments);
    if (!mayComment) return answer(403, {});
    const { body } = JSON.parse(sent);
    const [, id] = /\/repos\/acme\/platform\/issues\/comments\/(\d+)$/.exec(request.url ?? "") ?? [];
    const known = comments.find((comment) => String(comment.id) === id);
    if (known !== undefined) known.body = body;
    else if (request.url !== "/repos/acme/platform/issues/7/comments") return answer(404, {});
    else comments.push({ id: comments.length + 1, body, user: { type: "Bot" } });
    return answer(200, {});
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is no text
}

/** A clone of a pull request that added a door, as actions/checkout leaves it: one commit deep, without its base. */
function pullRequest(): { readonly clone: string; readonly project: string } {
  const origin = makeProject();
  writeTree(origin, prefixed(clusterFile("demo", ["services"])));
  initialise(origin);
  meshfront(join(origin, "mesh"), ["synth"]);
  commitAll(origin);
  git(origin, "switch", "--quiet", "--create", "change");
  writeTree(origin, prefixed(clusterFile("demo", ["services", "addons"])));
  meshfront(join(origin, "mesh"), ["synth"]);
  commitAll(origin);
  const clone = join(makeProject(), "clone");
  git("/", "clone", "--quiet", "--depth=1", "--branch=change", `file://${origin}`, clone);
  mkdirSync(join(clone, "node_modules/.bin"), { recursive: true });
  symlinkSync(binary, join(clone, "node_modules/.bin/meshfront"));
  return { clone, project: join(clone, "mesh") };
}

const prefixed = (tree: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(tree).map(([path, text]) => [
      `mesh/${path}`,
      text.replace('"url":', '"path": "mesh", "url":'),
    ]),
  );

interface Outcome {
  /** Of the first step that failed, else 0. */
  readonly code: number;
  readonly log: string;
  readonly summary: string;
}

async function runAction(
  clone: string,
  api: string,
  event: "pull_request" | "push" = "pull_request",
): Promise<Outcome> {
  const runner = makeProject({ env: "", output: "", summary: "" });
  const context: Record<string, string> = {
    "github.base_ref": event === "push" ? "" : "main",
    "github.event.number": "7",
    "github.token": "t0ken",
    ...Object.fromEntries(
      Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, input.default]),
    ),
    "inputs.working-directory": "mesh",
    "inputs.token": "t0ken",
  };
  let [code, log] = [0, ""];
  for (const step of action.runs.steps) {
    if (code !== 0 && step.if === undefined) continue;
    if (step.if?.includes("base_ref") && event === "push") continue;
    const env = Object.entries(step.env ?? {}).map(([name, text]) => [
      name,
      text.replace(/\$\{\{ (.*?) \}\}/g, (_, name) => context[name] ?? ""),
    ]);
    writeFileSync(join(runner, "output"), "");
    const done = await bash(step.run, join(clone, step.env === undefined ? "mesh" : "."), {
      GITHUB_ACTION_PATH: checkout,
      GITHUB_API_URL: api,
      GITHUB_BASE_REF: context["github.base_ref"] ?? "",
      GITHUB_ENV: join(runner, "env"),
      GITHUB_OUTPUT: join(runner, "output"),
      GITHUB_REPOSITORY: "acme/platform",
      GITHUB_STEP_SUMMARY: join(runner, "summary"),
      RUNNER_TEMP: runner,
      ...Object.fromEntries(
        readFileSync(join(runner, "env"), "utf8")
          .split("\n")
          .map((line) => line.split("=")),
      ),
      ...Object.fromEntries(env),
    });
    log += done.log;
    if (code === 0) code = done.code;
    for (const line of readFileSync(join(runner, "output"), "utf8").split("\n")) {
      const [name = "", ...value] = line.split("=");
      context[`steps.${step.id}.outputs.${name}`] = value.join("=");
    }
  }
  return { code, log, summary: readFileSync(join(runner, "summary"), "utf8") };
}

/** The shell that `shell: bash` stands for in GitHub's workflows. */
function bash(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; log: string }> {
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += String(chunk)));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code: code ?? 1, log })));
}

describe("the action on a pull request", () => {
  it("passes, and says what changes in one comment and in the summary", async () => {
    const { clone } = pullRequest();
    const comments: Comment[] = [
      { id: 1, body: "<!-- meshfront mesh -->\nsomebody else's", user: { type: "User" } },
    ];
    const api = await gitHub(comments);
    const { code, summary, log } = await runAction(clone, api);
    expect(code, log).toBe(0);
    expect(summary).toContain("**meshfront check**: the output is what the cluster files say");
    expect(summary).toContain("ingress-addons");
    expect(comments).toHaveLength(2);
    expect(comments[1]?.body).toMatch(/^<!-- meshfront mesh -->\n[\s\S]*ingress-addons/);
    expect((await runAction(clone, api)).code).toBe(0);
    expect(comments).toHaveLength(2);
    expect(comments[0]?.body).toContain("somebody else's");
  });

  it("fails with annotations where the output is not what synth would write, and still shows the change", async () => {
    const { clone, project } = pullRequest();
    writeTree(project, { "dist/demo/gateway/gateway.yaml": "mine: true\n" });
    const comments: Comment[] = [];
    const { code, log, summary } = await runAction(clone, await gitHub(comments));
    expect(code).toBe(2);
    expect(log).toContain("::error file=mesh/dist/demo/gateway/gateway.yaml,");
    expect(summary).toContain("exit code 2, see the annotations");
    expect(comments[0]?.body).toContain("ingress-addons");
  });

  it("fails where a cluster file is wrong, and says so in the comment", async () => {
    const { clone, project } = pullRequest();
    writeTree(project, { "clusters/demo.yaml": "cluster: {}\n" });
    const comments: Comment[] = [];
    expect((await runAction(clone, await gitHub(comments))).code).toBe(1);
    expect(comments[0]?.body).toContain("could not compare: see the annotations");
  });

  it("of a fork, whose token may not comment, passes with the summary alone", async () => {
    const { clone } = pullRequest();
    const { code, log, summary } = await runAction(clone, await gitHub([], false));
    expect(code).toBe(0);
    expect(log).toContain("::notice::this token may not comment");
    expect(summary).toContain("ingress-addons");
  });

  it("says what to do where meshfront is not among the packages", async () => {
    const root = makeProject({ "mesh/x": "" });
    const { code, log } = await runAction(root, await gitHub([]));
    expect(code).toBe(1);
    expect(log).toContain("::error::expected a package-lock.json with meshfront in");
  });
});

it("the action on a push only checks", async () => {
  const { clone } = pullRequest();
  const comments: Comment[] = [];
  const { code, summary } = await runAction(clone, await gitHub(comments), "push");
  expect(code).toBe(0);
  expect(summary).toBe("**meshfront check**: the output is what the cluster files say\n\n");
  expect(comments).toEqual([]);
});

it("no step holds an expression that a pull request could fill: they come as variables", () => {
  for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
});
