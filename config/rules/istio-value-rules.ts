import { formatPath, show } from "../../core/format-value.ts";
import { type JsonValue, valueAt } from "../../core/json.ts";
import { didYouMean } from "../../core/suggest.ts";
import { chartRefusals, typeMismatches } from "../chart-failures.ts";
import {
  type ChartRelease,
  chartReleases,
  type GatewayChartRelease,
  gatewayChartRelease,
  istiodRelease,
} from "../chart-releases.ts";
import { type Config, doorsOf } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { withGlobalsAtRoot } from "../gateway-release.ts";
import { backendPort, deployedGateway, helmValues, needsNodePorts, statusPort } from "../helm-values.ts";
import { adviseOnNull } from "../null-advice.ts";
import { ownValues, valuesPath } from "./own-values.ts";

/** Judged by the nearest version that was measured, and said so where that is another one. */
const byVersion = ({ version }: ChartRelease, measured: string): string =>
  measured === version ? "" : ` (measured at ${measured})`;

function reservedKeyFindings(config: Config): Finding[] {
  return chartReleases(config).flatMap((release) =>
    Object.keys(release.values)
      .filter((key) => key === "_internal_defaults_do_not_set" || key === "defaults")
      .map((key) => ({
        path: valuesPath(release, key),
        message: `the key ${key} is not for users of the ${release.chart} chart: nothing below it is validated, or the chart fails`,
        suggestion: "Write the same keys at the top level of the values.",
      })),
  );
}

/** Values that select a file inside the chart, and fail for a name the chart does not have. */
function unknownNameFindings(release: ChartRelease): Finding[] {
  const { version, ...refusals } = chartRefusals(release.version);
  const selectors = {
    profile: refusals.profiles,
    platform: refusals.platforms,
    compatibilityVersion: refusals.compatibilityVersions,
  };
  return Object.entries(selectors).flatMap(([key, known]) =>
    [[key], ["global", key]].flatMap((path) => {
      const found = valueAt(release.values, path);
      const isKnown = typeof found === "string" && (found === "" || known.includes(found));
      if (found === undefined || found === null || isKnown) return [];
      return [
        {
          path: valuesPath(release, ...path),
          message: `the ${release.chart} chart fails on ${path.join(".")}: ${show(found)}${byVersion(release, version)}`,
          suggestion:
            found === "default"
              ? `Remove the line: none is the default. Known: ${known.join(", ")}.`
              : adviseOnName(found, key, known),
        },
      ];
    }),
  );
}

function adviseOnName(found: JsonValue, key: string, known: readonly string[]): string {
  if (typeof found === "number") return `Put it in quotes. Known: ${known.join(", ")}.`;
  const nearest = typeof found === "string" ? didYouMean(found, known) : undefined;
  return `${nearest ?? `Known: ${known.join(", ")}.`}${key === "platform" ? " EKS needs none." : ""}`;
}

function removedValueFindings(config: Config): Finding[] {
  const release = istiodRelease(config);
  const { version, istiodRemoved } = chartRefusals(release.version);
  const provider = ["global", "pilotCertProvider"];
  const isProviderRemoved = valueAt(release.values, provider) === "kubernetes";
  const removedProvider = (): Finding => ({
    path: valuesPath(release, ...provider),
    message: `the istiod chart fails on ${formatPath(provider)}: kubernetes${byVersion(release, version)}`,
    suggestion: "Remove the value: istiod is its own provider.",
  });
  const removed = istiodRemoved
    .map((dotted) => dotted.split("."))
    .filter((path) => valueAt(release.values, path) !== undefined)
    .map((path) => ({
      path: valuesPath(release, ...path),
      message: `the istiod chart fails on ${path.join(".")}: it was removed${byVersion(release, version)}`,
      suggestion: "Remove the value; the Telemetry API replaces it.",
    }));
  return isProviderRemoved ? [...removed, removedProvider()] : removed;
}

function unknownRootFindings(release: GatewayChartRelease): Finding[] {
  const { version, gatewayRootKeys } = chartRefusals(release.version);
  return Object.keys(release.values)
    .filter(
      (key) =>
        !gatewayRootKeys.includes(key) && key !== "_internal_defaults_do_not_set" && key !== "defaults",
    )
    .map((key) => ({
      path: valuesPath(release, key),
      message: `the gateway chart fails on the unknown value ${formatPath([key])}${byVersion(release, version)}`,
      suggestion: didYouMean(key, gatewayRootKeys) ?? `Known: ${gatewayRootKeys.join(", ")}.`,
    }));
}

function typeFindings(release: GatewayChartRelease): Finding[] {
  const { version, gatewayTypes } = chartRefusals(release.version);
  return typeMismatches(gatewayTypes, release.values).map(({ path, expected, found }) => ({
    path: valuesPath(release, ...path),
    message: `the gateway chart fails on ${formatPath(path)}: expected ${expected}, found ${show(found)}${byVersion(release, version)}`,
    suggestion: expected === "text" && typeof found === "number" ? "Put it in quotes." : "Correct the value.",
  }));
}

function servicePortFindings(release: GatewayChartRelease, config: Config): Finding[] {
  const { gateway } = release;
  const doors = doorsOf(config, gateway);
  if (doors.length === 0) return []; // nothing here leads to its ports
  const networkGateway = valueAt(withGlobalsAtRoot(helmValues(config, release)), ["networkGateway"]);
  if (networkGateway !== undefined && networkGateway !== "") {
    return [
      {
        path: valuesPath(release, "networkGateway"),
        message:
          "networkGateway replaces the ports of the gateway's Service: the Ingresses would point at ports that are not there",
        suggestion: "Install an east-west gateway as a gateway of its own, without an ingress.",
      },
    ];
  }
  const { ports } = deployedGateway(config, gateway);
  return [...new Set([statusPort, ...doors.map(backendPort)])]
    .filter((needed) => !ports.some(({ port }) => port === needed))
    .map((missing) => ({
      path: valuesPath(release, "service", "ports"),
      message: `expected port ${missing} among service.ports, found ${ports.map(({ port }) => port).join(", ") || "none"}`,
      suggestion:
        "The list replaces the chart's: write out status-port 15021, http2 80 and https 443 as well.",
    }));
}

const perRelease =
  (check: (release: ChartRelease) => readonly Finding[]) =>
  (config: Config): Finding[] =>
    chartReleases(config).flatMap(check);

const perGateway =
  (check: (release: GatewayChartRelease, config: Config) => readonly Finding[]) =>
  (config: Config): Finding[] =>
    config.gateways.flatMap((gateway) => check(gatewayChartRelease(config, gateway), config));

export const istioValueRules: readonly ConfigRule[] = [
  {
    code: "istio/null-value",
    severity: "error",
    check: (config) =>
      ownValues(config)
        .filter(({ value }) => value === null)
        .map(({ release, path }) => ({
          path: valuesPath(release, ...path),
          message: `${formatPath(path)}: null is lost on the way to Argo CD, and deletes no default in Istio's charts`,
          suggestion: adviseOnNull(release.chart, path, release.version),
        })),
  },
  { code: "istio/internal-defaults", severity: "error", check: reservedKeyFindings },
  { code: "istio/unknown-name", severity: "error", check: perRelease(unknownNameFindings) },
  { code: "istio/removed-value", severity: "error", check: removedValueFindings },
  { code: "istio/unknown-root-value", severity: "error", check: perGateway(unknownRootFindings) },
  { code: "istio/value-type", severity: "error", check: perGateway(typeFindings) },
  {
    code: "istio/service-type",
    severity: "error",
    check: perGateway((release, config) => {
      const type = valueAt(release.values, ["service", "type"]);
      const doors = doorsOf(config, release.gateway);
      const fitting = needsNodePorts(doors) ? ["NodePort"] : ["ClusterIP", "NodePort"];
      const isFree = doors.length === 0 || type === undefined || type === null; // null has a rule of its own
      if (isFree || fitting.includes(String(type))) return [];
      const why = needsNodePorts(doors)
        ? "the load balancers reach the gateway through NodePorts"
        : "the load balancers reach its pods by themselves";
      const way = needsNodePorts(doors)
        ? " With targetType ip on all of its ingresses it may be ClusterIP."
        : "";
      return [
        {
          path: valuesPath(release, "service", "type"),
          message: `expected ${fitting.join(" or ")}, found ${show(type)}: ${why}`,
          suggestion: `Remove the line.${way}`,
        },
      ];
    }),
  },
  { code: "istio/service-ports", severity: "error", check: perGateway(servicePortFindings) },
];
