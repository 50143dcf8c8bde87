// Address ranges in CIDR notation, IPv4 and IPv6: which lies in which, whatever their spelling.
import ipaddr from "ipaddr.js";

/**
 * What is routed on the internet, as prefixes (see below): 0.0.0.0/1, 128.0.0.0/2 and 192.0.0.0/3 (RFC 1112 and RFC 5771
 * keep 224.0.0.0/3 back); 2000::/3 (RFC 4291 keeps the rest back).
 */
const internet = [["ipv40", "ipv410", "ipv4110"], ["ipv6001"]];

export const isAddressRange = (cidr: string): boolean => canonicalRange(cidr) !== undefined;

/** The one spelling that AWS stores: no bits beyond the prefix, IPv6 as in RFC 5952. Undefined for what is no range. */
export function canonicalRange(cidr: string): string | undefined {
  const { IPv4, IPv6 } = ipaddr;
  const length = Number(cidr.split("/")[1]);
  if (IPv4.isValidCIDRFourPartDecimal(cidr)) return `${IPv4.networkAddressFromCIDR(cidr)}/${length}`;
  const isRange6 = !cidr.includes("%") && IPv6.isValidCIDR(cidr);
  return isRange6 ? `${IPv6.networkAddressFromCIDR(cidr).toRFC5952String()}/${length}` : undefined;
}

/** Whether every address of a range is in some of the others. What is no range is covered by its own spelling only. */
export function isCovered(cidr: string, by: readonly string[]): boolean {
  const [prefix] = prefixesOf([cidr]);
  return prefix === undefined ? by.includes(cidr) : isPrefixCovered(prefix, prefixesOf(by));
}

/** Whether ranges together are all that is routed of IPv4, or of IPv6. */
export function coverTheInternet(cidrs: readonly string[]): boolean {
  const prefixes = prefixesOf(cidrs);
  return internet.some((family) => family.every((prefix) => isPrefixCovered(prefix, prefixes)));
}

/** Of each range the bits that all of its addresses begin with, behind its family. */
function prefixesOf(cidrs: readonly string[]): readonly string[] {
  return cidrs.flatMap(canonicalRange).flatMap((range) => {
    if (range === undefined) return [];
    const [address, length] = ipaddr.parseCIDR(range);
    const bits = address.toByteArray().map((byte) => byte.toString(2).padStart(8, "0"));
    return [address.kind() + bits.join("").slice(0, length)];
  });
}

/** One of the others is it or holds it, or they hold both of its halves. */
function isPrefixCovered(prefix: string, by: readonly string[]): boolean {
  if (by.some((other) => prefix.startsWith(other))) return true;
  const inside = by.filter((other) => other.startsWith(prefix));
  return inside.length > 0 && [0, 1].every((bit) => isPrefixCovered(prefix + bit, inside));
}
