// Stage 2, the edge: what the SDK throws -> plain data. Nothing but name, code, one line of text and numbers goes on.
import type { AwsFailure } from "../aws-failure.ts";
import { redactSecrets } from "./redact.ts";

export function failureOf(action: AwsFailure["action"], error: unknown): AwsFailure {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const { code, $metadata, $response } = thrown as ThrownBySdk; // every field is optional, and checked below
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  return {
    action,
    name: thrown.name,
    code: typeof code === "string" ? code : codeOfCause(thrown),
    text: oneLine(thrown),
    status: typeof status === "number" ? status : undefined,
    attempts: $metadata?.attempts ?? 1,
    clockSkewSeconds: clockSkew($response?.headers?.date),
  };
}

/** An answer without the list that the call is for; the SDK lets it pass (a captive portal does that). */
export class NotAwsError extends Error {
  override readonly name = "NotAwsError";
}

interface ThrownBySdk {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  /** Not enumerable, on errors that have a response. */
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
}

/** Node's happy eyeballs and wrappers keep the code one level down. */
function codeOfCause(error: Error): string | undefined {
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner instanceof Error && "code" in inner && typeof inner.code === "string" ? inner.code : undefined;
}

const longestText = 300;

function oneLine(error: Error): string {
  const text =
    error.message === "" && error instanceof AggregateError ? String(error.errors[0]) : error.message;
  // The SDK's own hint for developers, and what only `aws sts decode-authorization-message` can read.
  const plain = text
    .replace(/Deserialization error: to see[\s\S]*$/, "")
    .replace(/Encoded authorization failure message: \S+/, "")
    .replace(/\s+/g, " ")
    .trim();
  const short = plain.length > longestText ? `${plain.slice(0, longestText)}…` : plain;
  return redactSecrets(short === "" ? "no text" : short);
}

function clockSkew(date: string | undefined): number | undefined {
  const serverTime = Date.parse(date ?? "");
  return Number.isNaN(serverTime) ? undefined : (serverTime - Date.now()) / 1000;
}
