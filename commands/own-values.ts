// What `check` says of values that people wrote for Istio's charts beyond what synth refuses.
import { istioCharts } from "../config/helm-values.ts";
import { inReadingOrder, located, withoutRepeats } from "../config/load.ts";
import type { Problem } from "../config/problem.ts";
import type { ProjectCluster } from "./load-project.ts";

/** Warnings for values that a chart reads not at all, not under these conditions, or not from this place. */
export async function deadValueProblems(clusters: readonly ProjectCluster[]): Promise<readonly Problem[]> {
  const withValues = clusters.filter(hasOwnValues);
  if (withValues.length === 0) return [];
  const { valueRules } = await import("../config/live-values/index.ts");
  const problems = withValues.flatMap(({ config, locate }) =>
    valueRules.flatMap(({ code, severity, check }) =>
      check(config).map((finding) => located(code, severity, finding, locate)),
    ),
  );
  return withoutRepeats(problems).sort(inReadingOrder);
}

const hasOwnValues = ({ config }: ProjectCluster): boolean =>
  istioCharts.some((chart) => Object.keys(config.istio[chart].values).length > 0);
