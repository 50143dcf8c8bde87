// A packaged Helm chart (tar.gz) -> its files, in memory: nothing is unpacked to a disk. Reads ustar with the long
// names of pax and GNU, which is what `helm package` and git archive write; links and devices are refused like by Helm 4.2
// (pkg/chart/loader/archive).
import { gunzipSync } from "node:zlib";

/** Unpacked size in bytes. Helm 4.2 stops at 100 MiB for a chart and 5 MiB for a file; charts are text, and this is memory. */
const mostBytes = 20 * 1024 * 1024;
const mostBytesOfFile = 5 * 1024 * 1024;
const mostFiles = 5_000;

/** Why an archive is refused, in words for a person. */
export class ArchiveError extends Error {}

/** Files by path below the archive's one folder. Throws ArchiveError. */
export function readArchive(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const { name, content } of entriesOf(unzip(bytes))) {
    const path = safePath(name);
    if (path === undefined) continue;
    if (files.size >= mostFiles) throw new ArchiveError(`more than ${mostFiles} files`);
    files.set(path, content);
  }
  return files;
}

function unzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
    throw new ArchiveError(isTooLarge ? `more than ${mostBytes} bytes when unpacked` : "no gzip archive");
  }
}

interface Entry {
  readonly name: string;
  readonly content: Uint8Array;
}

/** POSIX.1-2017, pax: headers and contents in blocks of 512 bytes, two empty blocks at the end. */
const block = 512;

function* entriesOf(tar: Uint8Array): Generator<Entry> {
  let longName: string | undefined;
  for (let place = 0; place + block <= tar.length; ) {
    const header = tar.subarray(place, place + block);
    if (header.every((byte) => byte === 0)) return;
    const size = sizeOf(header);
    const content = tar.subarray(place + block, place + block + size);
    if (content.length < size) throw new ArchiveError("it ends in the middle of a file");
    place += block + Math.ceil(size / block) * block;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === "x") longName = paxPath(content) ?? longName;
    else if (type === "L") longName = textOf(content);
    else {
      const name = longName ?? nameOf(header);
      longName = undefined;
      if (type === "0" || type === "\0") yield { name, content: checkedSize(name, content) };
      else if (type !== "5" && type !== "g") throw new ArchiveError(`${name} is neither a file nor a folder`);
    }
  }
}

function checkedSize(name: string, content: Uint8Array): Uint8Array {
  if (content.length > mostBytesOfFile)
    throw new ArchiveError(`${name} has more than ${mostBytesOfFile} bytes`);
  return content;
}

/** Octal digits; the binary form of GNU is for files larger than what is read here. */
function sizeOf(header: Uint8Array): number {
  const digits = textOf(header.subarray(124, 136)).trim();
  const checksum = textOf(header.subarray(148, 156)).trim();
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  if (!/^[0-7]{1,12}$/.test(digits) || Number.parseInt(checksum, 8) !== sum)
    throw new ArchiveError("no tar archive");
  return Number.parseInt(digits, 8);
}

function nameOf(header: Uint8Array): string {
  const name = textOf(header.subarray(0, 100));
  const isUstar = textOf(header.subarray(257, 262)) === "ustar";
  const prefix = isUstar ? textOf(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Records `<length> <key>=<value>\n`; the length counts the whole record in bytes. */
function paxPath(content: Uint8Array): string | undefined {
  let path: string | undefined;
  for (let place = 0; place < content.length; ) {
    const space = content.indexOf(0x20, place);
    const length = Number(new TextDecoder().decode(content.subarray(place, Math.max(place, space))));
    if (space === -1 || !Number.isInteger(length) || length < 5 || place + length > content.length)
      throw new ArchiveError("a pax header is broken");
    const record = new TextDecoder().decode(content.subarray(space + 1, place + length - 1));
    if (record.startsWith("path=")) path = record.slice("path=".length);
    place += length;
  }
  return path;
}

/** Up to the first NUL. */
const textOf = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
};

/** Without the archive's folder; undefined for what lies beside it. Refuses names that lead out of it. */
function safePath(name: string): string | undefined {
  const [folder, ...rest] = name.replaceAll("\\", "/").split("/");
  if (folder === "" || rest.includes("..") || folder === ".." || /^[a-zA-Z]:/.test(name))
    throw new ArchiveError(`${JSON.stringify(name)} leads out of the archive`);
  const path = rest.filter((part) => part !== "" && part !== ".").join("/");
  return path === "" ? undefined : path;
}
