import type { JsonObject } from "../core/json.ts";

/** What people bring, by the path that `manifests` in the cluster file names. Each object was checked. */
export type OwnObjects = ReadonlyMap<string, readonly JsonObject[]>;
