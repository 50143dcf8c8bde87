import type { Problem } from "../core/problem.ts";

export const defaultTimeoutSeconds = 60;
const maximumSeconds = 3_600;

/** Seconds, from `90`, `90s` or `2m`; a problem if it is none of them. */
export function parseTimeout(text: unknown): number | Problem {
  if (text === undefined) return defaultTimeoutSeconds;
  const [, digits, unit] = /^(\d{1,6})(s|m)?$/.exec(String(text)) ?? [];
  const seconds = Number(digits) * (unit === "m" ? 60 : 1);
  if (seconds >= 1 && seconds <= maximumSeconds) return seconds;
  return {
    code: "usage/timeout",
    severity: "error",
    message: `expected a time between 1s and ${maximumSeconds / 60}m such as 90, 90s or 2m, found --timeout ${text}`,
    suggestion: `Leave it out for ${defaultTimeoutSeconds} seconds.`,
  };
}
