import { describe, expect, test, vi } from "vitest";
import { formatProblem } from "../../core/problem.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import { type DesiredFile, type DesiredScope, planScope } from "../../manifests/plan.ts";
import { readScope } from "../../manifests/read-output.ts";
import { lossProblem } from "../../manifests/removal-guard.ts";
import { nodeFileSystem } from "../../manifests/write.ts";
import {
  demo,
  demoScope,
  generated,
  identitiesOf,
  makeProject,
  readTree,
  shared,
  synth,
  writeTree,
} from "./output-tree.ts";

const application = "argoproj.io/Application/argocd/demo-ingress-services";
const project = "argoproj.io/AppProject/argocd/demo";
const ingress = "networking.k8s.io/Ingress/istio-ingress/ingress-services";
const gateway = "networking.istio.io/Gateway/istio-ingress/istio-gateway";
const gatewayOfGatewayApi = "gateway.networking.k8s.io/Gateway/istio-ingress/istio-gateway";
const configMap = "/ConfigMap/istio-ingress/healthcheck";

const first = (...identities: string[]): DesiredFile => generated("dist/demo/a/a.yaml", 1, ...identities);
const second = (...identities: string[]): DesiredFile => generated("dist/demo/b/b.yaml", 1, ...identities);

/** What one run after another would lose: `before` was written, `change` made by hand, `after` is wanted. */
function lossesBetween(before: DesiredScope, after: DesiredScope, change = (_root: string): void => {}) {
  const root = makeProject();
  synth(root, [before]);
  change(root);
  const written = readTree(root);
  const { plans } = synth(root, [after]);
  const losses = plans.flatMap((plan) => plan.losses);
  if (losses.length > 0) expect(readTree(root)).toEqual(written);
  return losses;
}

describe("an object of a guarded kind does not go unasked", () => {
  test.each([application, project, ingress, gateway, gatewayOfGatewayApi])("%s with its file", (identity) => {
    expect(lossesBetween(demo(first(), second(identity)), demo(first()))).toEqual([
      { kind: "object", path: second().path, identity },
    ]);
  });

  test.each([application, project, ingress, gateway])("%s out of a file that stays", (identity) => {
    expect(lossesBetween(demo(first(configMap, identity)), demo(first(configMap)))).toEqual([
      { kind: "object", path: first().path, identity },
    ]);
  });

  test("an Ingress that gets another name is the loss of the one that had the load balancer", () => {
    const renamed = ingress.replace("ingress-services", "ingress-public");
    expect(lossesBetween(demo(first(ingress)), demo(first(renamed)))).toEqual([
      { kind: "object", path: first().path, identity: ingress },
    ]);
  });

  test("nor one that a person added to a generated file", () => {
    const change = (root: string) => writeTree(root, { [first().path]: first(configMap, ingress).text });
    expect(lossesBetween(demo(first(configMap)), demo(first(configMap)), change)).toEqual([
      { kind: "object", path: first().path, identity: ingress },
    ]);
  });
});

describe("what is no loss", () => {
  test("an object of any other kind", () => {
    expect(lossesBetween(demo(first(), second(configMap)), demo(first()))).toEqual([]);
  });

  test("an object that moves to another file", () => {
    expect(lossesBetween(demo(first(), second(ingress)), demo(first(ingress)))).toEqual([]);
  });

  test("a changed object that keeps its name, also under another version", () => {
    const after = generated(first().path, 2, ingress);
    expect(lossesBetween(demo(first(ingress)), demo(after))).toEqual([]);
  });

  test("what an unreadable file that is overwritten may have held", () => {
    const change = (root: string) => writeTree(root, { [first().path]: `${first().text}not yaml` });
    expect(lossesBetween(demo(first(ingress)), demo(first()), change)).toEqual([]);
  });
});

test("an object of the same name in another cluster does not make up for a loss", () => {
  const root = makeProject();
  const other = generated("dist/other/a/a.yaml", 1, ingress);
  const otherScope = {
    scope: { folder: "dist/other", inventoryPath: "dist/other/inventory.json" },
    files: [other],
  };
  synth(root, [demo(first(), second(ingress)), otherScope]);
  const { plans } = synth(root, [demo(first()), otherScope]);
  expect(plans.flatMap((plan) => plan.losses)).toHaveLength(1);
});

test.each([
  ["no YAML", "not yaml"],
  ["no UTF-8", "\xff\xfe"],
])("a file that goes and is %s may hold anything, so it counts", (_, garbage) => {
  const change = (root: string) => writeTree(root, { [second().path]: second().text + garbage });
  expect(lossesBetween(demo(first(), second(configMap)), demo(first()), change)).toEqual([
    { kind: "unreadable-file", path: second().path },
  ]);
});

test("a cluster that nobody asks for any more goes only with leave, even without a guarded object", () => {
  expect(lossesBetween(demo(first(configMap), second(ingress)), demo())).toEqual([
    { kind: "scope", path: "dist/demo" },
    { kind: "object", path: second().path, identity: ingress },
  ]);
  expect(lossesBetween(shared(generated("argocd/demo.yaml", 1)), shared())).toEqual([
    { kind: "scope", path: "argocd" },
  ]);
});

test("with leave it goes, and leaves nothing", () => {
  const root = makeProject();
  synth(root, [demo(first(ingress), second(gateway))]);
  const result = synth(root, [demo()], { allowRemoval: true });
  expect(result.removed).toBe(2);
  expect(readTree(root)).toEqual({});
  expect(nodeFileSystem.tryFindKind(`${root}/dist/demo`)).toBeUndefined();
  expect(synth(root, [demo()]).plans[0]?.losses).toEqual([]);
});

test("only files that go or change are parsed", () => {
  const root = makeProject();
  const third = generated("dist/demo/c/c.yaml", 1, ingress);
  synth(root, [demo(first(), second(), third)]);
  const parse = vi.fn(identitiesOf);
  const plan = (desired: DesiredScope) =>
    planScope(desired, readScope(nodeReadFileSystem, root, desired), parse);
  plan(demo(first(), second(), third));
  expect(parse).not.toHaveBeenCalled();
  plan(demo(generated(first().path, 2), third));
  expect(parse.mock.calls.map(([text]) => text).sort()).toEqual([first().text, second().text].sort());
});

test("a loss says what goes, what that does and how to allow it", () => {
  const messages = [
    { kind: "object", path: "dist/demo/a.yaml", identity: ingress },
    { kind: "object", path: "dist/demo/a.yaml", identity: "argoproj.io/AppProject//demo" },
    { kind: "unreadable-file", path: "dist/demo/a.yaml" },
    { kind: "scope", path: demoScope.folder },
  ] as const;
  const advice =
    "\n  If that is meant, run meshfront synth --allow-removal=demo; otherwise restore what it was generated from. Nothing was written.";
  expect(messages.map((loss) => formatProblem(lossProblem(loss, "demo")))).toEqual([
    `dist/demo/a.yaml error output/removal: Ingress istio-ingress/ingress-services would be removed: the controller deletes its load balancer; a new one has another address${advice}`,
    `dist/demo/a.yaml error output/removal: AppProject demo would be removed: every Application of the project is refused from then on${advice}`,
    `dist/demo/a.yaml error output/removal: the file would be removed, and what it holds cannot be told: it is not readable as YAML${advice}`,
    `dist/demo error output/removal: everything generated here would be removed: no cluster's configuration asks for it any more${advice}`,
  ]);
});
