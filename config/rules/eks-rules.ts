// The EKS capability for Argo CD: what AWS runs, and what it takes.
// Facts: AWS, EKS user guide, capabilities for Argo CD (register clusters, projects, considerations); read 2026-11-30, not run on AWS.
import { show } from "../../core/format-value.ts";
import { partitionOf } from "../aws-partition.ts";
import type { Config } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { defaultServer } from "../normalise.ts";

const arnOf = ({ cluster: { destination } }: Config): string | undefined =>
  "server" in destination && destination.server.startsWith("arn:") ? destination.server : undefined;

function destinationFindings(config: Config): Finding[] {
  const { argocd, cluster } = config;
  const path = ["cluster", "server"];
  const arn = arnOf(config);
  if (argocd.managedBy === "self") {
    if (arn === undefined) return [];
    return [
      {
        path,
        message: `expected the URL of an API server, found ${show(arn)}: only the EKS capability for Argo CD knows clusters by ARN`,
        suggestion: "Write the URL as `argocd cluster list` shows it, or set argocd.managedBy to eks.",
      },
    ];
  }
  if ("name" in cluster.destination) return [];
  if (arn === undefined)
    return [
      {
        path,
        message: `expected the ARN of the EKS cluster, or cluster.argocdName, found ${show(cluster.destination.server)}${cluster.destination.server === defaultServer ? ", the default" : ""}: the EKS capability for Argo CD deploys to registered EKS clusters only, the one it belongs to included`,
        suggestion: `Set cluster.server to arn:${partitionOf(cluster.region)}:eks:${cluster.region}:${cluster.account ?? "<account>"}:cluster/${cluster.eksName}.`,
      },
    ];
  return otherCluster(config, arn).map(({ what, expected, found }) => ({
    path,
    message: `expected the ARN of this cluster, with the ${what} ${expected}, found ${found}`,
    suggestion: "Correct the ARN, or cluster.region, cluster.account and cluster.eksName.",
  }));
}

function otherCluster({ cluster }: Config, arn: string) {
  const [, partition = "", , region = "", account = "", resource = ""] = arn.split(":");
  return [
    { what: "partition", expected: partitionOf(region), found: partition },
    { what: "region", expected: cluster.region, found: region },
    { what: "account", expected: cluster.account ?? account, found: account },
    { what: "name", expected: cluster.eksName, found: resource.replace("cluster/", "") },
  ].filter(({ expected, found }) => expected !== found);
}

/** A sync there ends after 120 s, the wait of a hook for a new load balancer included, and is not tried again. */
const discoveredFindings = ({ argocd, ingresses }: Config): Finding[] =>
  argocd.managedBy !== "eks"
    ? []
    : ingresses
        .filter(({ healthCheck }) => healthCheck.mode === "discovered")
        .map(({ key }) => ({
          path: ["ingresses", key, "healthCheck", "mode"],
          message:
            "expected mode named or pinned, found discovered: the EKS capability for Argo CD ends a sync after 120 s and does not repeat it, so that a hook that waits may never be done",
          suggestion: "Remove mode: named is the default there, and follows by itself.",
        }));

export const eksRules: readonly ConfigRule[] = [
  { code: "argocd/eks-destination", severity: "error", check: destinationFindings },
  { code: "argocd/eks-discovered", severity: "error", check: discoveredFindings },
];
