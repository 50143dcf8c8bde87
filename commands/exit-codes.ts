/** The contract of every command (docs/reference/commands.md). Scripts may rely on it. */
export const exitCodes = {
  clean: 0,
  /** Invalid configuration, usage or rule. */
  invalid: 1,
  /** `check`, `diff --exit-code`: the committed output is not what would be written. */
  different: 2,
  /** Something would be removed that needs `--allow-removal`. */
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
