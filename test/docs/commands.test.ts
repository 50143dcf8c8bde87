// Carries out what the documents tell people to do, where that needs neither AWS nor a cluster. Needs `npm run build`.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { root } from "./emitted.ts";
import { readPages } from "./pages.ts";
import { type Step, stepsOf } from "./runnable-blocks.ts";

const pages = readPages()
  .map((page) => ({ file: page.file, steps: stepsOf(page) }))
  .filter(({ steps }) => steps.length > 0);

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "meshfront-docs-"));
  for (const name of ["clusters", "dist", "argocd", "schema"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  // npx would look for a package here, and then in a registry.
  mkdirSync(join(folder, "bin"));
  const script = `#!/bin/sh\n[ "$1" = meshfront ] && shift && exec node "${root}bin/meshfront.cjs" "$@"\n`;
  writeFileSync(join(folder, "bin/npx"), script, { mode: 0o755 });
  makeRepository();
});

/** What people have who read this: a checkout, with the branch that it came from. */
function makeRepository(): void {
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  const commands = [
    ["init", "--quiet", "--template="],
    ["add", "clusters", "dist", "argocd", "schema"],
    [...author, "commit", "--quiet", "--message", "all of it"],
    ["update-ref", "refs/remotes/origin/main", "HEAD"],
  ];
  for (const args of commands) expect(spawnSync("git", args, { cwd: folder }).status).toBe(0);
}

afterEach(() => rmSync(folder, { recursive: true }));

describe("what a document says", () => {
  test("is tried for each how-to that needs no cluster", () => {
    expect(pages.map(({ file }) => file)).toEqual(
      expect.arrayContaining([
        "docs/how-to/add-a-door.md",
        "docs/how-to/add-a-route.md",
        "docs/how-to/remove-a-door.md",
        "docs/how-to/upgrade-istio.md",
        "docs/reference/commands.md",
      ]),
    );
  });

  test.each(pages)("works as it stands: $file", { timeout: 60_000 }, ({ steps }) => {
    let printed = "";
    for (const step of steps) {
      if (step.kind === "run") printed = run(step.script, step.exitCode);
      else if (step.kind === "prints")
        expect(step.lines.filter((line) => !printed.includes(line))).toEqual([]);
      else edit(step);
    }
  });
});

type Edit = Extract<Step, { readonly file: string }>;

function edit(step: Edit): void {
  const path = join(folder, step.file);
  const before = readFileSync(path, "utf8");
  writeFileSync(path, edited(before, step));
}

function edited(before: string, step: Edit): string {
  if (step.kind === "write") return step.text;
  if (step.kind === "append") return before + step.text;
  expect(before.split("\n")).toContain(step.after);
  return before.replace(`\n${step.after}\n`, (line) => line + step.text);
}

/** What the script printed, on both streams. */
function run(script: string, exitCode: number): string {
  const env = { HOME: folder, PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}` };
  const child = spawnSync("sh", ["-eu"], { cwd: folder, env, input: script, encoding: "utf8" });
  expect(child.status, `${script}\n${child.stderr}`).toBe(exitCode);
  return child.stdout + child.stderr;
}
