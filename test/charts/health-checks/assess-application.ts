import type { ChildApplication, SyncedChild } from "./child-application.ts";
import type { Json, Verdict } from "./lua.ts";
import { readHealthCheck, runHealthCheck } from "./lua.ts";

const gate = readHealthCheck("application");

/** What the wave gate says of the Application. */
export function assess(child: ChildApplication): Verdict {
  // An interface has no index signature, so it is no Json to the compiler.
  return runHealthCheck(gate, child as unknown as Json);
}

/** What the wave gate says of the Application after the change, which alters it in place. */
export function assessChanged(child: SyncedChild, change: (child: SyncedChild) => void): Verdict {
  change(child);
  return assess(child);
}
