// What `synth` says of doors that go and whose load balancer will not: refused or allowed, nobody else says it.
import { join } from "node:path";
import { tryDecodeUtf8 } from "../core/decode-text.ts";
import type { Problem } from "../core/problem.ts";
import type { ReadFileSystem } from "../core/read-disk.ts";
import { isProtected, unprotectCommand } from "../manifests/deletion-protection.ts";
import { parseObjects } from "../manifests/diff/parse-objects.ts";
import { identityOf } from "../manifests/identity.ts";
import type { Loss } from "../manifests/removal-guard.ts";

/** A warning for each protected Ingress among what goes; the files are there still. */
export const protectedLoadBalancers = (
  disk: ReadFileSystem,
  root: string,
  losses: readonly Loss[],
): readonly Problem[] =>
  losses.flatMap((loss) => {
    if (loss.kind !== "object" || !loss.identity.startsWith("networking.k8s.io/Ingress/")) return [];
    const text = tryDecodeUtf8(disk.readFile(join(root, loss.path)));
    const objects = text === undefined ? "it is not UTF-8" : parseObjects(text);
    if (typeof objects === "string") return [];
    const ingress = objects.find((object) => identityOf(object) === loss.identity);
    return ingress !== undefined && isProtected(ingress) ? [problemOf(loss)] : [];
  });

function problemOf({ identity, path }: Extract<Loss, { kind: "object" }>): Problem {
  const [, , namespace = "", name = ""] = identity.split("/");
  return {
    code: "output/protected-load-balancer",
    severity: "warning",
    message: `Ingress ${namespace}/${name} has deletion_protection.enabled=true: its controller would not delete the load balancer, say so in no Event, and the Ingress and its Application would wait for ever`,
    file: path,
    suggestion: `Set it to false among the door's attributes and let that be synced before the door goes. Once they wait: ${unprotectCommand(namespace, name)}`,
  };
}
