import { type JsonValue, valueAt } from "../../core/json.ts";
import { nameOf, show } from "../../core/show.ts";
import { didYouMean } from "../../core/suggest.ts";
import { istioCharts } from "../applications.ts";
import { chartRefusals, typeMismatches } from "../chart-refusals.ts";
import type { Config } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { effectiveGatewayValues, gatewayServicePorts, httpPort, statusPort } from "../helm-values.ts";
import { adviseOnNull } from "../null-advice.ts";
import { ownValues, valuesPath } from "./own-values.ts";

/** Judged by the nearest version that was measured, and said so where that is another one. */
const byVersion = (config: Config, measured: string): string =>
  measured === config.istio.version ? "" : ` (measured at ${measured})`;

function reservedKeyFindings(config: Config): Finding[] {
  return istioCharts.flatMap((chart) =>
    Object.keys(config.istio[chart].values)
      .filter((key) => key === "_internal_defaults_do_not_set" || key === "defaults")
      .map((key) => ({
        path: valuesPath(chart, key),
        message: `the key ${key} is not for users of the ${chart} chart: nothing below it is validated, or the chart fails`,
        suggestion: "Write the same keys at the top level of the values.",
      })),
  );
}

/** Values that select a file inside the chart, and fail for a name the chart does not have. */
function unknownNameFindings(config: Config): Finding[] {
  const { version, ...refusals } = chartRefusals(config.istio.version);
  const selectors = {
    profile: refusals.profiles,
    platform: refusals.platforms,
    compatibilityVersion: refusals.compatibilityVersions,
  };
  return istioCharts.flatMap((chart) =>
    Object.entries(selectors).flatMap(([key, known]) =>
      [[key], ["global", key]].flatMap((path) => {
        const found = valueAt(config.istio[chart].values, path);
        const isKnown = typeof found === "string" && (found === "" || known.includes(found));
        if (found === undefined || found === null || isKnown) return [];
        return [
          {
            path: valuesPath(chart, ...path),
            message: `the ${chart} chart fails on ${path.join(".")}: ${show(found)}${byVersion(config, version)}`,
            suggestion: adviseOnName(found, key, known),
          },
        ];
      }),
    ),
  );
}

function adviseOnName(found: JsonValue, key: string, known: readonly string[]): string {
  if (typeof found === "number") return `Put it in quotes. Known: ${known.join(", ")}.`;
  const nearest = typeof found === "string" ? didYouMean(found, known) : undefined;
  return `${nearest ?? `Known: ${known.join(", ")}.`}${key === "platform" ? " EKS needs none." : ""}`;
}

function removedValueFindings(config: Config): Finding[] {
  const { version, istiodRemoved } = chartRefusals(config.istio.version);
  const provider = ["global", "pilotCertProvider"];
  const isProviderRemoved = valueAt(config.istio.istiod.values, provider) === "kubernetes";
  const removedProvider = (): Finding => ({
    path: valuesPath("istiod", ...provider),
    message: `the istiod chart fails on ${nameOf(provider)}: kubernetes${byVersion(config, version)}`,
    suggestion: "Remove the value: istiod is its own provider.",
  });
  const removed = istiodRemoved
    .map((dotted) => dotted.split("."))
    .filter((path) => valueAt(config.istio.istiod.values, path) !== undefined)
    .map((path) => ({
      path: valuesPath("istiod", ...path),
      message: `the istiod chart fails on ${path.join(".")}: it was removed${byVersion(config, version)}`,
      suggestion: "Remove the value; the Telemetry API replaces it.",
    }));
  return isProviderRemoved ? [...removed, removedProvider()] : removed;
}

function unknownRootFindings(config: Config): Finding[] {
  const { version, gatewayRootKeys } = chartRefusals(config.istio.version);
  return Object.keys(config.istio.gateway.values)
    .filter(
      (key) =>
        !gatewayRootKeys.includes(key) && key !== "_internal_defaults_do_not_set" && key !== "defaults",
    )
    .map((key) => ({
      path: valuesPath("gateway", key),
      message: `the gateway chart fails on the unknown value ${nameOf([key])}${byVersion(config, version)}`,
      suggestion: didYouMean(key, gatewayRootKeys) ?? `Known: ${gatewayRootKeys.join(", ")}.`,
    }));
}

function typeFindings(config: Config): Finding[] {
  const { version, gatewayTypes } = chartRefusals(config.istio.version);
  return typeMismatches(gatewayTypes, config.istio.gateway.values).map(({ path, expected, found }) => ({
    path: valuesPath("gateway", ...path),
    message: `the gateway chart fails on ${nameOf(path)}: expected ${expected}, found ${show(found)}${byVersion(config, version)}`,
    suggestion: expected === "text" && typeof found === "number" ? "Put it in quotes." : "Correct the value.",
  }));
}

function servicePortFindings(config: Config): Finding[] {
  const networkGateway = valueAt(effectiveGatewayValues(config), ["networkGateway"]);
  if (networkGateway !== undefined && networkGateway !== "") {
    return [
      {
        path: valuesPath("gateway", "networkGateway"),
        message:
          "networkGateway replaces the ports of the gateway's Service: the Ingresses would point at ports that are not there",
        suggestion: "Install an east-west gateway as a release of its own.",
      },
    ];
  }
  const ports = gatewayServicePorts(config);
  return [statusPort, httpPort]
    .filter((needed) => !ports.some(({ port }) => port === needed))
    .map((missing) => ({
      path: valuesPath("gateway", "service", "ports"),
      message: `expected port ${missing} among service.ports, found ${ports.map(({ port }) => port).join(", ") || "none"}`,
      suggestion:
        "The list replaces the chart's: write out status-port 15021, http2 80 and https 443 as well.",
    }));
}

export const istioValueRules: readonly ConfigRule[] = [
  {
    code: "istio/null-value",
    severity: "error",
    check: (config) =>
      ownValues(config)
        .filter(({ value }) => value === null)
        .map(({ chart, path }) => ({
          path: valuesPath(chart, ...path),
          message: `${nameOf(path)}: null is lost on the way to Argo CD, and deletes no default in Istio's charts`,
          suggestion: adviseOnNull(chart, path, config.istio.version),
        })),
  },
  { code: "istio/internal-defaults", severity: "error", check: reservedKeyFindings },
  { code: "istio/unknown-name", severity: "error", check: unknownNameFindings },
  { code: "istio/removed-value", severity: "error", check: removedValueFindings },
  { code: "istio/unknown-root-value", severity: "error", check: unknownRootFindings },
  { code: "istio/value-type", severity: "error", check: typeFindings },
  {
    code: "istio/service-type",
    severity: "error",
    check: (config) => {
      const type = valueAt(config.istio.gateway.values, ["service", "type"]);
      if (type === undefined || type === null || type === "NodePort") return []; // null has a rule of its own
      return [
        {
          path: valuesPath("gateway", "service", "type"),
          message: `expected NodePort, found ${show(type)}: the load balancers reach the gateway through NodePorts`,
          suggestion: "Remove the line.",
        },
      ];
    },
  },
  { code: "istio/service-ports", severity: "error", check: servicePortFindings },
];
