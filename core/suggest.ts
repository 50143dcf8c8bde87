import { closestMatch } from "leven";

/** `Did you mean …?` for the nearest candidate, or undefined where nothing is near enough to be a typo. */
export function didYouMean(found: string, candidates: readonly string[]): string | undefined {
  // Two letters of three make another word.
  const maxDistance = found.length < 4 ? 1 : Math.max(2, Math.floor(found.length / 3));
  const match = closestMatch(
    found.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
    {
      maxDistance,
    },
  );
  const original = candidates.find((candidate) => candidate.toLowerCase() === match);
  return original === undefined ? undefined : `Did you mean ${original}?`;
}
