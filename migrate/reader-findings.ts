// What the readers of files had to say, in the words of the report.
import type { Findings } from "./finding.ts";
import type { LiveState } from "./live.ts";
import { originText } from "./recognise/objects.ts";

export function sayReader({ notes, unrecognised }: LiveState, findings: Findings): void {
  for (const { code, severity, message, advice, origin } of notes) {
    const text = `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, "")}. ${advice}`;
    if (severity === "error") findings.refuse(code, originText(origin), text);
    else findings.step(code, originText(origin), text);
  }
  for (const { what, reason, origin } of unrecognised)
    findings.leftOut("unrecognised", what, `${reason} (${originText(origin)})`);
}
