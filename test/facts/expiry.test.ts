import { expect, test } from "vitest";
import { expiryWarnings } from "../../facts/expiry.ts";
import type { LockFile } from "../../facts/lock-schema.ts";

const lock = (notAfter: string): LockFile => ({
  formatVersion: 1,
  generatedBy: "meshfront lookup",
  cluster: "demo",
  account: "123456789012",
  region: "eu-west-1",
  answers: {
    vpc: { id: "vpc-0a1b2c3d", chosenBy: "tag" },
    "certificate:app.example.com": {
      arn: "arn:aws:acm:eu-west-1:123456789012:certificate/x",
      names: ["app.example.com"],
      keyAlgorithm: "RSA_2048",
      notAfter,
      chosenBy: "only match",
    },
  },
});

const warnings = (notAfter: string, today: string) =>
  expiryWarnings(lock(notAfter), "clusters/demo.lock.json", new Date(today), "meshfront lookup demo");

test("a certificate that expires in 31 days is no warning, in 30 days it is one", () => {
  expect(warnings("2026-12-23", "2026-11-22T00:00:00Z")).toEqual([]);
  expect(warnings("2026-12-22", "2026-11-22T00:00:00Z")).toHaveLength(1);
  // The time of day changes nothing.
  expect(warnings("2026-12-23", "2026-11-22T23:59:59Z")).toEqual([]);
  expect(warnings("2026-12-22", "2026-11-22T23:59:59Z")).toHaveLength(1);
});

test("the warning names query, date, ARN and the command that looks again", () => {
  expect(warnings("2026-12-01", "2026-11-22")).toEqual([
    {
      code: "facts/certificate-expires",
      severity: "warning",
      message:
        "expected a certificate that is valid for 30 days at least; that of certificate:app.example.com expires on 2026-12-01, in 9 days (arn:aws:acm:eu-west-1:123456789012:certificate/x)",
      suggestion: "Renew it in ACM (see why its renewal is pending), then run `meshfront lookup demo`.",
      file: "clusters/demo.lock.json",
      path: "certificate:app.example.com",
    },
  ]);
});

test("a certificate that has expired is told so", () => {
  expect(warnings("2026-11-20", "2026-11-22")[0]?.message).toContain("expired on 2026-11-20");
});
