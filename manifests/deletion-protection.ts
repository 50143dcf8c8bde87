// Stage 4, pure: load balancers that their controller does not delete. It says so in its log and in no Event (run, 3.5.0).
import { albAnnotationPrefix } from "../config/alb-annotations.ts";
import type { JsonObject } from "../core/json.ts";
import { textAt } from "./object-fields.ts";

const annotation = `${albAnnotationPrefix}load-balancer-attributes`;
const attribute = "deletion_protection.enabled";

/** Whether an Ingress, deleted as it stands, would stay, and everything that waits for it. */
export const isProtected = (ingress: JsonObject): boolean =>
  textAt(ingress, ["metadata", "annotations", annotation])
    .split(/(?<!\\),/)
    .some((pair) => pair.replaceAll(/\s/g, "") === `${attribute}=true`);

/** What lets it go once its deletion has begun. */
export const unprotectCommand = (namespace: string, name: string): string =>
  `kubectl --namespace ${namespace} annotate ingress ${name} --overwrite ${annotation}=${attribute}=false`;
