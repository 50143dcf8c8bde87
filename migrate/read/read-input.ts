// A file's text -> what is live, whatever it is: told apart by content, not by name.
import { isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { LiveObject, LiveRelease, LiveState, ReaderNote } from "../live.ts";
import { withheldValues, withoutSecrets } from "../secret-values.ts";
import { readHelmSecrets } from "./helm-secrets.ts";
import { deepest, isTooDeep } from "./json-depth.ts";
import { readDocuments, readManifests } from "./manifests.ts";
import { withheldNote } from "./terraform/notes.ts";
import { readTerraform } from "./terraform/read-terraform.ts";
import { tryReadValues } from "./values-file.ts";

export const emptyState: LiveState = {
  ...{ objects: [], releases: [], awsFacts: [], unrecognised: [], notes: [], terraform: [] },
};

export interface InputText {
  /** As the user named it. */
  readonly file: string;
  readonly text: string;
}

export function readInput({ file, text }: InputText): LiveState {
  if (text.trim() === "") return { ...emptyState, notes: [emptyFile(file)] };
  const useless = tryFindUseless(file, text);
  if (useless !== undefined) return { ...emptyState, notes: [useless] };
  if (/^\s*[[{]/.test(text) && isTooDeep(text)) return { ...emptyState, notes: [tooDeep(file)] };
  const json = tryParseJson(text);
  // Several documents of JSON are YAML; a state that was cut off is neither, and too long to be read as YAML.
  const isTruncated = json === undefined && /^\s*\{(?!\{)/.test(text) && !/\n---/.test(text);
  if (isTruncated) return { ...emptyState, notes: [truncated(file, text)] };
  const terraform = json === undefined ? undefined : readTerraform(json, file);
  if (terraform !== undefined) return terraform;
  const documents = json === undefined ? readDocuments(text, file) : [json];
  if ("code" in documents) return { ...emptyState, notes: [documents] };
  return readParsed(documents, file);
}

function readParsed(documents: readonly JsonValue[], file: string): LiveState {
  const [only] = documents;
  const values = documents.length === 1 && only !== undefined ? tryReadValues(only, file) : undefined;
  if (values !== undefined) return { ...emptyState, releases: [values] };
  const { objects, helmSecrets, notes } = readManifests(documents, file);
  const helm = readHelmSecrets(helmSecrets);
  return { ...emptyState, objects, releases: helm.releases, notes: [...notes, ...helm.notes] };
}

function tryParseJson(text: string): JsonObject | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** All files of one run as one state. What one of them calls sensitive is taken out of all. */
export function mergeStates(states: readonly LiveState[]): LiveState {
  const secrets = new Set(states.flatMap((state) => [...(state.secrets ?? [])]));
  const objects = states.flatMap((state) => state.objects);
  const kept = secrets.size === 0 ? objects : objects.map((object) => withoutSecretsOf(object, secrets));
  const releases = states.flatMap((state) => state.releases);
  const changed = kept.filter(
    (object, index) => object.withheld?.length !== objects[index]?.withheld?.length,
  );
  return {
    objects: kept,
    releases: secrets.size === 0 ? releases : releases.map((each) => releaseWithout(each, secrets)),
    awsFacts: states.flatMap(({ awsFacts }) => awsFacts),
    unrecognised: states.flatMap(({ unrecognised }) => unrecognised),
    notes: [...states.flatMap(({ notes }) => notes), ...changed.flatMap(withheldNote)],
    terraform: states.flatMap(({ terraform }) => terraform),
  };
}

function withoutSecretsOf(object: LiveObject, secrets: ReadonlySet<string>): LiveObject {
  const { object: manifest, withheld } = withoutSecrets(object.manifest, secrets);
  if (withheld.length === 0) return object;
  return { ...object, manifest, withheld: [...(object.withheld ?? []), ...withheld] };
}

function releaseWithout(release: LiveRelease, secrets: ReadonlySet<string>): LiveRelease {
  const { values, withheld } = withheldValues(release.values, secrets);
  return { ...release, values, withheld: [...release.withheld, ...withheld] };
}

const emptyFile = (file: string): ReaderNote => ({
  code: "empty-file",
  severity: "error",
  message: `expected a state, a plan or manifests in ${file}, found nothing`,
  advice:
    "`terraform show -json` leaves an empty file when it fails, as it does after a change of the provider's version: give the raw state instead (`terraform state pull`), or a plan.",
  origin: { file },
});

/** What people take for a plan in JSON: the saved plan itself, a ZIP archive, and the log of `plan -json`. */
function tryFindUseless(file: string, text: string): ReaderNote | undefined {
  const isSaved = text.startsWith("PK\u0003\u0004");
  if (!isSaved && !/^\s*\{"@level"/.test(text)) return undefined;
  return {
    code: "no-plan-json",
    severity: "error",
    message: `expected a plan as JSON in ${file}, found ${isSaved ? "a saved plan, which only the program that wrote it can read" : "the log that `plan -json` prints, which holds no values"}`,
    advice: "Run `terraform plan -out p` and `terraform show -json p > plan.json`.",
    origin: { file },
  };
}

const tooDeep = (file: string): ReaderNote => ({
  code: "too-deep",
  severity: "error",
  message: `expected at most ${deepest} maps and lists inside each other, found more in ${file}`,
  advice: "No state and no object of Kubernetes is so: write the file anew.",
  origin: { file },
});

const truncated = (file: string, text: string): ReaderNote => ({
  code: "truncated-json",
  severity: "error",
  message: `expected JSON in ${file}, found text that begins like it and ends too early or has a fault inside (${text.length} characters)`,
  advice: "Write the file anew: the program that made it may have failed half-way.",
  origin: { file },
});
