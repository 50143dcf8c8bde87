import { describe, expect, it } from "vitest";
import { compareLocks } from "../../facts/compare-lock.ts";
import type { LockFile } from "../../facts/lock-schema.ts";

const lockOf = (...subnets: readonly { id: string; zone: string; cidr: string }[]): LockFile => ({
  formatVersion: 1,
  generatedBy: "meshfront lookup",
  cluster: "demo",
  account: "123456789012",
  region: "eu-west-1",
  answers: { "subnets:public": { subnets: [...subnets], chosenBy: "one per zone" } },
});

const a = { id: "subnet-0000000a", zone: "eu-west-1a", cidr: "10.0.0.0/24" };
const b = { id: "subnet-0000000b", zone: "eu-west-1b", cidr: "10.0.1.0/24" };

const differences = (before: LockFile, after: LockFile): readonly string[] =>
  compareLocks(before, after)
    .filter(({ isDifference }) => isDifference)
    .map(({ text }) => text);

describe("two lock files", () => {
  it("differ where a subnet of the same id is in another zone", () => {
    expect(differences(lockOf(a, b), lockOf(a, { ...b, zone: "eu-west-1c" }))).toEqual([
      "- subnet-0000000b in eu-west-1b (10.0.1.0/24): is gone",
      "+ subnet-0000000b in eu-west-1c (10.0.1.0/24)",
    ]);
  });

  it("differ where a subnet of the same id has another range", () => {
    expect(differences(lockOf(a, b), lockOf({ ...a, cidr: "10.0.8.0/24" }, b))).toEqual([
      "- subnet-0000000a in eu-west-1a (10.0.0.0/24): is gone",
      "+ subnet-0000000a in eu-west-1a (10.0.8.0/24)",
    ]);
  });

  it("do not differ in the order of their subnets", () => {
    expect(differences(lockOf(a, b), lockOf(b, a))).toEqual([]);
  });
});
