// What every code means that meshfront can report: `meshfront explain`, completion and docs/reference/rules.md. A
// bundle of its own (tools/bundles.mjs), so that no other command loads it.
import { albExplanations } from "./alb.ts";
import { argocdExplanations } from "./argocd.ts";
import { awsExplanations } from "./aws.ts";
import { ownChartExplanations } from "./charts.ts";
import { clusterExplanations } from "./cluster.ts";
import { configExplanations } from "./config.ts";
import { diffExplanations } from "./diff.ts";
import { doorExplanations } from "./doors.ts";
import type { Explanations } from "./explanation.ts";
import { factsExplanations } from "./facts.ts";
import { gatewayExplanations } from "./gateways.ts";
import { helmExplanations } from "./helm.ts";
import { hookExplanations } from "./hook.ts";
import { istioExplanations } from "./istio.ts";
import { lookupExplanations } from "./lookup.ts";
import { manifestExplanations } from "./manifest.ts";
import { ownManifestExplanations } from "./manifests.ts";
import { meshExplanations } from "./mesh.ts";
import { outputExplanations } from "./output.ts";
import { repositoryExplanations } from "./repository.ts";
import { usageExplanations } from "./usage.ts";

export const explanations: Explanations = {
  ...usageExplanations,
  ...configExplanations,
  ...clusterExplanations,
  ...repositoryExplanations,
  ...argocdExplanations,
  ...istioExplanations,
  ...meshExplanations,
  ...gatewayExplanations,
  ...albExplanations,
  ...doorExplanations,
  ...hookExplanations,
  ...factsExplanations,
  ...lookupExplanations,
  ...awsExplanations,
  ...manifestExplanations,
  ...ownManifestExplanations,
  ...ownChartExplanations,
  ...outputExplanations,
  ...diffExplanations,
  ...helmExplanations,
};

/** The areas in the order of the reference, with their headings. */
export const areaTitles: Readonly<Record<string, string>> = {
  usage: "The command line",
  config: "Reading a file",
  cluster: "The cluster",
  repository: "The Git repository",
  argocd: "Argo CD",
  istio: "Istio",
  alb: "The load balancers",
  hook: "The hook and the recheck",
  facts: "The lock file",
  lookup: "`lookup`",
  aws: "AWS, as `lookup` meets it",
  manifest: "The objects",
  manifests: "Objects of your own",
  charts: "Charts of your own program",
  output: "The output",
  diff: "What a change does",
  helm: "`helm`, as `check --charts` meets it",
};

/** `alb` of `alb/subnets`. */
export const areaOf = (code: string): string => code.split("/")[0] ?? "";

/** The codes of an area, in the order of the reference. */
export const codesOf = (area: string): readonly string[] =>
  Object.keys(explanations).filter((code) => areaOf(code) === area);
