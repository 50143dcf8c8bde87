// The line of a file below the problem that is about it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { frameOf } from "../../commands/source-frame.ts";
import { goldenProject, runMain } from "./program.ts";

describe("a frame", () => {
  it("marks the key, the word or the quoted text at the place", () => {
    expect(frameOf("  port: http", 7, 3)).toEqual(["  7 |   port: http", "    |   ^^^^"]);
    expect(frameOf('  - "*.example.com" # all', 12, 5)).toEqual([
      '  12 |   - "*.example.com" # all',
      "     |     ^^^^^^^^^^^^^^^",
    ]);
    expect(frameOf("hosts: [https://a.example.com, b]", 1, 9)[1]).toBe(
      `    | ${" ".repeat(8)}^^^^^^^^^^^^^^^^^^^^^`,
    );
  });

  it("shows a tab as one blank, and what takes no place as its number", () => {
    expect(frameOf("\tname: x", 2, 2)).toEqual(["  2 |  name: x", "    |  ^^^^"]);
    expect(frameOf("a\u200b.example.com", 2, 1)[0]).toContain("a\\u200b.example.com");
  });

  it("shows the part of a long line that the place is in", () => {
    const [line = "", mark = ""] = frameOf(`${"x".repeat(300)} here ${"y".repeat(300)}`, 1, 302);
    expect(line).toMatch(/^ {2}1 \| …x+ here y+…$/);
    expect(line.slice(mark.indexOf("^"), mark.lastIndexOf("^") + 1)).toBe("here");
  });

  it.each([
    "url: https://robot:hunter2@example.com/x.git",
    "url: https://example.com/x.git?token=hunter2",
    'url: "https://robot:hunter2',
    "url: robot@example.com:x.git",
    "   ",
  ])("is none for a line that may hold a credential, or nothing: %s", (line) => {
    expect(frameOf(line, 1, 1)).toEqual([]);
  });

  it("is there for a URL with a port and for the digest of an image", () => {
    expect(frameOf("server: https://example.com:6443", 1, 1)).toHaveLength(2);
    expect(frameOf(`image: node@sha256:${"0".repeat(64)}`, 1, 1)).toHaveLength(2);
  });
});

describe("a run", () => {
  const broken = (): string => {
    const root = goldenProject();
    writeFileSync(join(root, "clusters/demo.yaml"), "cluster:\n  name: demo\n  regoin: eu-west-1\n");
    return root;
  };

  it("shows the line between what is wrong and what to do, on a terminal and in a log", async () => {
    for (const terminal of [{}, { columns: 100, env: { NO_COLOR: "1" } }]) {
      const { stderr } = await runMain(broken(), ["check"], terminal);
      expect(stderr).toContain(
        "clusters/demo.yaml:3:3 error config/unknown-key: unknown key cluster.regoin\n  3 |   regoin: eu-west-1\n    |   ^^^^^^\n  Did you mean region?\n",
      );
    }
  });

  it("breaks lines between words at the width of a terminal, and never in a log", async () => {
    const isToCopy = (line: string) => line.startsWith("meshfront explain ");
    const widest = (text: string) =>
      Math.max(...text.split("\n").map((line) => (isToCopy(line) ? 0 : line.length)));
    const narrow = await runMain(broken(), ["check"], { columns: 50, env: { NO_COLOR: "1" } });
    expect(widest(narrow.stderr)).toBeLessThanOrEqual(50);
    expect(widest((await runMain(broken(), ["--help"], { columns: 60 })).stdout)).toBeLessThanOrEqual(60);
    const piped = await runMain(broken(), ["check"]);
    expect(piped.stderr).toContain(" config/missing-key: missing ingresses: expected a map\n");
  });

  it("is in colour where FORCE_COLOR asks for it, and not where NO_COLOR forbids it", async () => {
    const coloured = async (settings: Parameters<typeof runMain>[2]) =>
      (await runMain(broken(), ["check"], settings)).stderr.includes("\u001b[31merror\u001b[0m");
    expect(await coloured({})).toBe(false);
    expect(await coloured({ env: { FORCE_COLOR: "1" } })).toBe(true);
    expect(await coloured({ columns: 80 })).toBe(true);
    expect(await coloured({ columns: 80, env: { NO_COLOR: "1" } })).toBe(false);
    expect(await coloured({ columns: 80, env: { FORCE_COLOR: "0" } })).toBe(false);
  });

  it("has the lines in the log of GitHub Actions too", async () => {
    const { stdout } = await runMain(broken(), ["check", "--format", "github"]);
    expect(stdout).toContain("\n  3 |   regoin: eu-west-1\n    |   ^^^^^^\n");
  });
});
