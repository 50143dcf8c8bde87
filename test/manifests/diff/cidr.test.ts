import { expect, it } from "vitest";
import { isCovered } from "../../../manifests/diff/consequences/cidr.ts";

it.each<[string, string[], boolean]>([
  ["10.1.0.0/16", ["10.0.0.0/8"], true],
  ["10.0.0.0/8", ["10.1.0.0/16"], false],
  ["10.0.0.0/8", ["10.0.0.0/16"], false],
  ["11.0.0.0/16", ["10.0.0.0/8"], false],
  ["0.0.0.0/0", ["10.0.0.0/8", "0.0.0.0/0"], true],
  ["192.0.2.1/32", ["0.0.0.0/0"], true],
  ["2001:db8:1::/48", ["2001:db8::/32"], true],
  ["2001:db8::/32", ["2001:db8:1::/48"], false],
  ["::/0", ["0.0.0.0/0"], false],
  ["::ffff:10.0.0.1/128", ["::/0"], false],
  ["10.0.0.0/33", ["0.0.0.0/0"], false],
  ["anything", ["anything"], true],
  ["anything", ["0.0.0.0/0"], false],
])("%s lies in %j: %s", (cidr, others, covered) => {
  expect(isCovered(cidr, others)).toBe(covered);
});
