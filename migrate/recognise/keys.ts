// Keys of the cluster file, from the names that people gave: `aws-ingress-public` is the door `public`.
import { gatewayKey } from "../../config/patterns.ts";

const noise =
  /^(?:istio|ingress|ingressgateway|gateway|gw|alb|aws|eks|lb|elb|nlb|door|k8s|main|the|for|system)$/;

/** One is called as our examples call it; several by what is particular in their names. */
export function keysFor(names: readonly string[], only: string): readonly string[] {
  if (names.length === 1) return [only];
  const taken = new Set<string>();
  return names.map((name) => {
    const words = name
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== "" && !noise.test(word));
    const wished =
      words
        .join("-")
        .slice(0, 30)
        .replace(/^[^a-z]+|-+$/g, "") || only;
    const key = firstFree(wished, taken);
    taken.add(key);
    return key;
  });
}

function firstFree(wished: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wished)) return wished;
  for (let number = 2; ; number += 1) if (!taken.has(`${wished}-${number}`)) return `${wished}-${number}`;
}

/** Of each gateway: one is `ingress`; where each of several has one door, they are called alike. */
export function gatewayKeysFor(
  gateways: readonly { readonly serviceName: string; readonly doorKeys: readonly string[] }[],
): readonly string[] {
  const ofDoors = gateways.map(({ doorKeys }) => (doorKeys.length === 1 ? doorKeys[0] : undefined));
  const named = ofDoors.filter((key) => key !== undefined && gatewayKey.regex.test(key));
  if (gateways.length > 1 && named.length === gateways.length) return named.map(String);
  return keysFor(
    gateways.map(({ serviceName }) => serviceName),
    "ingress",
  );
}
