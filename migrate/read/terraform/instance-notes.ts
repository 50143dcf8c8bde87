// What there is to say of single resources: what is half-made, what failed, and what differs live from what the state holds.
import { listed } from "../../../core/listed.ts";
import type { ReaderNote } from "../../live.ts";
import { textOf } from "../../recognise/objects.ts";
import type { TerraformInstance } from "./resources.ts";

/** `known` are the resources whose type migrate reads. */
export const instanceNotes = (known: readonly TerraformInstance[], file: string): readonly ReaderNote[] =>
  known.flatMap((instance) => [
    ...(instance.isTainted ? [tainted(instance, file)] : []),
    ...failedRelease(instance, file),
    ...drifted(instance, file),
  ]);

const warning = (
  code: string,
  { address }: TerraformInstance,
  file: string,
  message: string,
  advice: string,
): ReaderNote => ({ code, severity: "warning", message, advice, origin: { file, address } });

const tainted = (instance: TerraformInstance, file: string): ReaderNote =>
  warning(
    "tainted",
    instance,
    file,
    "it is tainted: its last apply failed half-way, and the next one would delete it and make it anew",
    "Apply nothing; compare it with the cluster before you take it over.",
  );

export const deposed = (instance: TerraformInstance, file: string): ReaderNote =>
  warning(
    "deposed",
    instance,
    file,
    "a deposed object is left of it, which the next apply would delete: it is not read",
    "Look whether it is the one that is live: a `removed` block would forget both.",
  );

function failedRelease(instance: TerraformInstance, file: string): readonly ReaderNote[] {
  const status = textOf(instance.values.status);
  if (instance.type !== "helm_release" || status === "" || status === "deployed") return [];
  return [
    warning(
      "failed-release",
      instance,
      file,
      `the release's status is ${status}: what is live may be a mixture of two revisions`,
      "Mend it first (`helm history`, `helm rollback`), or compare every object with the cluster.",
    ),
  ];
}

/**
 * kubectl_manifest keeps fingerprints of what it applied and of what it last saw. alekc/kubectl 2.4.1: a line `path=sha256` for each
 * configured field; gavinbunney/kubectl 1.19.0: one sha256 of all. Which value is live they do not tell.
 */
function drifted(instance: TerraformInstance, file: string): readonly ReaderNote[] {
  const [applied, live] = [linesOf(instance, "yaml_incluster"), linesOf(instance, "live_manifest_incluster")];
  if (instance.type !== "kubectl_manifest" || applied === undefined || live === undefined) return [];
  const other = [...applied, ...live].filter(
    ([path, hash]) => applied.get(path) !== hash || live.get(path) !== hash,
  );
  const paths = [...new Set(other.map(([path]) => path.replace(/\.#$/, "")))];
  if (paths.length === 0) return [];
  const where = paths.includes("") ? "" : ` at ${listed(paths)}`;
  return [
    warning(
      "drifted-object",
      instance,
      file,
      `somebody changed it${where} after it was applied. The state has what was applied, which is taken; what is live it does not tell`,
      "Give what `kubectl get -o yaml` prints too: that is taken then.",
    ),
  ];
}

function linesOf({ values }: TerraformInstance, key: string): ReadonlyMap<string, string> | undefined {
  const lines = textOf(values[key]).split("\n");
  const pairs = lines.map((line) => /^(?:(.+)=)?([0-9a-f]{64})$/.exec(line));
  if (pairs.some((pair) => pair === null)) return undefined;
  return new Map(pairs.map((pair) => [pair?.[1] ?? "", pair?.[2] ?? ""]));
}
