// Whether one range of addresses lies in another.

interface Range {
  readonly family: 4 | 6;
  readonly start: bigint;
  readonly length: number;
}

/** Whether all addresses of a CIDR are in one of the others. What is no CIDR is covered by its own spelling only. */
export function isCovered(cidr: string, by: readonly string[]): boolean {
  if (by.includes(cidr)) return true;
  const inner = tryParse(cidr);
  return inner !== undefined && by.some((each) => contains(tryParse(each), inner));
}

function contains(outer: Range | undefined, inner: Range): boolean {
  if (outer === undefined || outer.family !== inner.family || outer.length > inner.length) return false;
  const shift = BigInt((outer.family === 4 ? 32 : 128) - outer.length);
  return outer.start >> shift === inner.start >> shift;
}

function tryParse(cidr: string): Range | undefined {
  const [, address = "", digits = ""] = /^([0-9a-fA-F:.]+)\/(\d{1,3})$/.exec(cidr) ?? [];
  const family = address.includes(":") ? 6 : 4;
  const start = family === 4 ? tryParse4(address) : tryParse6(address);
  const length = Number(digits);
  return start === undefined || length > (family === 4 ? 32 : 128) ? undefined : { family, start, length };
}

function tryParse4(address: string): bigint | undefined {
  const parts = address.split(".").map(Number);
  const isAddress = parts.length === 4 && parts.every((part) => Number.isInteger(part) && part < 256);
  return isAddress ? parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) : undefined;
}

function tryParse6(address: string): bigint | undefined {
  const [head = "", tail, ...more] = address.split("::");
  if (more.length > 0) return undefined;
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = 8 - left.length - right.length;
  if (tail === undefined ? zeros !== 0 : zeros < 1) return undefined;
  const groups = [...left, ...Array.from({ length: zeros }, () => "0"), ...right];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
