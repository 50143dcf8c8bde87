// What a CI script relies on: one exit code for whatever is wrong at once, in the order of docs/reference/commands.md.
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { exitCodes, firstOf, precedence } from "../../commands/exit-codes.ts";
import { makeProject, readTree, type Tree, writeTree } from "../manifests/output-tree.ts";
import { clusterFile, documentOf, goldenProject, meshfront, runMain } from "./program.ts";
import { edit } from "./repository.ts";

interface Trouble {
  readonly what: string;
  readonly exitCode: number;
  readonly make: (root: string) => void;
}

/** In the order in which check meets them; each is enough for its exit code. */
const troubles: readonly Trouble[] = [
  {
    what: "an invalid configuration",
    exitCode: exitCodes.invalid,
    make: (root) => edit(root, "clusters/second.yaml", '"web"', '"Web"'),
  },
  {
    what: "missing facts",
    exitCode: exitCodes.facts,
    make: (root) => rmSync(join(root, "clusters/demo.lock.json")),
  },
  {
    what: "an inventory that cannot be read",
    exitCode: exitCodes.invalid,
    make: (root) => edit(root, "dist/demo/inventory.json", /^/, "nothing "),
  },
  {
    what: "a disk that fails",
    exitCode: exitCodes.outside,
    make: (root) => {
      chmodSync(join(root, "dist/second"), 0);
      onTestFinished(() => chmodSync(join(root, "dist/second"), 0o755));
    },
  },
  {
    what: "a stale output",
    exitCode: exitCodes.different,
    make: (root) => rmSync(join(root, "argocd/demo.yaml")),
  },
];

/** None, each alone, and every two of them: which comes first. */
const combinations: readonly (readonly Trouble[])[] = [
  [],
  ...troubles.flatMap((first, index) => [
    [first],
    ...troubles.slice(index + 1).map((other) => [first, other]),
  ]),
];

let output: Tree | undefined;

/** With a warning in each: it never decides. */
async function fleet(): Promise<string> {
  const root = makeProject(output);
  chmodSync(root, 0o755); // for the user without rights
  if (output !== undefined) return root;
  writeTree(root, { ...readTree(goldenProject()), ...clusterFile("second", ["web"]) });
  expect((await runMain(root, ["synth"])).code).toBe(exitCodes.clean);
  writeTree(root, { "clusters/old.lock.json": "{}" });
  output = readTree(root);
  return root;
}

describe("check ends with the exit code of what it meets first", { timeout: 60_000 }, () => {
  const cases = combinations.map((combination) => ({
    combination,
    names: combination.map(({ what }) => what).join(", ") || "nothing wrong",
    expected: combination[0]?.exitCode ?? exitCodes.clean,
  }));

  it.each(cases)("$names: $expected", async ({ combination, expected }) => {
    const root = await fleet();
    for (const { make } of combination) make(root);
    const outcome = await runMain(root, ["check", "--json"], { isWithoutRights: true });
    const { exitCode, problems } = documentOf(outcome);
    expect({ exitCode, code: outcome.code }).toEqual({ exitCode: expected, code: expected });
    expect(problems.some(({ severity }) => severity === "error")).toBe(expected !== exitCodes.clean);
    expect(problems.map(({ code }) => code)).toContain("config/stray-lock");
  });

  it("and the process with it", async () => {
    const root = await fleet();
    expect(meshfront(root, ["check"]).code).toBe(exitCodes.clean);
    rmSync(join(root, "argocd/demo.yaml"));
    expect(meshfront(root, ["check"]).code).toBe(exitCodes.different);
  });
});

describe("the order of exit codes", () => {
  it("has every one but that of a clean run, once", () => {
    expect([...precedence].sort()).toEqual(
      Object.values(exitCodes)
        .filter((code) => code !== 0)
        .sort(),
    );
  });

  it("puts what a person has to mend before what may be gone at the next try, and that before what a command mends", () => {
    expect(firstOf([2, 4, 5, 1])).toBe(1);
    expect(firstOf([2, 4, 5])).toBe(5);
    expect(firstOf([2, 0, 4])).toBe(4);
    expect(firstOf([0, 2])).toBe(2);
    expect(firstOf([])).toBe(0);
  });
});
