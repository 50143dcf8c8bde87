import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../commands/check.ts";
import { synth } from "../../commands/synth.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { serialiseLock } from "../../facts/lock.ts";
import { makeProject } from "../manifests/output-tree.ts";
import { codesOf } from "./lookup-project.ts";
import { demoTree } from "./program.ts";

/** The project of this repository with another expiry in its lock file; no other output depends on it. */
function demoUntil(notAfter: string) {
  const root = makeProject(demoTree());
  const path = join(root, "clusters/demo.lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8"));
  lock.answers["certificate:*.example.com"].notAfter = notAfter;
  writeFileSync(path, serialiseLock(lock));
  return { disk: nodeReadFileSystem, root, words: [], options: {}, progress: () => {} };
}

test("check warns of a certificate that has expired, and the warning alone changes no exit code", async () => {
  const result = await check.run(demoUntil("2020-01-01"));
  expect(codesOf(result)).toContain("warning facts/certificate-expires");
  expect(codesOf(await check.run(demoUntil("2999-01-01")))).not.toContain(
    "warning facts/certificate-expires",
  );
  expect(result.exitCode).toBe((await check.run(demoUntil("2999-01-01"))).exitCode);
});

test("synth has no clock: the same certificate is no word of its", async () => {
  const input = { ...demoUntil("2020-01-01"), options: { "dry-run": true } };
  expect(codesOf(await synth.run(input))).not.toContain("warning facts/certificate-expires");
});
