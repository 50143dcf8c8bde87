// What people bring, one folder a case: cluster.yaml is their file, expected.yaml what synth has to say and to write.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import type { CommandResult } from "../../commands/command.ts";
import { synth } from "../../commands/synth.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Problem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";

interface Expected {
  /** What people want with it, and where such a file was seen. */
  readonly need: string;
  readonly source: string;
  /** `<line> <severity> <code>`, or a map from that to a part of the message; all that synth says, in its order. */
  readonly problems?: readonly (string | Readonly<Record<string, string>>)[];
  /** By file below dist/demo/: what its object holds, beside other things. */
  readonly output?: Readonly<Record<string, JsonObject>>;
}

const folder = fileURLToPath(new URL(".", import.meta.url));
const cases = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());

async function synthesise(name: string): Promise<{ root: string; result: CommandResult }> {
  const root = mkdtempSync(join(tmpdir(), "meshfront-case-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "clusters"));
  cpSync(join(folder, name, "cluster.yaml"), join(root, "clusters/demo.yaml"));
  const input = { disk: nodeReadFileSystem, root, words: [], options: {}, progress: () => {} };
  return { root, result: await synth.run(input) };
}

const titleOf = ({ line, severity, code }: Problem): string => `${line} ${severity} ${code}`;

test.each(cases.map(({ name }) => name))("%s", async (name) => {
  const expected: Expected = parse(readFileSync(join(folder, name, "expected.yaml"), "utf8"));
  const { root, result } = await synthesise(name);
  const problems = (expected.problems ?? []).map((each) =>
    typeof each === "string"
      ? { title: each, says: "" }
      : { title: Object.keys(each)[0], says: Object.values(each)[0] },
  );
  const said = result.problems.map(({ message, suggestion }) => `${message} ${suggestion ?? ""}`);
  expect(result.problems.map(titleOf), said.join("\n")).toEqual(problems.map(({ title }) => title));
  for (const [index, { says }] of problems.entries()) expect(said[index]).toContain(says);
  for (const [file, part] of Object.entries(expected.output ?? {}))
    expect(parse(readFileSync(join(root, "dist/demo", file), "utf8"))).toMatchObject(part);
  const isRefused = problems.some(({ title }) => title?.includes(" error "));
  expect(result.exitCode).toBe(isRefused ? 1 : 0);
});
