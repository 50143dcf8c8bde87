// What Git leaves in a file that two branches changed, until somebody resolves it.
const conflictMarker = /^(?:<{7}|={7}|>{7})(?: |\r?$)/m;

/** Line of the first marker of a merge conflict, from 1; undefined where there is none. */
export function tryFindConflict(text: string): number | undefined {
  const found = conflictMarker.exec(text);
  return found === null ? undefined : text.slice(0, found.index).split("\n").length;
}
