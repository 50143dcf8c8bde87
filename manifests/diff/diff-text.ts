// What differs in the text of a file beside its objects: nothing that differs byte for byte may be silent.
import type { JsonObject } from "../../core/json.ts";
import { identityOf } from "../identity.ts";
import type { RenderedFile } from "../render.ts";
import { emitDocuments } from "../yaml.ts";
import { canonical } from "./canonical.ts";
import type { FileDiff, TextNote } from "./output-diff.ts";

/** What differs in the text of a file that no change of an object accounts for. */
export function diffText(
  path: string,
  text: string,
  objects: readonly JsonObject[],
  after: Pick<RenderedFile, "text" | "objects">,
): FileDiff {
  const before = text.replaceAll("\r\n", "\n");
  const isSame = objects.map(canonical).join() === after.objects.map(canonical).join();
  const notes: TextNote[] = [];
  if (isReordered(objects, after.objects)) notes.push("order of objects");
  if (before !== after.text && (isSame || before !== asGenerated(objects, after.text))) {
    notes.push("comments or layout");
  }
  if (before !== text) notes.push("line endings");
  // A mere change of order shows as such, its lines would only repeat whole objects.
  const showsText = isSame && before !== after.text;
  return {
    path,
    fate: "changed",
    notes,
    ...(showsText && { texts: { before, after: after.text } }),
  };
}

/** How these objects would look in our own layout, under the present first line. */
function asGenerated(objects: readonly JsonObject[], text: string): string | undefined {
  try {
    return text.slice(0, text.indexOf("\n") + 1) + emitDocuments(objects);
  } catch {
    return undefined; // YAML has numbers that JSON lacks
  }
}

function isReordered(before: readonly JsonObject[], after: readonly JsonObject[]): boolean {
  const [left, right] = [before.map(identityOf), after.map(identityOf)];
  const common = (list: readonly string[], other: readonly string[]) =>
    list.filter((identity) => other.includes(identity)).join("\n");
  return common(left, right) !== common(right, left);
}
