// Carries out what the documents tell people to do, where that needs neither AWS nor a cluster.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { demoTree, runMain } from "../commands/program.ts";
import { commitAll, git, initialise } from "../commands/repository.ts";
import { writeTree } from "../manifests/output-tree.ts";
import { root } from "./emitted.ts";
import { readPages } from "./pages.ts";
import { type Step, stepsOf } from "./runnable-blocks.ts";

const pages = readPages()
  .map((page) => ({ file: page.file, steps: stepsOf(page) }))
  .filter(({ steps }) => steps.length > 0);

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meshfront-docs-"));
  writeTree(folder, demoTree());
  cpSync(join(root, "schema"), join(folder, "schema"), { recursive: true });
  // What people have who read this: a checkout, with the branch that it came from.
  initialise(folder);
  git(folder, "remote", "add", "origin", "https://github.com/example/platform.git");
  commitAll(folder);
  git(folder, "update-ref", "refs/remotes/origin/main", "HEAD");
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("what a document says", () => {
  test("is tried for each how-to that needs no cluster", () => {
    expect(pages.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        "docs/how-to/add-a-cluster.md",
        "docs/how-to/add-a-door.md",
        "docs/how-to/add-a-route.md",
        "docs/how-to/remove-a-door.md",
        "docs/how-to/roll-back.md",
        "docs/how-to/upgrade-istio.md",
        "docs/how-to/upgrade-meshfront.md",
        "docs/reference/commands.md",
      ]),
    );
  });

  test.each(pages)("works as it stands: $file", async ({ steps }) => {
    let printed = "";
    for (const step of steps) {
      if (step.kind === "run") printed = await run(step.script, step.exitCode);
      else if (step.kind === "prints")
        expect(step.lines.filter((line) => !printed.includes(line))).toEqual([]);
      else edit(step);
    }
  });
});

type Edit = Extract<Step, { readonly file: string }>;

function edit(step: Edit): void {
  const path = join(folder, step.file);
  writeFileSync(path, edited(path, step));
}

function edited(path: string, step: Edit): string {
  if (step.kind === "write") return step.text;
  const before = readFileSync(path, "utf8");
  if (step.kind === "append") return before + step.text;
  expect(before.split("\n")).toContain(step.after);
  return before.replace(`\n${step.after}\n`, (line) => line + step.text);
}

/** What the script printed, on both streams. */
async function run(script: string, exitCode: number): Promise<string> {
  let printed = "";
  let code: number | null = 0;
  for (const [program, ...words] of commandsOf(script)) {
    if (code !== 0) break; // as `sh -e` does
    if (program === "git") {
      git(folder, ...words);
      continue;
    }
    const outcome = await runMain(folder, words);
    code = outcome.code;
    printed += outcome.stdout + outcome.stderr;
  }
  expect(code, `${script}\n${printed}`).toBe(exitCode);
  return printed;
}

/** The calls of meshfront and of Git in a script, which holds nothing else. */
function commandsOf(script: string): readonly (readonly string[])[] {
  const calls = script
    .trim()
    .split(/\n| && /)
    .map((line) => line.replace(/ *#.*/, ""));
  return calls.map((call) => {
    const [, program, words] = /^(npx meshfront|git) ([\w ./:="~-]+)$/.exec(call) ?? [];
    if (program === undefined || words === undefined)
      throw new Error(`expected a plain call of meshfront or git, found ${call}`);
    return [program, ...(words.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"|"$/g, ""))];
  });
}
