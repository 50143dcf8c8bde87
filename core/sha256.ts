import { createHash } from "node:crypto";

/** Hexadecimal, of bytes or of text in UTF-8. */
export const sha256 = (content: Uint8Array | string): string =>
  createHash("sha256").update(content).digest("hex");

/** As policies of content have it. */
export const sha256Base64 = (content: string): string =>
  createHash("sha256").update(content).digest("base64");
