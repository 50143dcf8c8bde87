// Bytes -> text, as TextDecoder does it: that takes longer to load than it runs.
import { isUtf8 } from "node:buffer";

/** At the beginning of a text. */
export const byteOrderMark = /^\ufeff/;

/** The text with its byte-order mark, if it has one; undefined where the bytes are not UTF-8. */
export const tryDecodeUtf8 = (bytes: Uint8Array): string | undefined =>
  isUtf8(bytes) ? decodeAnyway(bytes) : undefined;

/** The same with U+FFFD in place of what is not UTF-8. */
export const decodeAnyway = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString();
