import type { Explanations } from "./explanation.ts";

export const usageExplanations: Explanations = {
  "usage/arguments": {
    meaning: "A command, option or word that meshfront does not know, or an option without its value.",
  },
  "usage/chdir": { meaning: "The folder given by `--chdir` does not exist." },
  "usage/timeout": { meaning: "The value of `--timeout` is no time span between a second and an hour." },
  "usage/unknown-code": {
    meaning: "There is no code or area of that name, which `explain` was asked for.",
  },
  "usage/unknown-cluster": {
    meaning: "There is no `clusters/<name>.yaml` for the name on the command line.",
  },
};
