/** The contract of every command (docs/reference/commands.md). Scripts may rely on it. */
export const exitCodes = {
  clean: 0,
  /** Invalid configuration, usage or rule. */
  invalid: 1,
  /** `check`, `diff --exit-code`: the committed output is not what would be written. */
  different: 2,
  /** Something would be removed or replaced that needs `--allow-removal` or `--allow-replacement`. */
  removalRefused: 3,
  /** Facts are missing, stale or malformed: `meshfront lookup` gets them. */
  facts: 4,
  /** AWS, the disk, Git or a cluster failed. */
  outside: 5,
  timeout: 6,
  /** A bug in meshfront. */
  bug: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * Where several apply, a run ends with the first of these: what only a person can mend, then what may be gone at the
 * next try, then what a command of meshfront mends.
 */
export const precedence: readonly ExitCode[] = [
  exitCodes.bug,
  exitCodes.invalid,
  exitCodes.timeout,
  exitCodes.outside,
  exitCodes.facts,
  exitCodes.removalRefused,
  exitCodes.different,
];

/** The exit code of a run to which all of these apply; `clean` if none does. */
export const firstOf = (codes: readonly ExitCode[]): ExitCode =>
  precedence.find((code) => codes.includes(code)) ?? exitCodes.clean;
