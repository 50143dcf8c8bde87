// Stage 2: lock files by lock-schema.ts. tools/acceptors.mjs puts an acceptor in front of it in the bundle.
import { parserOf } from "../config/parser.ts";
import { lockFile } from "./lock-schema.ts";

export const lockFileParser = parserOf(lockFile);
