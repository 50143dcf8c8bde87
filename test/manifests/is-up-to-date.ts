import type { ScopePlan } from "../../manifests/plan.ts";

/** Whether a run would change nothing and say nothing. Empty folders do not count, Git has none. */
export const isUpToDate = (plan: ScopePlan): boolean =>
  plan.writes.length === 0 &&
  plan.removals.length === 0 &&
  plan.leftovers.length === 0 &&
  plan.inventory.kind === "none" &&
  plan.problems.length === 0;
