import type { Explanations } from "./explanation.ts";

export const hookExplanations: Explanations = {
  "hook/recheck-schedule": {
    meaning: "`hook.recheck` is not a schedule as the CronJob controller reads it.",
  },
  "hook/requests-above-limits": {
    meaning: "`hook.resources` asks for more than its own limit: the API server refuses the pods.",
  },
  "hook/recheck-off": {
    meaning:
      "Without a recheck, a NodePort that moves outside of a sync leaves the health checks on the old port.",
  },
  "hook/image-unpinned": {
    meaning: "`hook.image` has no fixed tag or digest, so the program's runtime can change by itself.",
  },
};
