// What there is to say of a state or a plan as a whole.
import type { JsonObject } from "../../../core/json.ts";
import type { LiveObject, ReaderNote } from "../../live.ts";
import { mapOf, mapsOf, textOf, textsOf, titleOf } from "../../recognise/objects.ts";

export const encrypted = (file: string): ReaderNote => ({
  code: "encrypted-state",
  severity: "error",
  message: `${file} is a state that OpenTofu encrypted: nothing in it can be read`,
  advice: "Run `tofu show -json > state.json` where the passphrase is known, and give that.",
  origin: { file },
});

export const notOfVersion4 = (file: string, version: number): ReaderNote => ({
  code: "state-version",
  severity: "error",
  message: `expected a state of format 4, found format ${version} in ${file}`,
  advice: "Let Terraform 0.12 or newer write it anew: `terraform state pull`, or `terraform show -json`.",
  origin: { file },
});

export const nothingApplied = (file: string, isPlan: boolean): ReaderNote => ({
  code: "nothing-applied",
  severity: "warning",
  message: `${file} ${isPlan ? "is a plan before which nothing was applied" : "holds no resource"}: there is nothing live in it, and what a plan would make is not known before it is made`,
  advice: "Give the state after an apply. For a new cluster, begin with `meshfront init`.",
  origin: { file },
});

/** Of a plan: what makes it tell less than the truth. */
export function documentNotes(plan: JsonObject, file: string): readonly ReaderNote[] {
  const notes: ReaderNote[] = [];
  const add = (code: string, message: string, advice: string) =>
    notes.push({ code, severity: "warning", message, advice, origin: { file } });
  const state = "Give `terraform show -json` of the state instead.";
  if (plan.errored === true)
    add(
      "errored-plan",
      "the plan failed half-way: resources that failed, and those after them, are missing in it",
      state,
    );
  else if (plan.complete === false)
    add(
      "partial-plan",
      "the plan is of a part of the configuration (-target): what it did not refresh may be older than what is live",
      state,
    );
  const drifted = mapsOf(plan.resource_drift).flatMap(({ address, change }) => {
    const actions = textsOf(mapOf(change).actions);
    return actions.includes("update") || actions.includes("delete")
      ? [`${textOf(address)}${actions.includes("delete") ? " (deleted)" : ""}`]
      : [];
  });
  if (drifted.length > 0)
    add(
      "drift",
      `somebody changed what Terraform made, and the plan saw it: ${drifted.join(", ")}. What is live is taken, not what the configuration says`,
      "Compare these with the cluster: the plan sees only fields that the configuration names.",
    );
  const destroys = mapsOf(plan.resource_changes).filter(({ change }) =>
    textsOf(mapOf(change).actions).includes("delete"),
  );
  if (destroys.length > 0)
    add(
      "destroying-plan",
      `applying this plan would delete ${destroys.length === 1 ? textOf(destroys[0]?.address) : `${destroys.length} resources`}`,
      "Do not apply it.",
    );
  return notes;
}

/** An object is not whole then: what is missing would look as if nobody had written it. */
export const withheldNote = (object: LiveObject): readonly ReaderNote[] =>
  object.withheld === undefined
    ? []
    : [
        {
          code: "secret-in-object",
          severity: "warning",
          message: `${titleOf(object)} holds what the state calls sensitive, or what is a credential by its form, at ${object.withheld.join(", ")}: it is not read, not shown and not carried over`,
          advice: "Look at it in the cluster, and write it by hand where it is no secret.",
          origin: object.origin,
        },
      ];
