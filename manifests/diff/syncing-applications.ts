// Which Application brings which file into the cluster.
import type { JsonObject } from "../../core/json.ts";
import { textAt } from "../object-fields.ts";

/** An Application with a folder as its source. */
export interface SyncingApplication {
  readonly name: string;
  /** A server's URL, or a cluster's name in Argo CD. */
  readonly destination: string;
}

/** By folder of the output, for example `dist/demo/gateway`. Where two Applications have it, the last one counts. */
export type SyncingApplications = ReadonlyMap<string, SyncingApplication>;

// The project may stand in a folder of the repository: what comes before dist/ is that.
const outputFolder = /(?:^|\/)(dist\/[^/]+\/[^/]+)$/;

export function findSyncingApplications(objects: readonly JsonObject[]): SyncingApplications {
  const found = new Map<string, SyncingApplication>();
  for (const object of objects) {
    if (object.kind !== "Application") continue;
    const path = textAt(object, ["spec", "source", "path"]);
    const folder = outputFolder.exec(path)?.[1];
    if (folder === undefined) continue;
    const destination =
      textAt(object, ["spec", "destination", "server"]) || textAt(object, ["spec", "destination", "name"]);
    found.set(folder, { name: textAt(object, ["metadata", "name"]), destination });
  }
  return found;
}
