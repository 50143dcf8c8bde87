// What there is to say of a state or a plan as a whole.
import type { LiveObject, ReaderNote } from "../../live.ts";
import { titleOf } from "../../recognise/objects.ts";

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

export const noState = (file: string): ReaderNote => ({
  code: "no-state",
  severity: "error",
  message: `expected a state or a plan in ${file}, found what \`show -json\` prints where there is none`,
  advice: "Run it in the folder and the workspace that the mesh is applied from, after `terraform init`.",
  origin: { file },
});

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
