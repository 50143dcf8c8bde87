// Any valid cluster file, as data.
import type fc from "fast-check";
import type { JsonObject } from "../../core/json.ts";
import { validCluster } from "../config/valid-config.ts";

export const clusterFiles: fc.Arbitrary<JsonObject> = validCluster.map(({ content }) => content);
