import { closestMatch } from "leven";

/** `Did you mean …?` for the nearest candidate, or undefined where nothing is near enough to be a typo. */
export function didYouMean(found: string, candidates: readonly string[]): string | undefined {
  const nearest = tryFindNearest(found, candidates);
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
}

/** The candidate that somebody meant who wrote `found`; undefined where nothing is near enough to be a typo. */
export function tryFindNearest(found: string, candidates: readonly string[]): string | undefined {
  // Two letters of three make another word.
  const maxDistance = found.length < 4 ? 1 : Math.max(2, Math.floor(found.length / 3));
  const match = closestMatch(
    found.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
    {
      maxDistance,
    },
  );
  return candidates.find((candidate) => candidate.toLowerCase() === match);
}
