// Helm's release Secrets (`kubectl get secret -l owner=helm -o yaml`) -> releases: chart, version and values, nothing else.
// Format: Helm's storage driver keeps base64(gzip(JSON)) under data.release, which a Secret encodes in base64 once more
// (helm/helm pkg/storage/driver/util.go; read).
import { gunzipSync } from "node:zlib";
import { isJsonObject, type JsonObject, valueAt } from "../../core/json.ts";
import type { LiveObject, LiveRelease, ReaderNote } from "../live.ts";
import { mapOf, nameOf, textOf } from "../recognise/objects.ts";
import { withheldValues } from "../secret-values.ts";

/** Unpacked, a release holds the whole chart and all it rendered: istiod's are 1 MB. */
const maximumBytes = 64 * 1024 * 1024;

export interface ReleasesRead {
  readonly releases: readonly LiveRelease[];
  readonly notes: readonly ReaderNote[];
}

/** Of each release the revision that is deployed, or the newest. */
export function readHelmSecrets(secrets: readonly LiveObject[]): ReleasesRead {
  const notes: ReaderNote[] = [];
  const newest = new Map<string, { readonly rank: number; readonly release: LiveRelease }>();
  for (const secret of secrets) {
    const read = tryReadRelease(secret);
    if (read === undefined) {
      notes.push(unreadable(secret));
      continue;
    }
    const key = `${read.release.namespace}/${read.release.name}`;
    const known = newest.get(key);
    if (known === undefined || read.rank > known.rank) newest.set(key, read);
  }
  return { releases: [...newest.values()].map(({ release }) => release), notes };
}

function tryReadRelease(secret: LiveObject) {
  const packed = textOf(valueAt(secret.manifest, ["data", "release"]));
  const release = tryUnpack(packed);
  if (release === undefined) return undefined;
  const metadata = mapOf(valueAt(release, ["chart", "metadata"]));
  const { values, withheld } = withheldValues(mapOf(release.config));
  const isDeployed = valueAt(release, ["info", "status"]) === "deployed";
  return {
    rank: Number(release.version ?? 0) + (isDeployed ? 1e6 : 0),
    release: {
      name: textOf(release.name),
      namespace: textOf(release.namespace),
      chart: textOf(metadata.name),
      version: textOf(metadata.version) || undefined,
      repository: undefined,
      values,
      withheld,
      origin: secret.origin,
    } satisfies LiveRelease,
  };
}

function tryUnpack(text: string): JsonObject | undefined {
  try {
    const bytes = Buffer.from(Buffer.from(text, "base64").toString(), "base64");
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const json = isPacked ? gunzipSync(bytes, { maxOutputLength: maximumBytes }) : bytes;
    const release: unknown = JSON.parse(json.toString());
    return isJsonObject(release) ? release : undefined;
  } catch {
    return undefined;
  }
}

const unreadable = (secret: LiveObject): ReaderNote => ({
  code: "helm-secret",
  severity: "warning",
  message: `expected a release of Helm in the Secret ${nameOf(secret)}, found nothing that can be unpacked`,
  advice: "Give what `kubectl get secret -l owner=helm -o yaml` prints, uncut.",
  origin: secret.origin,
});
