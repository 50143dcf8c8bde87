// MIGRATION.md is followed by somebody with a production mesh: what it names exists, and nothing in it destroys.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { renderDraft } from "../../commands/migrate/render-draft.ts";
import { type JsonObject, valueAt } from "../../core/json.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import type { Migration } from "../../migrate/migrate.ts";
import { migrateObjects, migrateState, stateOf, whole } from "./set-up.ts";

const recorded = (file: string): Migration => {
  const path = fileURLToPath(new URL(`terraform/${file}`, import.meta.url));
  return migrateState(stateOf(readFileSync(path, "utf8")));
};
const textOf = ({ handOver }: Migration): string =>
  handOver.find(({ path }) => path.endsWith("MIGRATION.md"))?.text ?? "";
const headings = (text: string): readonly string[] =>
  [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading);

function renderedNames({ config, files }: Migration, kind: string): readonly string[] {
  if (config === undefined) throw new Error("no configuration");
  return renderDraft(nodeReadFileSystem, "/project")(config, files)
    .objects.filter((object: JsonObject) => object.kind === kind)
    .map((object: JsonObject) => String(valueAt(object, ["metadata", "name"])));
}

const fromTerraform = recorded("module.tfstate");
const fromManifests = migrateObjects(whole());

describe("the steps", () => {
  test("are in the order that was run: adopt, one full sync, release Secrets, and only then forget", () => {
    expect(headings(textOf(fromTerraform))).toEqual([
      "Before",
      "1. Freeze, and keep what is",
      "2. Synthesise, compare, push",
      "3. Apply the gate and the root",
      "4. Argo CD adopts",
      "5. Sync each Application once in full",
      "6. Delete Helm's release Secrets",
      "7. Terraform forgets",
      "8. Remove what ours took the place of",
      "The way back",
    ]);
  });

  test("of manifests alone have neither Helm nor Terraform in them", () => {
    const text = textOf(fromManifests);
    expect(headings(text)).toEqual([
      "1. Freeze, and keep what is",
      "2. Synthesise, compare, push",
      "3. Apply the gate and the root",
      "4. Argo CD adopts",
      "5. Sync each Application once in full",
      "The way back",
    ]);
    expect(text).not.toMatch(/state p(?:ull|ush)|removed\.tf|owner=helm|Until the release/);
  });

  test("have a check each", () => {
    const steps = textOf(fromTerraform)
      .split(/^## (?=\d)/m)
      .slice(1);
    expect(steps.filter((step) => !step.includes("Check: "))).toEqual([]);
  });

  test("compare what is applied with what was there before, by UID", () => {
    expect(textOf(fromTerraform)).toContain("> before.txt");
    expect(textOf(fromTerraform)).toContain("| diff before.txt -");
  });

  test("compare only files that hold objects: an inventory is none", () => {
    const [, paths = ""] = /kubectl diff .*?(-f .+)/.exec(textOf(fromTerraform)) ?? [];
    expect(paths.split("-f ").map((path) => path.trim())).toEqual([
      "",
      "dist/demo/gateway",
      "dist/demo/ingress-addon/ingress.yaml",
      "dist/demo/ingress-internal/ingress.yaml",
      "dist/demo/ingress-svc/ingress.yaml",
    ]);
  });

  test("apply the health checks under a field manager of their own, or Argo CD loses its keys", () => {
    expect(textOf(fromTerraform)).toMatch(
      /kubectl apply --server-side --field-manager=\S+ -f argocd\/argocd-cm/,
    );
  });

  test("name the program that wrote the state", () => {
    expect(textOf(recorded("tofu-seed.tfstate"))).toContain("tofu state pull > before.tfstate");
    expect(textOf(recorded("tofu-seed.tfstate"))).not.toMatch(/\bterraform (?:plan|apply|state)/);
    expect(textOf(fromTerraform)).not.toMatch(/\btofu\b/);
  });
});

describe.each([
  ["a state", fromTerraform],
  ["manifests", fromManifests],
])("the way back of %s", (_, migration) => {
  const text = textOf(migration);
  const wayBack = text.slice(text.indexOf("## The way back"));

  test("takes the finalizers out first, for with them the load balancers would be deleted", () => {
    const lines = wayBack.split("\n").filter((line) => /^\s*kubectl.* applications\.argoproj\.io/.test(line));
    expect(lines.map((line) => /finalizers|delete/.exec(line)?.[0])).toEqual([
      "finalizers",
      "delete",
      "finalizers",
      "delete",
    ]);
  });

  test("removes the root before its children, and names every Application and project that there is", () => {
    const root = wayBack.indexOf("delete applications.argoproj.io demo-root");
    expect(root).toBeGreaterThan(0);
    expect(root).toBeLessThan(wayBack.indexOf("for child in"));
    const [, children = ""] = /for child in (.+); do/.exec(wayBack) ?? [];
    expect(children.split(" ").sort()).toEqual(
      renderedNames(migration, "Application")
        .filter((name) => name !== "demo-root")
        .sort(),
    );
    const [, projects = ""] = /delete appprojects\.argoproj\.io (.+)/.exec(wayBack) ?? [];
    expect(projects.split(" ")).toEqual(["demo", "demo-root"]);
    expect(projects.split(" ")).toEqual(expect.arrayContaining([...renderedNames(migration, "AppProject")]));
  });
});

test("Terraform's way back looks for what was made since, pushes over the newer state, and says what a plan says then", () => {
  const text = textOf(fromTerraform);
  const commands = /terraform state list > now\.txt\n[\s\S]+?```/.exec(text)?.[0] ?? "";
  expect(commands).toMatch(
    /-state=before\.tfstate \| diff.+\n.+\nterraform state push -force before\.tfstate\nterraform plan/,
  );
  expect(text).toMatch(/Check after the plan: it says `No changes`/);
});

test("a text has no empty lines in a row, and ends with one", () => {
  for (const migration of [fromTerraform, fromManifests])
    expect(textOf(migration)).not.toMatch(/\n\n\n|[^\n]$/);
});
