// Stage 2: calls to AWS that failed -> what a person gets to read. Pure.
import type { Problem } from "../core/problem.ts";
import { type AwsErrorRow, awsErrorTable } from "./aws-error-table.ts";
import type { AwsContext, AwsFailure } from "./aws-failure.ts";

/** What to print for the calls that failed in one region: calls that failed alike make one problem. */
export function awsProblems(failures: readonly AwsFailure[], context: AwsContext): readonly Problem[] {
  const groups = new Map<string, { readonly row: AwsErrorRow; readonly members: AwsFailure[] }>();
  for (const failure of failures) {
    const row = awsErrorTable.find(({ matches }) => matches(failure, context));
    if (row === undefined) continue;
    const key = row.isPerAction ? `${row.code} ${failure.action}` : row.code;
    const group = groups.get(key) ?? { row, members: [] };
    group.members.push(failure);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ row, members }): Problem[] => {
    const [first] = members;
    if (first === undefined) return [];
    return [
      {
        code: row.code,
        severity: "error",
        message: `expected ${expectation(members, context)}, found ${row.found(first, context)}`,
        suggestion: row.fix(first, context),
      },
    ];
  });
}

function expectation(members: readonly AwsFailure[], { region, who }: AwsContext): string {
  const actions = [...new Set(members.map(({ action }) => action))].sort();
  if (actions.includes("credentials")) return `credentials for ${region} (${who})`;
  return `an answer to ${actions.join(", ")} in ${region}, asked with ${who}`;
}
