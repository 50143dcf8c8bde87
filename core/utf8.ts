// Bytes -> text, as TextDecoder does it: that takes longer to load than it runs.
import { isUtf8 } from "node:buffer";

/** Half of a surrogate pair. A range: to compile a property (`\p{…}`), V8 goes through all of Unicode. */
export const loneSurrogate = /[\ud800-\udfff]/u;

/** The text without its byte-order mark; undefined where the bytes are not UTF-8. */
export const tryDecodeUtf8 = (bytes: Uint8Array): string | undefined =>
  isUtf8(bytes) ? decodeUtf8(bytes) : undefined;

/** The same with U+FFFD in place of what is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  const text = decodeWithMark(bytes);
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/** The same with the byte-order mark. */
export const tryDecodeWithMark = (bytes: Uint8Array): string | undefined =>
  isUtf8(bytes) ? decodeWithMark(bytes) : undefined;

const decodeWithMark = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString();
