// What `synth` would replace in AWS although every object keeps its name: the controller makes another load balancer.
import { join } from "node:path";
import { tryDecodeUtf8 } from "../core/decode-text.ts";
import type { JsonObject } from "../core/json.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { tryDescribeReplacement } from "../manifests/diff/consequences/ingress-pairs.ts";
import { parseObjects } from "../manifests/diff/parse-objects.ts";
import { identityOf } from "../manifests/identity.ts";
import type { PlannedWrite, ScopePlan } from "../manifests/plan.ts";
import type { Loss } from "../manifests/removal-guard.ts";

export const replacedLoadBalancers = (
  disk: ReadFileSystem,
  root: string,
  plans: readonly ScopePlan[],
): readonly Loss[] =>
  plans
    .flatMap(({ writes }) => writes)
    .filter(({ path, reason }) => path.endsWith("/ingress.yaml") && reason !== "new" && reason !== "missing")
    .flatMap((write) => replacementsIn(write, disk.readFile(join(root, write.path))));

function replacementsIn({ path, text }: PlannedWrite, bytes: Uint8Array): readonly Loss[] {
  const before = ingressesIn(tryDecodeUtf8(bytes));
  return [...ingressesIn(text)].flatMap(([identity, data]): readonly Loss[] => {
    const old = before.get(identity);
    const reason =
      old === undefined ? undefined : tryDescribeReplacement({ before: { data: old }, after: { data } });
    return reason === undefined ? [] : [{ kind: "replacement", path, identity, reason }];
  });
}

/** By identity; none in a text that cannot be read. */
function ingressesIn(text: string | undefined): ReadonlyMap<string, JsonObject> {
  const objects = text === undefined ? [] : parseObjects(text);
  const ingresses = typeof objects === "string" ? [] : objects.filter(({ kind }) => kind === "Ingress");
  return new Map(ingresses.map((object) => [identityOf(object), object]));
}
