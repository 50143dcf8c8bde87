import { join } from "node:path";
import { WriteStream } from "node:tty";
import { expect, test, vi } from "vitest";
import { counterOn } from "../../commands/counter.ts";
import { makeProject } from "../manifests/output-tree.ts";
import { clusterFile, runMain } from "./program.ts";

/** A terminal of 40 columns, or a pipe. */
const stream = (isTTY: boolean): WriteStream =>
  Object.assign(Object.create(WriteStream.prototype), { isTTY, columns: 40 });

function written(run: () => void): string {
  let text = "";
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((part) => {
    text += String(part);
    return true;
  });
  run();
  spy.mockRestore();
  return text;
}

const erase = "\u001b[2K";

test("long work says in one line how far it is, and takes the line away", () => {
  let now = 0;
  const { step, clear } = counterOn(stream(true), () => now);
  const text = written(() => {
    step(1, 3, "a");
    now = 600;
    step(2, 3, "b");
    step(3, 3, "c".repeat(100));
    clear();
    clear();
  });
  expect(text).toBe(`\r${erase}2 of 3, b\r${erase}3 of 3, ${"c".repeat(31)}\r${erase}`);
});

test("a pipe is told nothing, nor is anybody of one thing alone", () => {
  let now = 0;
  const counters = [counterOn(stream(false), () => now), counterOn(stream(true), () => now)];
  now = 600;
  const text = written(() => {
    counters[0]?.step(2, 3, "b");
    counters[1]?.step(1, 1, "a");
    for (const { clear } of counters) clear();
  });
  expect(text).toBe("");
});

test("a run over many clusters counts them, and with --quiet or --json it does not", async () => {
  vi.spyOn(performance, "now").mockImplementation(() => (calls += 1_000));
  let calls = 0;
  const project = makeProject(
    Object.assign({}, ...["a", "b"].map((name) => clusterFile(name, ["services"]))),
  );
  const said = async (...args: readonly string[]) => (await runMain(project, args, { columns: 80 })).stderr;
  expect(await said("synth", "--dry-run")).toContain(`\r${erase}2 of 2, b\r${erase}`);
  expect(await said("report", "--out", join(project, "r.html"))).toContain("2 of 2, page of b");
  expect(await said("synth", "--dry-run", "-q")).not.toContain("of 2");
  expect(await said("synth", "--dry-run", "--json")).toBe("");
  vi.restoreAllMocks();
});
