// JSON pointers in ignoreDifferences: one that leads nowhere ignores nothing, silently.

import { show } from "../../core/format-value.ts";
import type { JsonObject, Path } from "../../core/json.ts";
import { valueAt } from "../../core/json.ts";
import { textAt, textsAt } from "../object-fields.ts";
import { type Application, childrenOf } from "./application.ts";
import {
  type ObjectFinding,
  type ObjectRule,
  type ObjectScope,
  oncePerScope,
  type RenderedObject,
} from "./object-rule.ts";

interface IgnoredPointer {
  readonly application: Application;
  readonly path: Path;
  readonly pointer: string;
  readonly keys: readonly string[];
  /** The objects that the entry is about. */
  readonly targets: readonly RenderedObject[];
}

/** Of Applications whose objects are known: what a Helm chart prints is not. */
const entriesOf = oncePerScope((scope) =>
  childrenOf(scope)
    .filter(({ folder }) => folder.length > 0)
    .flatMap((application) =>
      application.ignoreDifferences.map((entry, index) => ({
        application,
        entry,
        path: ["spec", "ignoreDifferences", index],
        targets: application.folder.filter((object) => isMeant(entry, object)),
      })),
    ),
);

/** Group and kind may be patterns, name and namespace are exact; a name that is left out means all. */
function isMeant(entry: JsonObject, object: RenderedObject): boolean {
  const [name, namespace] = [textAt(entry, ["name"]), textAt(entry, ["namespace"])];
  return (
    [object.group, "*"].includes(textAt(entry, ["group"])) &&
    [object.kind, "*"].includes(textAt(entry, ["kind"])) &&
    (name === "" || name === object.name) &&
    (namespace === "" || namespace === object.namespace)
  );
}

const pointersOf = oncePerScope((scope): readonly IgnoredPointer[] =>
  entriesOf(scope).flatMap(({ application, entry, path, targets }) =>
    textsAt(entry, ["jsonPointers"]).map((pointer, index) => ({
      application,
      path: [...path, "jsonPointers", index],
      pointer,
      keys: keysOf(pointer),
      targets,
    })),
  ),
);

/** RFC 6901: `/` between the keys, `~1` for a slash in a key and `~0` for a tilde. */
const keysOf = (pointer: string): readonly string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));

/** An annotation or label whose name was cut at its slash. */
function isCut({ keys }: IgnoredPointer): boolean {
  return keys[0] === "metadata" && (keys[1] === "annotations" || keys[1] === "labels") && keys.length > 3;
}

function unescapedPointers(scope: ObjectScope): readonly ObjectFinding[] {
  return pointersOf(scope)
    .filter(isCut)
    .map(({ application: { object }, path, pointer, keys: [, parent, ...name] }) => ({
      object,
      path,
      message: `expected a slash in a key to be written ~1 (RFC 6901), found ${show(pointer)}`,
      suggestion: `Write /metadata/${parent}/${name.join("~1")}.`,
    }));
}

function pointsNowhere(scope: ObjectScope): readonly ObjectFinding[] {
  const withoutTarget = entriesOf(scope)
    .filter(({ targets }) => targets.length === 0)
    .map(({ application: { object, source }, entry, path }) => ({
      object,
      path,
      message: `expected an object in ${source.path}/ that this is about, found no ${textAt(entry, ["group"])}/${textAt(entry, ["kind"])} ${textAt(entry, ["name"])}`,
    }));
  const withoutField = pointersOf(scope)
    .filter((ignored) => ignored.targets.length > 0 && !isCut(ignored) && !leadsToField(ignored))
    .map(({ application: { object }, path, pointer }) => ({
      object,
      path,
      message: `expected a field that the object in Git has, found ${show(pointer)}: nothing is ignored by it`,
    }));
  return [...withoutTarget, ...withoutField];
}

const leadsToField = ({ keys, targets }: IgnoredPointer): boolean => {
  const path = keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return path.length > 0 && targets.some(({ data }) => valueAt(data, path) !== undefined);
};

export const ignoredFieldRules: readonly ObjectRule[] = [
  { code: "argocd/pointer-not-escaped", severity: "error", check: unescapedPointers },
  { code: "argocd/ignores-nothing", severity: "error", check: pointsNowhere },
];
