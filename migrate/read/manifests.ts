// Kubernetes manifests, YAML or JSON, several documents, Lists in Lists -> live objects.
import { parseAllDocuments } from "yaml";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.ts";
import type { LiveObject, Origin, ReaderNote } from "../live.ts";
import { mapOf, textOf } from "../recognise/objects.ts";

/** What a live object has of itself: nobody wrote it, and comparing it says nothing. */
const serverFields = [
  "creationTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
];

export interface ManifestsRead {
  readonly objects: readonly LiveObject[];
  /** Secrets that Helm keeps its releases in, whole: only helm-secrets.ts sees them. */
  readonly helmSecrets: readonly LiveObject[];
  readonly notes: readonly ReaderNote[];
}

/** The documents of a YAML text, or why it is none. Anchors are followed; 100 aliases of one anchor are the library's limit. */
export function readDocuments(text: string, file: string): readonly JsonValue[] | ReaderNote {
  const parsed = parseAllDocuments(text, {
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
    merge: true,
  });
  if (!isJsonArray(parsed as unknown)) return [];
  const documents: JsonValue[] = [];
  for (const document of parsed) {
    const [error] = document.errors;
    if (error !== undefined) return unreadable(file, describe(error.code, text, error.pos[0]));
    try {
      documents.push(document.toJS({ maxAliasCount: 1000 }) as JsonValue); // YAML with string keys is JSON data
    } catch {
      return unreadable(file, "aliases that stand for more than they should, or for nothing");
    }
  }
  return documents;
}

function describe(code: string, text: string, offset: number): string {
  const line = text.slice(0, offset).split("\n").length;
  const isTemplate = /\{\{|\$\{|%\{/.test(text);
  const template = isTemplate
    ? "; it looks like a template: give the rendered manifests (`helm template`, `kubectl get -o yaml`, `terraform show -json`)"
    : "";
  return `line ${line} is no YAML (${code.toLowerCase().replaceAll("_", " ")})${template}`;
}

const unreadable = (file: string, found: string): ReaderNote => ({
  code: "unreadable",
  severity: "error",
  message: `expected Kubernetes manifests, a Terraform state or plan as JSON, or Helm release Secrets; ${found}`,
  advice: "Give what the cluster has: `kubectl get ingress,service -A -o yaml`.",
  origin: { file },
});

/** Every object in a document, Lists taken apart. */
export function readManifests(documents: readonly JsonValue[], file: string): ManifestsRead {
  const objects: LiveObject[] = [];
  const helmSecrets: LiveObject[] = [];
  const notes: ReaderNote[] = [];
  const visit = (value: JsonValue, origin: Origin, depth: number): void => {
    if (value === null) return;
    if (!isJsonObject(value) || textOf(value.kind) === "" || textOf(value.apiVersion) === "") {
      notes.push(noObject(origin));
    } else if (isJsonArray(value.items) && textOf(value.kind).endsWith("List")) {
      if (depth < 8) for (const item of value.items) visit(withListKind(item, value), origin, depth + 1);
      else notes.push({ ...noObject(origin), message: "Lists in Lists, more than eight deep" });
    } else if (isHelmSecret(value)) helmSecrets.push({ manifest: value, origin });
    else {
      const isRead = textOf(mapOf(value.metadata).uid) !== "";
      objects.push({ manifest: withoutServerFields(value), origin, ...(isRead && { isRead }) });
    }
  };
  documents.forEach((document, index) => {
    visit(document, documents.length > 1 ? { file, document: index + 1 } : { file }, 0);
  });
  return { objects, helmSecrets, notes };
}

/** `kubectl get --raw` leaves kind and apiVersion out of a list's items. */
function withListKind(item: JsonValue, list: JsonObject): JsonValue {
  const kind = textOf(list.kind).slice(0, -"List".length);
  if (!isJsonObject(item) || kind === "" || item.kind !== undefined) return item;
  return { apiVersion: list.apiVersion ?? null, kind, ...item };
}

const noObject = (origin: Origin): ReaderNote => ({
  code: "no-object",
  severity: "warning",
  message: "expected a Kubernetes object with apiVersion and kind, found something else",
  advice:
    "It was not looked at: it is no Kubernetes object, and its keys are not those of values of Istio's charts.",
  origin,
});

const isHelmSecret = ({ kind, type }: JsonObject): boolean =>
  kind === "Secret" && textOf(type).startsWith("helm.sh/release");

export function withoutServerFields(object: JsonObject): JsonObject {
  const { status, data, stringData, ...rest } = object;
  const { annotations, ...metadata } = mapOf(rest.metadata);
  const kept = Object.entries(metadata).filter(([key]) => !serverFields.includes(key));
  const applied = "kubectl.kubernetes.io/last-applied-configuration";
  const notes = Object.fromEntries(Object.entries(mapOf(annotations)).filter(([key]) => key !== applied));
  const isSecret = rest.kind === "Secret";
  return {
    ...rest,
    metadata: { ...Object.fromEntries(kept), ...(Object.keys(notes).length > 0 && { annotations: notes }) },
    // Of a Secret nothing but its name; of the rest the status says what load balancer there is.
    ...(!isSecret && data !== undefined && { data }),
    ...(!isSecret && status !== undefined && { status }),
  };
}
