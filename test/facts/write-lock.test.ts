import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { serialiseLock } from "../../facts/lock.ts";
import type { LockFile } from "../../facts/lock-schema.ts";
import { writeLock } from "../../facts/write-lock.ts";

const lock: LockFile = {
  formatVersion: 1,
  generatedBy: "meshfront lookup",
  cluster: "demo",
  account: "123456789012",
  region: "eu-west-1",
  answers: { vpc: { id: "vpc-0a1b2c3d", chosenBy: "tag" } },
};

function makeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "meshfront-lock-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "clusters"));
  return root;
}

const path = (root: string): string => join(root, "clusters/demo.lock.json");

test("a lock file is written whole, and nothing is left beside it", () => {
  const root = makeRoot();
  expect(writeLock(root, "demo", lock)).toBe("written");
  expect(readFileSync(path(root), "utf8")).toBe(serialiseLock(lock));
  expect(readdirSync(join(root, "clusters"))).toEqual(["demo.lock.json"]);
});

test("a lock file that says the same already is not touched", () => {
  const root = makeRoot();
  writeLock(root, "demo", lock);
  const { ino } = statSync(path(root));
  expect(writeLock(root, "demo", lock)).toBe("unchanged");
  expect(statSync(path(root)).ino).toBe(ino);
});

test("a new lock file takes the place of the old one in one step, with its permissions", () => {
  const root = makeRoot();
  writeFileSync(path(root), "old");
  chmodSync(path(root), 0o640);
  const { ino } = statSync(path(root));
  expect(writeLock(root, "demo", lock)).toBe("written");
  expect(statSync(path(root)).ino).not.toBe(ino);
  expect(statSync(path(root)).mode & 0o777).toBe(0o640);
});

test("without answers the file goes", () => {
  const root = makeRoot();
  writeLock(root, "demo", lock);
  expect(writeLock(root, "demo", undefined)).toBe("removed");
  expect(writeLock(root, "demo", undefined)).toBe("unchanged");
  expect(readdirSync(join(root, "clusters"))).toEqual([]);
});

test("a disk that refuses is a problem that names the file, and leaves nothing half written", () => {
  const root = makeRoot();
  mkdirSync(path(root));
  expect(writeLock(root, "demo", lock)).toMatchObject({
    code: "lookup/disk",
    file: "clusters/demo.lock.json",
    message: expect.stringMatching(/^expected to write the lock file: E\w+/),
  });
  expect(readdirSync(join(root, "clusters"))).toEqual(["demo.lock.json"]);
});
