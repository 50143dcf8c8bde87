import { describe, expect, test } from "vitest";
import { formatProblem } from "../../core/problem.ts";
import type { ExistingEntry } from "../../manifests/compare-file.ts";
import { contentHash, generatedHeader, serialiseInventory, sharedScope } from "../../manifests/inventory.ts";
import { type DesiredFile, type ExistingScope, planScope, type ScopePlan } from "../../manifests/plan.ts";
import { isUpToDate } from "./is-up-to-date.ts";
import { demo, generated, identitiesOf, shared } from "./output-tree.ts";

const folder: ExistingEntry = { kind: "folder" };
const fileOf = (text: string): ExistingEntry => ({ kind: "file", bytes: Buffer.from(text) });

/** What is on disk after a run that wrote `files`, with `changes` by other hands since. */
function existingAfter(
  files: readonly DesiredFile[],
  changes: Readonly<Record<string, ExistingEntry | undefined>> = {},
): ExistingScope {
  const entries = new Map<string, ExistingEntry>();
  for (const { path, text } of files) {
    const segments = path.split("/");
    for (let end = 2; end < segments.length; end++) entries.set(segments.slice(0, end).join("/"), folder);
    entries.set(path, fileOf(text));
  }
  for (const [path, entry] of Object.entries(changes)) {
    if (entry === undefined) entries.delete(path);
    else entries.set(path, entry);
  }
  const record = new Map(files.map(({ path, text }) => [path, contentHash(text)]));
  const inventory =
    files.length === 0 ? undefined : { files: record, bytes: Buffer.from(serialiseInventory(record)) };
  return { inventory, entries, leftovers: [], problems: [] };
}

const reasonsOf = (plan: ScopePlan): Record<string, string> =>
  Object.fromEntries(plan.writes.map(({ path, reason }) => [path, reason]));
const listedBy = (plan: ScopePlan): readonly string[] =>
  plan.inventory.kind === "write" ? Object.keys(JSON.parse(plan.inventory.text).files) : [];
const messagesOf = (plan: ScopePlan): readonly string[] => plan.problems.map(formatProblem);

const gateway = generated("dist/demo/gateway/gateway.yaml", 1);
const ingress = generated("dist/demo/ingress-services/ingress.yaml", 1);
const gatewayNext = generated(gateway.path, 2);

describe("what is written", () => {
  test("on an empty disk all files are new, and so is the inventory", () => {
    const plan = planScope(demo(ingress, gateway), existingAfter([]), identitiesOf);
    expect(reasonsOf(plan)).toEqual({ [gateway.path]: "new", [ingress.path]: "new" });
    expect(plan.writes.map(({ path }) => path)).toEqual([gateway.path, ingress.path]);
    expect(listedBy(plan)).toEqual([gateway.path, ingress.path]);
    expect(isUpToDate(plan)).toBe(false);
  });

  test("after a run the plan is empty", () => {
    const plan = planScope(demo(gateway, ingress), existingAfter([gateway, ingress]), identitiesOf);
    expect(plan.unchanged).toBe(2);
    expect(isUpToDate(plan)).toBe(true);
  });

  test("a file that renders otherwise now is changed", () => {
    const plan = planScope(demo(gatewayNext, ingress), existingAfter([gateway, ingress]), identitiesOf);
    expect(reasonsOf(plan)).toEqual({ [gateway.path]: "changed" });
    expect(plan.unchanged).toBe(1);
  });

  test("a generated file that a person edited is restored", () => {
    const edited = existingAfter([gateway], { [gateway.path]: fileOf(`${gateway.text}mine: true\n`) });
    const plan = planScope(demo(gateway), edited, identitiesOf);
    expect(reasonsOf(plan)).toEqual({ [gateway.path]: "edited" });
    expect(plan.inventory.kind).toBe("none");
  });

  test("a file that a person edited, and that renders otherwise now, is both", () => {
    const edited = existingAfter([gateway], { [gateway.path]: fileOf(`${gateway.text}mine: true\n`) });
    const plan = planScope(demo(gatewayNext), edited, identitiesOf);
    expect(reasonsOf(plan)).toEqual({ [gateway.path]: "edited-and-changed" });
  });

  test("a file with the markers of a merge conflict is named as that, whatever else it holds", () => {
    const text = `${gateway.text}<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n`;
    const plan = planScope(
      demo(gateway),
      existingAfter([gateway], { [gateway.path]: fileOf(text) }),
      identitiesOf,
    );
    expect(reasonsOf(plan)).toEqual({ [gateway.path]: "merge-conflict" });
    expect(plan.writes[0]?.firstDifference).toMatchObject({ found: '"<<<<<<< ours"' });
  });

  test("a generated file that a person replaced, header and all, is restored, because it is recorded", () => {
    const edited = existingAfter([gateway], { [gateway.path]: fileOf("kind: Gateway\n") });
    expect(reasonsOf(planScope(demo(gateway), edited, identitiesOf))).toEqual({ [gateway.path]: "edited" });
  });

  test("a generated file that a person deleted is missing", () => {
    const existing = existingAfter([gateway], { [gateway.path]: undefined });
    expect(reasonsOf(planScope(demo(gateway), existing, identitiesOf))).toEqual({
      [gateway.path]: "missing",
    });
  });

  test("a file with Windows line endings is rewritten and named as that", () => {
    const windows = fileOf(gateway.text.replaceAll("\n", "\r\n"));
    const existing = existingAfter([gateway], { [gateway.path]: windows });
    expect(reasonsOf(planScope(demo(gateway), existing, identitiesOf))).toEqual({
      [gateway.path]: "line-endings",
    });
    expect(reasonsOf(planScope(demo(gatewayNext), existing, identitiesOf))).toEqual({
      [gateway.path]: "changed",
    });
  });

  test("an inventory that is not what it would be is written, even if no file is", () => {
    const existing = existingAfter([gateway]);
    const files = existing.inventory?.files ?? new Map();
    const reformatted = { ...existing, inventory: { files, bytes: Buffer.from("{}") } };
    const plan = planScope(demo(gateway), reformatted, identitiesOf);
    expect(plan.writes).toEqual([]);
    expect(listedBy(plan)).toEqual([gateway.path]);
    expect(isUpToDate(plan)).toBe(false);
  });
});

describe("what is removed", () => {
  test("a recorded file that is not wanted any more goes", () => {
    const plan = planScope(demo(gateway), existingAfter([gateway, ingress]), identitiesOf);
    expect(plan.removals).toEqual([ingress.path]);
    expect(listedBy(plan)).toEqual([gateway.path]);
  });

  test("an edited file that is not wanted any more goes too: its header says not to edit it", () => {
    const edited = existingAfter([gateway, ingress], {
      [ingress.path]: fileOf(`${ingress.text}mine: true\n`),
    });
    expect(planScope(demo(gateway), edited, identitiesOf).removals).toEqual([ingress.path]);
  });

  test("a recorded file that a person replaced altogether is theirs: it stays and is named", () => {
    const replaced = existingAfter([gateway, ingress], { [ingress.path]: fileOf("kind: Ingress\n") });
    const plan = planScope(demo(gateway), replaced, identitiesOf);
    expect(plan.removals).toEqual([]);
    expect(messagesOf(plan)[0]).toContain(`${ingress.path} warning output/foreign-file:`);
    expect(listedBy(plan)).toEqual([gateway.path]);
  });

  test("a recorded path that is a symlink or a folder by now is not followed", () => {
    for (const kind of ["symlink", "folder", "other"] as const) {
      const existing = existingAfter([gateway, ingress], { [ingress.path]: { kind } });
      expect(planScope(demo(gateway), existing, identitiesOf).removals).toEqual([]);
    }
  });

  test("a cluster that nobody asks for goes with its inventory", () => {
    const plan = planScope(demo(), existingAfter([gateway, ingress]), identitiesOf);
    expect(plan.removals).toEqual([gateway.path, ingress.path]);
    expect(plan.inventory).toEqual({ kind: "remove" });
  });

  test("where a killed removal left nothing but the inventory, nothing is left to be asked about", () => {
    const existing = existingAfter([gateway], { [gateway.path]: undefined });
    const plan = planScope(demo(), existing, identitiesOf);
    expect(plan).toMatchObject({ removals: [], losses: [], inventory: { kind: "remove" } });
  });

  test("a folder without an inventory that nobody asks for loses nothing", () => {
    const stranger = { "dist/demo": folder, "dist/demo/notes.txt": fileOf("mine") };
    const plan = planScope(demo(), existingAfter([], stranger), identitiesOf);
    expect([plan.removals, plan.losses]).toEqual([[], []]);
    expect(plan.inventory).toEqual({ kind: "none" });
    expect(isUpToDate(plan)).toBe(false);
  });
});

describe("what is not ours", () => {
  test("a foreign file is left alone and named", () => {
    const existing = existingAfter([gateway], { "dist/demo/gateway/mine.yaml": fileOf("kind: Gateway\n") });
    const plan = planScope(demo(gateway), existing, identitiesOf);
    expect([plan.writes, plan.removals]).toEqual([[], []]);
    expect(messagesOf(plan)).toEqual([
      "dist/demo/gateway/mine.yaml warning output/foreign-file: expected only generated files in dist/demo/, found one that meshfront did not write; it is left alone; Argo CD applies what it holds where it syncs this folder\n" +
        "  Move it out of this folder, or delete it.",
    ]);
    expect(isUpToDate(plan)).toBe(false);
  });

  test("a foreign file with our header is what an interrupted run left", () => {
    const existing = existingAfter([gateway], { [ingress.path]: fileOf(ingress.text) });
    expect(messagesOf(planScope(demo(gateway), existing, identitiesOf))).toEqual([
      `${ingress.path} warning output/unrecorded-file: generated by meshfront, but no configuration asks for it and dist/demo/inventory.json does not record it: an interrupted run or a merge left it here\n` +
        "  Delete it: Argo CD applies what it holds for as long as it is in Git.",
    ]);
  });

  test("a symlink is foreign, wherever it leads", () => {
    const existing = existingAfter([gateway], { "dist/demo/link": { kind: "symlink" } });
    expect(planScope(demo(gateway), existing, identitiesOf).problems.map(({ code }) => code)).toEqual([
      "output/foreign-file",
    ]);
  });

  const advice = "\n  Move it away or remove it, then run meshfront synth again. Nothing was written.";
  test.each<[string, ExistingEntry, string]>([
    [
      "a person's file",
      fileOf("kind: Gateway\n"),
      "expected no file or a generated one, found a file that meshfront did not write",
    ],
    [
      "a file that is not UTF-8",
      { kind: "file", bytes: Uint8Array.of(0xff, 0xfe, 0x00) },
      "expected no file or a generated one, found a file that meshfront did not write",
    ],
    ["a folder", folder, "expected a file to write, found a folder"],
    ["a symlink", { kind: "symlink" }, "expected a file to write, found a symbolic link"],
    [
      "a socket",
      { kind: "other" },
      "expected a file to write, found something that is neither a file nor a folder",
    ],
  ])("%s at the path of a new file blocks it", (_, entry, message) => {
    const plan = planScope(demo(gateway), existingAfter([], { [gateway.path]: entry }), identitiesOf);
    expect(plan.writes).toEqual([]);
    expect(messagesOf(plan)).toEqual([`${gateway.path} error output/blocked: ${message}${advice}`]);
  });

  test("a symlink in place of a folder blocks every file in it, and is named once", () => {
    const route = generated("dist/demo/gateway/virtualservice-app.yaml", 1);
    const existing = existingAfter([ingress], { "dist/demo/gateway": { kind: "symlink" } });
    const plan = planScope(demo(gateway, route, ingress), existing, identitiesOf);
    expect(messagesOf(plan)).toEqual([
      `dist/demo/gateway error output/blocked: expected a folder, found a symbolic link${advice}`,
    ]);
  });

  test("a generated file that no inventory records does not block: an interrupted run wrote it", () => {
    const existing = existingAfter([], { [gateway.path]: fileOf(gatewayNext.text) });
    expect(reasonsOf(planScope(demo(gateway), existing, identitiesOf))).toEqual({
      [gateway.path]: "changed",
    });
  });

  test("an empty file does not block: there is nothing to lose, and a power cut leaves such", () => {
    const existing = existingAfter([], { [gateway.path]: fileOf("") });
    expect(reasonsOf(planScope(demo(gateway), existing, identitiesOf))).toEqual({
      [gateway.path]: "changed",
    });
  });

  test("temporary files of an interrupted run make the plan not empty", () => {
    const existing = { ...existingAfter([gateway]), leftovers: ["dist/demo/.a-1.meshfront-tmp"] };
    const plan = planScope(demo(gateway), existing, identitiesOf);
    expect(plan.leftovers).toEqual(existing.leftovers);
    expect(isUpToDate(plan)).toBe(false);
  });
});

describe("a run for some clusters only", () => {
  const mine = generated("argocd/demo.yaml", 1);
  const other = generated("argocd/other.yaml", 1);
  const partial = (...files: DesiredFile[]) => ({ scope: sharedScope, files, partial: true });

  test("leaves what the others have in argocd/, and keeps it recorded", () => {
    const changed = generated(mine.path, 2);
    const plan = planScope(partial(changed), existingAfter([mine, other]), identitiesOf);
    expect(reasonsOf(plan)).toEqual({ [mine.path]: "changed" });
    expect(plan.removals).toEqual([]);
    expect(listedBy(plan)).toEqual([mine.path, other.path]);
    expect(plan.inventory.kind === "write" && plan.inventory.text).toContain(contentHash(other.text));
  });

  test("does not judge the others' files: neither edited nor unrecorded ones", () => {
    const unrecorded = generated("argocd/third.yaml", 1);
    const existing = existingAfter([mine, other], {
      [other.path]: fileOf("edited"),
      [unrecorded.path]: fileOf(unrecorded.text),
    });
    expect(isUpToDate(planScope(partial(mine), existing, identitiesOf))).toBe(true);
  });

  test("still names a person's file", () => {
    const existing = existingAfter([mine, other], { "argocd/mine.yaml": fileOf("kind: Secret\n") });
    const plan = planScope(partial(mine), existing, identitiesOf);
    expect(plan.problems.map(({ file }) => file)).toEqual(["argocd/mine.yaml"]);
  });

  test("the next run for all removes what nobody wants any more", () => {
    expect(planScope(shared(mine), existingAfter([mine, other]), identitiesOf).removals).toEqual([
      other.path,
    ]);
  });
});

test("problems from reading stand alone: without a record nothing is planned", () => {
  const problem = { code: "output/inventory-malformed", severity: "error", message: "conflict" } as const;
  const plan = planScope(
    demo(gatewayNext),
    { ...existingAfter([gateway, ingress]), problems: [problem] },
    identitiesOf,
  );
  expect(plan).toMatchObject({ writes: [], removals: [], inventory: { kind: "none" }, problems: [problem] });
});

describe("files that no configuration may lead to are a bug, and stop everything", () => {
  const at = (path: string): DesiredFile => ({ ...gateway, path });
  test.each([
    "dist/demo/../../clusters/demo.yaml",
    "dist/other/gateway.yaml",
    "/dist/demo/gateway.yaml",
    "dist/demo/.hidden.yaml",
    "dist/demo/a//b.yaml",
    "dist/demo/inventory.json",
    "argocd/demo.yaml",
  ])("a path such as %s", (path) => {
    expect(() => planScope(demo(at(path)), existingAfter([]), identitiesOf)).toThrow(JSON.stringify(path));
  });

  test("two files of one path, a file in a file, a text without the header", () => {
    const plan = (...files: DesiredFile[]) => planScope(demo(...files), existingAfter([]), identitiesOf);
    expect(() => plan(gateway, gatewayNext)).toThrow("the same path");
    expect(() => plan(at("dist/demo/a"), at("dist/demo/a/b"))).toThrow('"dist/demo/a"');
    expect(() => plan({ ...gateway, text: `kind: Gateway\n${generatedHeader}` })).toThrow("our header");
  });
});

test("the order of the rendered files does not matter", () => {
  const existing = existingAfter([generated("dist/demo/a/old.yaml", 1), gateway]);
  expect(planScope(demo(gatewayNext, ingress), existing, identitiesOf)).toEqual(
    planScope(demo(ingress, gatewayNext), existing, identitiesOf),
  );
});
