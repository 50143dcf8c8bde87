// docs/how-to/eks-capability.md gives the least rights: those for the kinds that an AppProject permits, with classes.
import { expect, test } from "vitest";
import { parse } from "yaml";
import { allKinds, type GroupKind } from "../../config/applications.ts";
import { readPage } from "./pages.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** `NetworkPolicy` -> `networkpolicies`, as the API server calls the resource. */
function resourceOf({ kind }: GroupKind): string {
  const name = kind.toLowerCase();
  if (name.endsWith("ss")) return `${name}es`;
  if (name.endsWith("s")) return name;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

test("the rights of the EKS capability are those for the kinds that are permitted", () => {
  const { text } = readPage("docs/how-to/eks-capability.md");
  const [, block = ""] = /<!-- kinds -->\n```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  const { rules }: { readonly rules: readonly Rule[] } = parse(block);
  const written = rules
    .filter(({ verbs }) => verbs.includes("create"))
    .flatMap(({ apiGroups, resources }) => resources.map((resource) => `${apiGroups[0]}/${resource}`));
  const { cluster, namespaced } = allKinds({ cluster: { loadBalancerController: "eks-auto-mode" } });
  const needed = [{ group: "", kind: "Namespace" }, ...cluster, ...namespaced].map(
    (each) => `${each.group}/${resourceOf(each)}`,
  );
  expect(written.sort()).toEqual([...new Set(needed)].sort());
  expect(
    rules.filter(({ verbs }) => verbs.includes("escalate")).flatMap(({ resources }) => resources),
  ).toEqual(["clusterroles", "roles"]);
});
