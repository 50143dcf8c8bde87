// A tar.gz as `helm package` writes it, and broken ones.
import { gzipSync } from "node:zlib";

export interface TarEntry {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** POSIX type flag; a regular file where left out. */
  readonly type?: string;
}

const block = 512;

function header({ name, content = "", type = "0" }: TarEntry): Buffer {
  const bytes = Buffer.alloc(block);
  bytes.write(name.slice(0, 100), 0);
  bytes.write("0000644\0", 100);
  bytes.write(`${Buffer.byteLength(content).toString(8).padStart(11, "0")}\0`, 124);
  bytes.write("        ", 148);
  bytes.write(type, 156);
  bytes.write("ustar\u000000", 257);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return bytes;
}

function entry(file: TarEntry): Buffer {
  const content = Buffer.from(file.content ?? "");
  const padding = Buffer.alloc((block - (content.length % block)) % block);
  return Buffer.concat([header(file), content, padding]);
}

/** A record of a pax header; its length counts itself. */
export function paxPath(path: string): string {
  const rest = ` path=${path}\n`;
  const length = rest.length + 2;
  return `${String(length).length === 2 ? length : length + 1}${rest}`;
}

export const makeTar = (entries: readonly TarEntry[]): Buffer =>
  Buffer.concat([...entries.map(entry), Buffer.alloc(2 * block)]);

export const makeArchive = (entries: readonly TarEntry[]): Uint8Array => gzipSync(makeTar(entries));
