import type { Explanations } from "./explanation.ts";

export const helmExplanations: Explanations = {
  "helm/missing": {
    meaning:
      "`check --charts` asks the charts through `helm`, and there is no program of that name on the PATH.",
    why: "What a chart does with a value is known for certain only by rendering it. Without helm nothing was asked, and a clean answer would be a guess.",
    fix: "Install Helm 3 or 4, or leave `--charts` out: then what was measured of Istio's own charts decides.",
  },
  "helm/version": {
    meaning: "The `helm` on the PATH is older than version 3.",
    why: "Helm 2 renders with a server in the cluster and with other rules.",
    fix: "Install Helm 3 or 4.",
  },
  "helm/failed": {
    meaning:
      "`helm` cannot be run, prints something that is no object, or fails on a chart also without your values; the message has its words.",
    fix: "Run `helm version` and `helm template <chart>` in the same shell: the same must happen there.",
  },
  "helm/timeout": {
    meaning: "One call of `helm` did not end within the time of `--timeout`, and was ended.",
    why: "Rendering a chart from a folder takes less than a second. One that hangs waits for a terminal, a network or a file system.",
    fix: "Run `helm template <chart>` in the same shell, or allow more time: `--timeout 5m`.",
  },
};
