import { describe, expect, it } from "vitest";
import { canonicalRange, coverTheInternet, isAddressRange, isCovered } from "../../core/address-range.ts";

describe("a range", () => {
  it.each<[string, string[], boolean]>([
    ["10.1.0.0/16", ["10.0.0.0/8"], true],
    ["10.0.0.0/8", ["10.1.0.0/16"], false],
    ["10.0.0.0/8", ["10.0.0.0/16"], false],
    ["11.0.0.0/16", ["10.0.0.0/8"], false],
    ["0.0.0.0/0", ["10.0.0.0/8", "0.0.0.0/0"], true],
    ["192.0.2.1/32", ["0.0.0.0/0"], true],
    ["2001:db8:1::/48", ["2001:db8::/32"], true],
    ["2001:db8::/32", ["2001:db8:1::/48"], false],
    ["2001:DB8:0:0::/32", ["2001:db8::/32"], true],
    ["10.9.9.9/8", ["10.0.0.0/8"], true],
    ["::/0", ["0.0.0.0/0"], false],
    ["::ffff:10.0.0.1/128", ["::/0"], true],
    ["10.0.0.0/33", ["0.0.0.0/0"], false],
    ["10.0.0.0/8", ["10.0.0.0/9", "10.128.0.0/9"], true],
    ["10.0.0.0/8", ["10.0.0.0/9", "10.128.0.0/10", "10.192.0.0/10"], true],
    ["10.0.0.0/8", ["10.0.0.0/9", "10.128.0.0/10"], false],
    ["anything", ["anything"], true],
    ["anything", ["0.0.0.0/0"], false],
    ["10.0.0.0/8", ["anything"], false],
  ])("%s lies in %j: %s", (cidr, others, covered) => {
    expect(isCovered(cidr, others)).toBe(covered);
  });

  it.each([
    ["10.9.8.7/8", "10.0.0.0/8"],
    ["18.178.71.86/20", "18.178.64.0/20"],
    ["192.0.2.1/32", "192.0.2.1/32"],
    ["10.0.0.0/08", "10.0.0.0/8"],
    ["2001:DB8:0:0:1::/32", "2001:db8::/32"],
    ["0:0::0/0", "::/0"],
    ["2001:db8:0:0:1:0:0:1/128", "2001:db8::1:0:0:1/128"],
  ])("%s is stored as %s", (cidr, canonical) => {
    expect(canonicalRange(cidr)).toBe(canonical);
  });

  it.each([
    "",
    "office",
    "10.0.0.0",
    "10.0.0/8",
    "10.0.0.0/33",
    "010.0.0.0/8",
    "0x0a.0.0.0/8",
    "167772160/8",
    "fe80::1%eth0/64",
    "::1::/64",
    "::/129",
    "10.0.0.0/8 ",
  ])("is not %j", (text) => {
    expect(isAddressRange(text)).toBe(false);
  });
});

describe("the internet", () => {
  it.each([
    [["0.0.0.0/0"]],
    [["203.0.113.0/24", "::/0"]],
    [["0.0.0.0/1", "128.0.0.0/1"]],
    [["0.0.0.0/2", "192.0.0.0/2", "128.0.0.0/2", "64.0.0.0/2"]],
    [["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/3"]],
    [["2000::/3"]],
    [["2000::/4", "3000::/4"]],
  ])("is all of %j", (cidrs) => {
    expect(coverTheInternet(cidrs)).toBe(true);
  });

  it.each([
    [[]],
    [["0.0.0.0/1"]],
    [["0.0.0.0/1", "128.0.0.0/2"]],
    [["0.0.0.0/1", "8000::/1"]],
    [["10.0.0.0/8", "2001:db8::/32"]],
  ])("is more than %j", (cidrs) => {
    expect(coverTheInternet(cidrs)).toBe(false);
  });

  it("is found among two thousand ranges in no time that a person would notice", () => {
    const cidrs = Array.from({ length: 2048 }, (_, index) => `${index >> 3}.${(index & 7) << 5}.0.0/11`);
    expect(coverTheInternet(cidrs)).toBe(true);
    expect(coverTheInternet(cidrs.slice(1))).toBe(false);
  });
});
