// What makes a plan tell less than the truth, and what it would do to what is live.

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../core/json.ts";
import { listed } from "../../../core/listed.ts";
import type { ReaderNote } from "../../live.ts";
import { mapOf, mapsOf, textOf, textsOf } from "../../recognise/objects.ts";
import { isKnownType } from "./known-types.ts";

interface Change {
  readonly address: string;
  readonly actions: readonly string[];
  readonly change: JsonObject;
}

export function planNotes(plan: JsonObject, file: string): readonly ReaderNote[] {
  const changes = mapsOf(plan.resource_changes).flatMap((resource): readonly Change[] => {
    const change = mapOf(resource.change);
    const isManaged = resource.mode !== "data" && isKnownType(textOf(resource.type));
    return isManaged ? [{ address: textOf(resource.address), actions: textsOf(change.actions), change }] : [];
  });
  const notes = [...extent(plan), ...drift(plan), ...changeNotes(changes)];
  return notes.map((note) => ({ severity: "warning", ...note, origin: { file } }));
}

type Note = Pick<ReaderNote, "code" | "message" | "advice"> & Partial<Pick<ReaderNote, "severity">>;

const giveState = "Give `terraform show -json` of the state instead.";

function extent({ errored, complete }: JsonObject): readonly Note[] {
  if (errored === true)
    return [
      {
        code: "errored-plan",
        severity: "error",
        message: "the plan failed half-way: resources that failed, and those after them, are missing in it",
        advice: giveState,
      },
    ];
  if (complete !== false) return [];
  return [
    {
      code: "partial-plan",
      message:
        "the plan is of a part of the configuration (-target): what it did not refresh may be older than what is live",
      advice: giveState,
    },
  ];
}

function drift(plan: JsonObject): readonly Note[] {
  const drifted = mapsOf(plan.resource_drift).flatMap(({ address, change, type }) => {
    const actions = textsOf(mapOf(change).actions);
    const isDeleted = actions.includes("delete");
    return isKnownType(textOf(type)) && (isDeleted || actions.includes("update"))
      ? [`${textOf(address)}${isDeleted ? " (deleted)" : ""}`]
      : [];
  });
  if (drifted.length === 0) return [];
  return [
    {
      code: "drift",
      message: `somebody changed what Terraform made, and the plan saw it: ${listed(drifted)}. What is live is taken where the plan tells it, not what the configuration says`,
      advice: "Compare these with the cluster: the plan sees only fields that the configuration names.",
    },
  ];
}

function changeNotes(changes: readonly Change[]): readonly Note[] {
  const having = (action: string) => changes.filter(({ actions }) => actions.includes(action));
  const destroyed = having("delete");
  const made = having("create").filter((each) => !destroyed.includes(each));
  const changed = having("update");
  return [
    ...(destroyed.length === 0
      ? []
      : [
          {
            code: "destroying-plan",
            message: `applying this plan would delete ${namesOf(destroyed)}`,
            advice: "Do not apply it.",
          },
        ]),
    ...(changed.length === 0
      ? []
      : [
          {
            code: "pending-change",
            message: `Terraform would still change ${namesOf(changed)}. What is live is taken, not what the plan would make of it`,
            advice: "Apply it before the migration if it is wanted: afterwards Terraform forgets it.",
          },
        ]),
    ...made.map(notApplied),
  ];
}

const namesOf = (changes: readonly Change[]): string => listed(changes.map(({ address }) => address));

function notApplied({ address, change }: Change): Note {
  const unknown = unknownFields(change);
  return {
    code: "not-applied",
    message: `the plan would make ${address}, so it is not live and not read${unknown.length === 0 ? "" : `; of ${listed(unknown)} nobody knows the value before it is made`}`,
    advice: "Apply first and give the state, or take it out of the configuration.",
  };
}

/** What people write of an object or a release; the rest of what is unknown is what the cluster gives it, such as a uid. */
function unknownFields({ after_unknown, after }: JsonObject): readonly string[] {
  const unknown = mapOf(after_unknown);
  const isRelease = mapOf(after).chart !== undefined;
  const keys = isRelease ? ["values", "set"] : ["yaml_body", "manifest", "spec"];
  return keys.flatMap((key) => unknownLeaves(unknown[key] ?? false, key));
}

/** Where a plan says true. */
function unknownLeaves(value: JsonValue, path: string): readonly string[] {
  if (value === true) return [path];
  if (isJsonArray(value)) return value.flatMap((item, index) => unknownLeaves(item, `${path}[${index}]`));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => unknownLeaves(inner, `${path}.${key}`));
}
