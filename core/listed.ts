/** Names in a message: `a`, `a and b`, `a, b and c`; of a long list the first few and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.length <= mostNames ? names : names.slice(0, mostNames - 1);
  const others = names.length - shown.length;
  const all = others === 0 ? shown : [...shown, `${others} more`];
  const last = all.at(-1) ?? "";
  return all.length < 2 ? last : `${all.slice(0, -1).join(", ")} and ${last}`;
}

const mostNames = 8;
