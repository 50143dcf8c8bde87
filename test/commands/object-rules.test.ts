// What a rule on rendered objects does to a run; the rule is the test's own, so that it needs no configuration that
// breaks one of meshfront's.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { check } from "../../commands/check.ts";
import type { Command, CommandResult } from "../../commands/command.ts";
import { synth } from "../../commands/synth.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { objectRules } from "../../manifests/rules/index.ts";
import type { ObjectRule } from "../../manifests/rules/object-rule.ts";
import { goldenProject } from "./program.ts";

function addRule(severity: ObjectRule["severity"]): void {
  const rules = objectRules as ObjectRule[]; // the table is closed to all but this test
  rules.push({
    code: "test/no-backend",
    severity,
    check: ({ ofKind }) =>
      ofKind("Ingress").map((object) => ({
        object,
        path: ["spec", "rules", 0, "http"],
        message: "expected no path",
      })),
  });
  onTestFinished(() => void rules.pop());
}

const run = async (command: Command, root: string): Promise<CommandResult> =>
  command.run({ disk: nodeReadFileSystem, root, words: [], options: {}, progress: () => {} });

it("a broken rule on objects ends check and synth with exit code 1, and names the line in the output", async () => {
  const root = goldenProject(); // written before the rule is there
  addRule("error");
  const file = "dist/demo/ingress-services/ingress.yaml";
  const lines = readFileSync(join(root, file), "utf8").split("\n");
  const line = lines.findIndex((text) => text.trim() === "http:") + 1;
  for (const command of [check, synth]) {
    const { exitCode, problems } = await run(command, root);
    expect(exitCode).toBe(1);
    expect(problems).toMatchObject([
      { code: "test/no-backend", severity: "error", file, line, path: "spec.rules[0].http" },
    ]);
    expect(lines[line - 1]?.slice((problems[0]?.column ?? 0) - 1)).toBe("http:");
  }
});

it("a warning of such a rule decides nothing", async () => {
  addRule("warning");
  expect(await run(check, goldenProject())).toMatchObject({
    exitCode: 0,
    problems: [{ severity: "warning" }],
  });
});
