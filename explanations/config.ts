import type { Explanations } from "./explanation.ts";

export const configExplanations: Explanations = {
  "config/no-clusters": { meaning: "There is no `clusters/` folder here, or no cluster file in it." },
  "config/file-ending": { meaning: "A file in `clusters/` ends in `.yml` or the like and would be ignored." },
  "config/unreadable-file": { meaning: "A file cannot be read, is not UTF-8 text, or is over 256 KiB." },
  "config/yaml-syntax": {
    meaning: "A file is not YAML, or uses what has no meaning here: a key twice, several documents, tags.",
  },
  "config/not-a-map": { meaning: "A file holds nothing, a list or a single value." },
  "config/too-large": { meaning: "A file holds too many values, usually through aliases of aliases." },
  "config/too-deep": { meaning: "Maps and lists are nested too deeply." },
  "config/unsafe-value": {
    meaning: "A number or text that other programs would read differently or stumble over.",
  },
  "config/unknown-key": { meaning: "A key that does not exist, with the nearest one that does." },
  "config/missing-key": { meaning: "A key without a default is not there." },
  "config/invalid-value": {
    meaning: "A value of the wrong type, out of its range or not of the form that is expected.",
  },
  "config/ambiguous-scalar": {
    meaning:
      "An unquoted Helm value that YAML 1.1 (Helm) and YAML 1.2 read differently, such as `on` or `010`.",
  },
};
