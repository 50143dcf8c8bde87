// What `check` says of a plan that is not empty: each file once, with a code of its own for each way to be wrong.

import { count } from "../core/count.ts";
import type { Problem } from "../core/problem.ts";
import type { WriteReason } from "../manifests/compare-file.ts";
import type { FirstDifference } from "../manifests/first-difference.ts";
import type { PlannedWrite, ScopePlan } from "../manifests/plan.ts";
import { describeLoss } from "../manifests/removal-guard.ts";
import { sourceOf } from "./plan-output.ts";

interface Kind {
  /** Under which `--json` counts it. */
  readonly key: string;
  /** How the summary counts it: `2 stale`. */
  readonly adjective: string;
}

const kinds = {
  "output/stale": { key: "stale", adjective: "stale" },
  "output/edited": { key: "edited", adjective: "edited" },
  "output/merge-conflict": { key: "mergeConflict", adjective: "in conflict" },
  "output/missing": { key: "missing", adjective: "missing" },
  "output/line-endings": { key: "lineEndings", adjective: "with other line endings" },
  "output/obsolete": { key: "obsolete", adjective: "obsolete" },
  "output/leftover": { key: "leftover", adjective: "left over" },
  "output/inventory-stale": { key: "inventory", adjective: "not recorded right" },
  "output/foreign-file": { key: "foreign", adjective: "foreign" },
  "output/unrecorded-file": { key: "unrecorded", adjective: "unrecorded" },
} as const satisfies Readonly<Record<string, Kind>>;

type DifferenceCode = keyof typeof kinds;

const isDifferenceCode = (code: string): code is DifferenceCode => Object.hasOwn(kinds, code);

/** How many files are wrong in which way. */
export type DifferenceCounts = Readonly<Record<(typeof kinds)[DifferenceCode]["key"], number>>;

export function countDifferences(differences: readonly Problem[]): DifferenceCounts {
  const entries = Object.entries(kinds).map(
    ([code, { key }]) => [key, differences.filter((each) => each.code === code).length] as const,
  );
  return Object.fromEntries(entries) as DifferenceCounts; // its keys are those of the table
}

/** `1 stale`, `2 edited`, without what there is none of. */
export const summariseDifferences = (counts: DifferenceCounts): readonly string[] =>
  Object.values(kinds)
    .filter(({ key }) => counts[key] > 0)
    .map(({ key, adjective }) => `${counts[key]} ${adjective}`);

/** All that keeps the committed output from being what `synth` would leave there. */
export function findDifferences(plan: ScopePlan): readonly Problem[] {
  const { scope, inventory, writes, removals, leftovers, problems } = plan;
  const isOnlyInventory = inventory.kind !== "none" && writes.length === 0 && removals.length === 0;
  return [
    ...writes.map(describeWrite),
    ...removals.map((path) => obsolete(plan, path)),
    ...leftovers.map((path) => difference("output/leftover", path, leftover)),
    ...(isOnlyInventory ? [difference("output/inventory-stale", scope.inventoryPath, staleInventory)] : []),
    // synth can leave such a file alone; a check that passes says that Argo CD gets what the configuration asks for.
    ...problems.filter(({ code }) => isDifferenceCode(code)).map(asDifference),
  ];
}

/** The same for people: one problem for a folder that is missing or obsolete as a whole, instead of one for each file. */
export function foldDifferences(plan: ScopePlan): readonly Problem[] {
  const { scope, unchanged } = plan;
  const differences = findDifferences(plan);
  const [first] = differences;
  if (first === undefined || differences.length === 1 || unchanged > 0) return differences;
  if (differences.some(({ code, suggestion }) => code !== first.code || suggestion !== first.suggestion)) {
    return differences;
  }
  const files = count(differences.length, "file");
  const fold = (code: DifferenceCode, message: string): readonly Problem[] => [
    { ...first, code, file: scope.folder, message },
  ];
  if (first.code === "output/missing")
    return fold(first.code, `expected ${files} in this folder, found none yet`);
  if (first.code !== "output/obsolete") return differences;
  return fold(first.code, `expected no such folder: no configuration asks for its ${files} any more`);
}

/** What stands in a plan and is no difference: it keeps files from being compared. */
export const isObstacle = ({ code }: Problem): boolean => !isDifferenceCode(code);

const asError = { severity: "error" } as const;

/** What `synth` warns of and `check` refuses. */
export const asDifference = (problem: Problem): Problem => ({ ...problem, ...asError });

interface Words {
  readonly message: string;
  readonly suggestion: string;
}

const difference = (code: DifferenceCode, file: string, words: Words): Problem => ({
  code,
  ...asError,
  file,
  ...words,
});

const commit = "Run `meshfront synth`, read the diff and commit it.";

const leftover: Words = {
  message: "expected no temporary file, found the rest of an interrupted run",
  suggestion: "Run `meshfront synth`: it removes it.",
};

const staleInventory: Words = {
  message:
    "expected the record of the files that are there, found another or none: a merge, or an edit by hand",
  suggestion: commit,
};

function describeWrite({ path, reason, firstDifference }: PlannedWrite): Problem {
  const [code, describe] = writeReasons[reason];
  const line =
    firstDifference === undefined || reason === "line-endings" ? {} : { line: firstDifference.line };
  return { ...difference(code, path, describe(path, firstDifference)), ...line };
}

type Describe = (path: string, at: FirstDifference | undefined) => Words;

const writeReasons: Readonly<Record<WriteReason, readonly [DifferenceCode, Describe]>> = {
  new: ["output/missing", () => ({ message: "expected this file, found none yet", suggestion: commit })],
  missing: [
    "output/missing",
    (path) => ({
      message: "expected this file, found none: it was deleted after synth wrote it",
      suggestion: `Run \`meshfront synth\`, or \`git restore -- ${path}\`. To be rid of it change ${sourceOf(path)}.`,
    }),
  ],
  changed: [
    "output/stale",
    (path, at) => ({
      message: `out of date: ${sourceOf(path)}, its facts or meshfront changed since synth wrote it; ${shown(at)}`,
      suggestion: commit,
    }),
  ],
  edited: [
    "output/edited",
    (path, at) => ({ message: `edited by hand since synth wrote it; ${shown(at)}`, suggestion: undo(path) }),
  ],
  "edited-and-changed": [
    "output/edited",
    (path, at) => ({
      message: `edited by hand since synth wrote it, or merged, and out of date as well: synth would write something else now; ${shown(at)}`,
      suggestion: undo(path),
    }),
  ],
  "merge-conflict": [
    "output/merge-conflict",
    (path) => ({
      message: "expected a generated file, found the markers of a merge conflict",
      suggestion: `Resolve conflicts in clusters/ first, then run \`meshfront synth\`: it writes ${path} anew, so it takes no side by hand.`,
    }),
  ],
  "line-endings": [
    "output/line-endings",
    () => ({
      message: "expected the line endings LF, found CRLF and no other difference (Git's core.autocrlf?)",
      suggestion:
        "Put `dist/** -text` and `argocd/** -text` into .gitattributes, run `meshfront synth` and commit both.",
    }),
  ],
};

const undo = (path: string): string =>
  `The next \`meshfront synth\` overwrites it: make the change in ${sourceOf(path)} instead. \`git log -p -- ${path}\` shows the edit.`;

const shown = (at: FirstDifference | undefined): string =>
  at === undefined
    ? "it differs in line endings only"
    : `first difference: expected ${at.expected}, found ${at.found}`;

function obsolete({ losses, scope }: ScopePlan, path: string): Problem {
  const lost = losses.filter((loss) => loss.path === path).map(describeLoss);
  const isGuarded = lost.length > 0 || losses.some(({ kind }) => kind === "scope");
  return difference("output/obsolete", path, {
    message: ["expected no such file: no configuration asks for it any more", ...lost].join("; "),
    suggestion: isGuarded
      ? `If that is meant, run \`meshfront synth --allow-removal\` and commit; otherwise restore what ${scope.folder}/ was generated from.`
      : commit,
  });
}
