// Stage 4, pure: an inventory in which Git left the markers of a merge. It is a set of paths with hashes: two branches that
// both add files conflict in it as text and not in fact, so it is read as the union of both sides.

/** What both sides say, by key: more than one where they differ. */
export interface MergedInventory {
  readonly formatVersions: readonly number[];
  readonly files: ReadonlyMap<string, readonly string[]>;
}

type Part = "both" | "ours" | "base" | "theirs";

const partAfter: Readonly<Record<string, Part>> = { "<": "ours", "|": "base", "=": "theirs", ">": "both" };

/** Undefined where a line is none that meshfront writes. What diff3 shows of the common ancestor does not count. */
export function tryReadMerged(text: string): MergedInventory | undefined {
  const files = new Map<string, string[]>();
  const formatVersions: number[] = [];
  let part: Part = "both";
  for (const line of text.split(/\r?\n/)) {
    const [, sign] = /^([<|=>])\1{6}(?: |$)/.exec(line) ?? [];
    if (sign !== undefined) part = partAfter[sign] ?? "both";
    if (sign !== undefined || part === "base") continue;
    const [, version] = /^\s*"formatVersion": (\d+),?$/.exec(line) ?? [];
    const [, path, hash] = /^\s*"([^"\\]+)": "(sha256-[0-9a-f]+)",?$/.exec(line) ?? [];
    if (version !== undefined) formatVersions.push(Number(version));
    else if (path !== undefined && hash !== undefined) {
      const known = files.get(path) ?? [];
      if (!known.includes(hash)) files.set(path, [...known, hash]);
    } else if (!/^\s*(?:[{}],?|"files": \{\}?|"(?:generatedBy|writtenBy)": "[^"]*",?|)$/.test(line)) {
      return undefined;
    }
  }
  return part === "both" ? { formatVersions, files } : undefined;
}
