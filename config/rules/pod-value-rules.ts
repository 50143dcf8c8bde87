// What Istio's charts copy into pods and autoscalers as it is: held against Kubernetes' published types. Argo CD applies
// strictly: the API server refuses an unknown field.
import { formatPath } from "../../core/format-value.ts";
import { valueAt } from "../../core/json.ts";
import published from "../../imports/pod-schema.json" with { type: "json" };
import { type ChartRelease, chartReleases } from "../chart-releases.ts";
import type { Config } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { typeMismatches } from "../published-types.ts";
import { valuesPath } from "./own-values.ts";

const types = { messages: published.messages, takesQuotedNumbers: false };

/** Values of both charts, by the type that they become. */
const ofBoth: Readonly<Record<string, string>> = {
  affinity: "Affinity",
  tolerations: "[Toleration]",
  topologySpreadConstraints: "[TopologySpreadConstraint]",
  volumeMounts: "[VolumeMount]",
  volumes: "[Volume]",
};

const ofGateway: Readonly<Record<string, string>> = {
  ...ofBoth,
  additionalContainers: "[Container]",
  "autoscaling.autoscaleBehavior": "HorizontalPodAutoscalerBehavior",
  containerSecurityContext: "SecurityContext",
  dnsConfig: "PodDNSConfig",
  initContainers: "[Container]",
  lifecycle: "Lifecycle",
  readinessProbe: "Probe",
  resources: "ResourceRequirements",
  securityContext: "PodSecurityContext",
  strategy: "DeploymentStrategy",
};

const copiedBy = ({ chart }: ChartRelease): Readonly<Record<string, string>> =>
  chart === "gateway" ? ofGateway : chart === "istiod" ? ofBoth : {};

/** The same value at the root and below the chart's alias of it. */
const aliasOf = ({ chart }: ChartRelease): string => (chart === "gateway" ? "global" : "pilot");

const podFindings = (config: Config): Finding[] =>
  chartReleases(config).flatMap((release) =>
    Object.entries(copiedBy(release)).flatMap(([dotted, type]) => {
      const path = dotted.split(".");
      return [path, [aliasOf(release), ...path]].flatMap((place) => {
        const value = valueAt(release.values, place);
        if (value === undefined) return [];
        return typeMismatches(types, type, value)
          .filter(({ path: below }) => below.length > 0) // of the whole the chart's own schema speaks
          .map(({ path: below, message, suggestion }) => ({
            path: valuesPath(release, ...place, ...below),
            message: `${formatPath([...place, ...below])}: ${message} (Kubernetes ${published.version}): the API server would refuse the Deployment of the ${release.chart} chart`,
            suggestion,
          }));
      });
    }),
  );

export const podValueRules: readonly ConfigRule[] = [
  { code: "istio/pod-value", severity: "error", check: podFindings },
];
