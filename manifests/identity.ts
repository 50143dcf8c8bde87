// Stage 4: which object of the cluster an object is.

/** What makes an object the same one for Kubernetes, whatever its version: `group/Kind/namespace/name`. */
export function identityOf(object: { readonly [key: string]: unknown }): string {
  const apiVersion = textOf(object.apiVersion);
  const group = apiVersion.slice(0, Math.max(apiVersion.indexOf("/"), 0));
  const metadata = object.metadata;
  const { namespace, name } =
    typeof metadata === "object" && metadata !== null ? (metadata as Record<string, unknown>) : {}; // checked just now
  return [group, textOf(object.kind), textOf(namespace), textOf(name)].join("/");
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
