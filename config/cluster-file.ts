// Stage 1: cluster files by config/schema.ts. tools/acceptors.mjs puts an acceptor in front of it in the bundle.
import { parserOf } from "./parser.ts";
import { clusterFile } from "./schema.ts";

export const clusterFileParser = parserOf(clusterFile);
