// Stage 2: certificates that are about to expire. Pure: today is an argument, so that `synth` has no clock.
import type { Problem } from "../core/problem.ts";
import type { LockFile } from "./lock-schema.ts";

/** ACM renews 60 days ahead and warns 45 days ahead; what has not happened 30 days ahead needs a person. */
export const warningDays = 30;

/** Days as UTC counts them: the time of day changes nothing. */
const dayNumber = (date: Date): number => Math.floor(date.getTime() / 86_400_000);

/** From today to the day of a date (YYYY-MM-DD); negative once it is over. */
export const daysUntil = (date: string, today: Date): number => dayNumber(new Date(date)) - dayNumber(today);

/** A warning for each certificate of the lock file that expires within 30 days or has expired by its date. */
export function expiryWarnings(
  lock: LockFile,
  lockName: string,
  today: Date,
  fix: string,
): readonly Problem[] {
  return Object.entries(lock.answers).flatMap(([key, answer]): Problem[] => {
    if (!("arn" in answer)) return [];
    const days = daysUntil(answer.notAfter, today);
    if (!(days <= warningDays)) return [];
    const when =
      days < 0 ? `expired on ${answer.notAfter}` : `expires on ${answer.notAfter}, in ${days} days`;
    return [
      {
        code: "facts/certificate-expires",
        severity: "warning",
        message: `expected a certificate that is valid for ${warningDays} days at least; that of ${key} ${when} (${answer.arn})`,
        suggestion: `Renew it in ACM (see why its renewal is pending), then run \`${fix}\`.`,
        file: lockName,
        path: key,
      },
    ];
  });
}
