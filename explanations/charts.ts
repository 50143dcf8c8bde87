import type { Explanations } from "./explanation.ts";

/** cdk8s charts that people add by `run` of the library. */
export const ownChartExplanations: Explanations = {
  "charts/failed": {
    meaning:
      "A callback given to `run` threw, returned a promise, or made constructs that do not validate. The message has the first place of the stack that is in no package.",
    fix: "Correct the program. What takes time, such as reading a file from the network, belongs before `run`: constructs are made at once.",
  },
  "charts/name": {
    meaning:
      "The id of a chart is no DNS label, or two charts, or a chart and a file of `manifests`, would be one file.",
    why: "The id is the name of the file in `dist/`.",
    fix: "Give the chart an id such as `access-logs`. A chart within another is called after both, with `-` between them.",
  },
  "charts/two-copies": {
    meaning: "A chart was made with another installed copy of cdk8s than the one that meshfront finds.",
    why: "cdk8s resolves what is lazy by its own classes: values of the other copy would come out as objects of the program.",
    fix: "`npm ls cdk8s constructs` shows where they come from. One version of each in package.json, and `npm dedupe`.",
  },
};
