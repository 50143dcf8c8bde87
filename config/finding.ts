// Stage 1: what a rule says about a configuration, before it is known where in a file that stands.

import type { Path } from "../core/json.ts";
import type { Severity } from "../core/problem.ts";
import type { Config } from "./config.ts";

export interface Finding {
  /** Path of the key concerned in the cluster file; a default that nobody wrote is located at its nearest ancestor. */
  readonly path: Path;
  readonly message: string;
  readonly suggestion?: string;
}

/** A named check on the configuration of one cluster. It returns what it found and knows nothing of files. */
export interface ConfigRule {
  readonly code: string;
  readonly severity: Severity;
  /** Said of what the cluster's own file holds: in defaults.yaml it is there for the clusters that it applies to. */
  readonly isOfOwnFile?: true;
  readonly check: (config: Config) => readonly Finding[];
}

/** A named check on all clusters of the project together. */
export interface FleetRule {
  readonly code: string;
  readonly severity: Severity;
  readonly check: (configs: readonly Config[]) => readonly (Finding & { readonly config: Config })[];
}
