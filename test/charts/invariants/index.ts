import { applicationInvariants } from "./applications.ts";
import { fileInvariants } from "./files.ts";
import { hookInvariants } from "./hooks.ts";
import type { Invariant } from "./invariant.ts";
import { projectInvariants } from "./projects.ts";
import { trafficInvariants } from "./traffic.ts";

/** All of them: what holds for the output of every valid configuration. */
export const invariants: readonly Invariant[] = [
  ...fileInvariants,
  ...applicationInvariants,
  ...projectInvariants,
  ...trafficInvariants,
  ...hookInvariants,
];
