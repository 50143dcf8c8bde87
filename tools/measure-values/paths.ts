// Paths of values as the data spells them: keys with dots stand in brackets.

export const joinPath = (start: string, key: string): string =>
  key.includes(".") ? `${start}["${key}"]` : start === "" ? key : `${start}.${key}`;

export const spell = (path: readonly string[]): string => path.reduce(joinPath, "");
