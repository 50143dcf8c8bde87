// Stage 2: what is known of a call to AWS that failed, and of who made it.
import type { AwsAction } from "./actions.ts";

/** One call that failed, as plain data without secrets. */
export interface AwsFailure {
  /** `credentials`: before any call was made. */
  readonly action: AwsAction | "credentials";
  /** The name AWS or the SDK gives the error. */
  readonly name: string;
  /** Of a network error, for example ECONNREFUSED. */
  readonly code: string | undefined;
  /** One line. */
  readonly text: string;
  readonly status: number | undefined;
  readonly attempts: number;
  /** By how much the clock of the other side is ahead. */
  readonly clockSkewSeconds: number | undefined;
}

export interface AwsContext {
  readonly region: string;
  /** Undefined: the default credentials. */
  readonly profile: string | undefined;
  /** Whose credentials, in words: `profile prod (account 123456789012)`. */
  readonly who: string;
  /** Host of AWS_ENDPOINT_URL, where one is set. */
  readonly endpoint: string | undefined;
}
