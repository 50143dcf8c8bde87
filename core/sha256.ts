import { createHash, hash } from "node:crypto";

/** Hexadecimal, of bytes or of text in UTF-8. In one call where Node has it (20.12): half of the time for small files. */
export const sha256 = (content: Uint8Array | string): string =>
  typeof hash === "function" ? hash("sha256", content) : createHash("sha256").update(content).digest("hex");
