import { describe, expect, test } from "vitest";
import { chooseCertificate } from "../../facts/choose-certificate.ts";
import type { Certificate } from "../../facts/observed.ts";

const prefix = "arn:aws:acm:eu-west-1:123456789012:certificate/";
const certificate = (
  id: string,
  names: readonly string[],
  changes: Partial<Certificate> = {},
): Certificate => ({
  arn: `${prefix}${id}`,
  names,
  status: "ISSUED",
  keyAlgorithm: "RSA_2048",
  notBefore: undefined,
  notAfter: new Date("2027-09-30"),
  ...changes,
});

type CertificateQuery = Parameters<typeof chooseCertificate>[0];
const query = (domain: string, changes: Partial<CertificateQuery> = {}): CertificateQuery => ({
  kind: "certificate",
  key: `certificate:${domain}`,
  domain,
  hosts: [],
  keyAlgorithm: undefined,
  ...changes,
});

const context = {
  pinnedArn: undefined,
  now: new Date("2026-11-22"),
  where: "in eu-west-1 with profile prod",
};
const choose = (asked: CertificateQuery, seen: readonly Certificate[], pinned?: string) =>
  chooseCertificate(asked, seen, { ...context, pinnedArn: pinned && `${prefix}${pinned}` });

const wildcard = certificate("wildcard", ["*.example.com"]);
const exact = certificate("exact", ["app.example.com"]);
const app = query("app.example.com");

describe("the certificate for a domain", () => {
  test("is one whose names cover the domain, with what a reviewer needs", () => {
    expect(choose(app, [wildcard])).toEqual({
      answer: {
        arn: `${prefix}wildcard`,
        names: ["*.example.com"],
        keyAlgorithm: "RSA_2048",
        notAfter: "2027-09-30",
        chosenBy: "only match",
      },
      losers: [],
      warnings: [],
    });
  });

  test("covers every host of its doors as well", () => {
    const both = certificate("both", ["app.example.com", "api.example.com"]);
    const asked = query("app.example.com", { hosts: ["api.example.com", "app.example.com"] });
    expect(choose(asked, [exact, both])).toMatchObject({
      answer: { arn: both.arn },
      losers: [{ name: "certificate/exact", reason: "does not cover api.example.com" }],
    });
  });

  test("a wildcard covers one label: neither two, nor the domain itself", () => {
    expect(choose(query("a.b.example.com"), [wildcard])).toMatchObject({ code: "lookup/no-certificate" });
    expect(choose(query("example.com"), [wildcard])).toMatchObject({ code: "lookup/no-certificate" });
    expect(choose(query("*.example.com"), [wildcard])).toMatchObject({ answer: { arn: wildcard.arn } });
  });

  test("keeps only names that a browser can ask for in the lock file", () => {
    const odd = certificate("odd", ["app.example.com", "localhost", "10.0.0.1:8080"]);
    expect(choose(app, [odd])).toMatchObject({ answer: { names: ["app.example.com"] } });
  });
});

describe("of several that match", () => {
  const ecdsa = certificate("ecdsa", ["app.example.com"], {
    keyAlgorithm: "EC_prime256v1",
    notAfter: new Date("2029-01-01"),
  });
  const later = certificate("later", ["app.example.com"], { notAfter: new Date("2028-01-01") });
  const twin = certificate("a-twin", ["app.example.com"]);

  test.each([
    [
      "the exact name wins over a wildcard, whatever its key and expiry",
      [wildcard, ecdsa],
      ecdsa,
      "exact name before wildcard",
    ],
    ["RSA wins over ECDSA, whatever the expiry", [ecdsa, exact], exact, "RSA before ECDSA"],
    ["the later expiry wins", [exact, later], later, "later expiry"],
    ["the lowest ARN wins", [exact, twin], twin, "lowest ARN"],
  ])("%s, and the lock file says so", (_, seen, winner, chosenBy) => {
    const loser = seen.find((candidate) => candidate !== winner);
    const expected = {
      answer: { arn: winner.arn, chosenBy },
      losers: [{ name: loser?.arn.replace(/^.*:/, ""), reason: chosenBy }],
    };
    expect(choose(app, seen)).toMatchObject(expected);
    expect(choose(app, [...seen].reverse())).toMatchObject(expected);
  });

  test("the algorithm that is asked for is the only one", () => {
    expect(choose(query("app.example.com", { keyAlgorithm: "ecdsa" }), [exact, ecdsa])).toMatchObject({
      answer: { arn: ecdsa.arn, chosenBy: "only match" },
      losers: [{ name: "certificate/exact", reason: "has the wrong algorithm: RSA_2048" }],
    });
    expect(choose(query("app.example.com", { keyAlgorithm: "rsa" }), [exact, ecdsa])).toMatchObject({
      answer: { arn: exact.arn },
    });
  });

  test("the one in the lock file stays while it qualifies, and says why", () => {
    expect(choose(app, [exact, later], "exact")).toMatchObject({
      answer: { arn: exact.arn, chosenBy: "chosen by an earlier look-up, and still valid" },
      losers: [{ name: "certificate/later" }],
    });
  });

  test("the one in the lock file keeps its criterion where it would be chosen anyway", () => {
    expect(choose(app, [exact, later], "later")).toEqual(choose(app, [exact, later]));
  });

  test("the one in the lock file goes when it no longer qualifies", () => {
    const expired = certificate("exact", ["app.example.com"], { notAfter: new Date("2026-11-21") });
    expect(choose(app, [expired, later], "exact")).toMatchObject({
      answer: { arn: later.arn, chosenBy: "only match" },
      losers: [{ name: "certificate/exact", reason: "expired on 2026-11-21" }],
    });
  });
});

describe("a certificate that does not qualify is refused with the reason:", () => {
  test.each([
    ["is pending validation", { status: "PENDING_VALIDATION", notAfter: undefined }],
    ["is expired", { status: "EXPIRED" }],
    ["is revoked", { status: "REVOKED" }],
    ["is failed", { status: "FAILED" }],
    ["expired on 2026-11-21", { notAfter: new Date("2026-11-21") }],
    ["expired on 2026-11-22", { notAfter: context.now }],
    ["is not valid before 2026-12-01", { notBefore: new Date("2026-12-01") }],
    ["is for other names: www.example.org", { names: ["www.example.org"] }],
    ["has a key that a load balancer does not serve: RSA_1024", { keyAlgorithm: "RSA_1024" }],
    ["has a key that a load balancer does not serve: ED25519", { keyAlgorithm: "ED25519" }],
  ])("%s", (reason, changes) => {
    const choice = choose(app, [certificate("x", ["app.example.com"], changes)]);
    expect(choice).toMatchObject({
      code: "lookup/no-certificate",
      message: `expected an issued certificate for app.example.com in eu-west-1 with profile prod, found none that qualifies; seen: certificate/x (${reason})`,
      isEmpty: false,
    });
  });

  test("several reasons are all told", () => {
    const bad = certificate("x", ["app.example.com"], { status: "EXPIRED", keyAlgorithm: "RSA_1024" });
    expect(choose(app, [bad]).losers).toEqual([
      {
        name: "certificate/x",
        reason: "is expired, has a key that a load balancer does not serve: RSA_1024",
      },
    ]);
  });

  test("of many, those that come nearest are told first, and the rest is counted", () => {
    const others = Array.from({ length: 20 }, (_, index) =>
      certificate(`other-${index}`, ["www.example.org"]),
    );
    const choice = choose(app, [...others, certificate("near", ["app.example.com"], { status: "EXPIRED" })]);
    expect(choice).toMatchObject({
      message: expect.stringMatching(/seen: certificate\/near \(is expired\), .* and 11 more$/),
    });
  });

  test("no certificate at all is told apart: the wrong region answers like that", () => {
    expect(choose(app, [])).toMatchObject({
      message: expect.stringContaining("found no certificate at all"),
      suggestion: expect.stringContaining("wrong region or account"),
      isEmpty: true,
    });
  });
});
