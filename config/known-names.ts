// Stage 1, for editors: names that may stand where any name may, so that an editor can complete them.
import { extraAnnotations } from "./alb-annotation-table.ts";
import { attributeNames } from "./alb-attributes.ts";
import type { IstioChart } from "./applications.ts";
import { defaultIstioVersion } from "./istio-versions.ts";
import { livePaths } from "./live-values/live-paths.ts";

/** JSON Schema of keys: what is below each of them, where that is known. */
interface Names {
  [name: string]: { readonly properties?: Names };
}

/** Of the keys below a path of the cluster file, `*` for a key of the person's own; undefined where none are known. */
export function knownNames(path: readonly string[]): object | undefined {
  return known[path.join(".")]?.();
}

const flat = (names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, { type: "string" }]));

const known: Readonly<Record<string, () => object>> = {
  "ingresses.*.annotations": () => flat(Object.keys(extraAnnotations)),
  "ingresses.*.attributes": () => flat(attributeNames.loadBalancer),
  "ingresses.*.targetGroupAttributes": () => flat(attributeNames.targetGroup),
  "istio.base.values": () => valuesOf("base"),
  "istio.istiod.values": () => valuesOf("istiod"),
  "gateways.*.values": () => valuesOf("gateway"),
};

/** What the templates of the default version read. A value is never refused for its name here: `check` warns of that. */
function valuesOf(chart: IstioChart): Names {
  const root: Names = {};
  for (const path of livePaths(chart, defaultIstioVersion).readPaths) {
    let names = root;
    for (const [index, name] of path.entries()) {
      const isLast = index === path.length - 1;
      const { properties = {} } = names[name] ?? {};
      names[name] = isLast && names[name]?.properties === undefined ? {} : { properties };
      names = properties;
    }
  }
  return root;
}
