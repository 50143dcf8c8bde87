import type { AwsFailure } from "./aws-failure.ts";

/** What a question to AWS rejects with. People read `failure`, by way of aws-errors.ts, and never the message. */
export class AwsCallError extends Error {
  override readonly name = "AwsCallError";
  readonly failure: AwsFailure;

  constructor(failure: AwsFailure) {
    super(`${failure.action}: ${failure.name}`);
    this.failure = failure;
  }
}

/** By name: the class stands in both bundles, so that `instanceof` would tell them apart. */
export const isAwsCallError = (error: unknown): error is AwsCallError =>
  error instanceof Error && error.name === "AwsCallError";
