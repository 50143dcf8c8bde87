// Stage 2, the edge: one call to AWS; whatever goes wrong comes out as an AwsCallError with plain data.
import type { AwsAction } from "../actions.ts";
import { AwsCallError } from "../aws-call-error.ts";
import { failureOf } from "./failure-of.ts";

/** A call that has begun (no `milliseconds`) or is over. */
export interface CallEvent {
  readonly action: AwsAction;
  readonly milliseconds?: number;
  /** HTTP status, or the name of the error. */
  readonly result?: string;
  readonly requestId?: string | undefined;
}

export interface CallContext {
  /** Ends calls that are under way. */
  readonly abortSignal?: AbortSignal;
  readonly observe?: (event: CallEvent) => void;
}

/** The one method of a client that is called, and that tests replace. */
export type Sender<Client extends { readonly send: unknown }> = Pick<Client, "send">;

interface Metadata {
  readonly $metadata?: {
    readonly httpStatusCode?: number | undefined;
    readonly requestId?: string | undefined;
  };
}

export async function call<Output extends Metadata>(
  action: AwsAction,
  { observe, abortSignal }: CallContext,
  send: (options: { abortSignal?: AbortSignal }) => Promise<Output>,
): Promise<Output> {
  const started = performance.now();
  const finish = (result: string, requestId?: string): void =>
    observe?.({ action, milliseconds: Math.round(performance.now() - started), result, requestId });
  observe?.({ action });
  try {
    const output = await send(abortSignal === undefined ? {} : { abortSignal });
    finish(String(output.$metadata?.httpStatusCode ?? ""), output.$metadata?.requestId);
    return output;
  } catch (error) {
    const failure = failureOf(action, error);
    finish(failure.name);
    throw new AwsCallError(failure);
  }
}
