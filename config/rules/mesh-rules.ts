// What istiod and the proxies make of `meshConfig`, and of the settings in the annotation of a gateway's pods.
import { formatPath, show } from "../../core/format-value.ts";
import { type JsonValue, type Path, valueAt } from "../../core/json.ts";
import { gatewayChartRelease, istiodRelease } from "../chart-releases.ts";
import { type Config, doorsOf, type GatewayConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { helmValues } from "../helm-values.ts";
import { gatewayTopology } from "../mesh-config.ts";
import { meshMismatches, meshSchemaVersion } from "../mesh-schema.ts";
import { ownProxyConfig, parseProxyConfig, proxyConfigAnnotation } from "../proxy-config.ts";
import type { TypeMismatch } from "../published-types.ts";
import { valuesPath } from "./own-values.ts";

interface Place {
  readonly message: "MeshConfig" | "ProxyConfig";
  readonly value: JsonValue;
  /** Where the file has it. */
  readonly at: Path;
  /** Whether the file has the parts of it too, or one text that holds all. */
  readonly isText: boolean;
  /** Who reads it. */
  readonly reader: string;
}

const places = (config: Config): readonly Place[] => [
  ...meshPlaces(config),
  ...config.gateways.flatMap((gateway) => annotationPlaces(config, gateway)),
];

function meshPlaces(config: Config): readonly Place[] {
  const release = istiodRelease(config);
  return [["meshConfig"], ["pilot", "meshConfig"]].flatMap((path): Place[] => {
    const value = valueAt(release.values, path);
    if (value === undefined || value === null) return [];
    return [
      { message: "MeshConfig", value, at: valuesPath(release, ...path), isText: false, reader: "istiod" },
    ];
  });
}

function annotationPlaces(config: Config, gateway: GatewayConfig): readonly Place[] {
  const value = parseProxyConfig(ownProxyConfig(gateway.values));
  if (value === undefined) return [];
  const at = annotationPath(config, gateway);
  return [{ message: "ProxyConfig", value, at, isText: true, reader: "the gateway's proxy" }];
}

/** Below `global` where it stands there only. */
function annotationPath(config: Config, gateway: GatewayConfig): Path {
  const path = ["podAnnotations", proxyConfigAnnotation];
  const isAtRoot = valueAt(gateway.values, path) !== undefined;
  return valuesPath(gatewayChartRelease(config, gateway), ...(isAtRoot ? path : ["global", ...path]));
}

const mismatchFindings = (config: Config, isUnknown: boolean): Finding[] =>
  places(config).flatMap((place) =>
    meshMismatches(place.message, place.value)
      .filter((mismatch) => mismatch.isUnknown === isUnknown)
      .map((mismatch) => finding(place, mismatch)),
  );

function finding(
  { at, isText, reader }: Place,
  { path, isUnknown, message, suggestion }: TypeMismatch,
): Finding {
  const name = formatPath([...(isText ? [] : at.slice(3)), ...path]);
  const effect = isUnknown ? `${reader} ignores it, silently` : `${reader} refuses all of it`;
  return {
    path: isText ? at : [...at, ...path],
    message: `${name}: ${message} (protos of Istio ${meshSchemaVersion}): ${effect}`,
    suggestion,
  };
}

function unreadableFindings(config: Config): Finding[] {
  return config.gateways.flatMap((gateway) => {
    const own = ownProxyConfig(gateway.values);
    if (own === undefined || own === null || parseProxyConfig(own) !== undefined) return [];
    return [
      {
        path: annotationPath(config, gateway),
        message: `${proxyConfigAnnotation}: expected text that holds a YAML map, found ${show(own)}: the gateway's proxies would not start`,
        suggestion: `Write for instance '{"drainDuration": "20s"}', in quotes.`,
      },
    ];
  });
}

/** Envoy behind a load balancer that it does not trust overwrites X-Forwarded-Proto with http: redirects never end. */
function trustFindings(config: Config): Finding[] {
  const inMesh = valueAt(gatewayTopology(config.istio.istiod.values), ["numTrustedProxies"]);
  const meshPath = valuesPath(
    istiodRelease(config),
    ...["meshConfig", "defaultConfig", "gatewayTopology", "numTrustedProxies"],
  );
  return config.gateways
    .filter((gateway) => doorsOf(config, gateway).length > 0)
    .flatMap((gateway) => {
      const values = helmValues(config, gatewayChartRelease(config, gateway));
      const settings = parseProxyConfig(valueAt(values, ["podAnnotations", proxyConfigAnnotation]));
      const found = valueAt(settings, ["gatewayTopology", "numTrustedProxies"]);
      if (found === undefined || Number.isNaN(Number(found))) return []; // of another type is said elsewhere
      const own = valueAt(parseProxyConfig(ownProxyConfig(gateway.values)), [
        "gatewayTopology",
        "numTrustedProxies",
      ]);
      const isOwn = own !== undefined || inMesh === undefined;
      const path = isOwn ? annotationPath(config, gateway) : meshPath;
      const isContradicted =
        gateway.trustedProxies !== Number(inMesh ?? 1) && Number(found) !== gateway.trustedProxies;
      if (isContradicted)
        return [
          {
            path,
            message: `expected numTrustedProxies ${gateway.trustedProxies} as in trustedProxies, found ${show(found)}, which would win`,
            suggestion: "Keep one of the two.",
          },
        ];
      if (Number(found) >= 1) return [];
      return [
        {
          path,
          message: `expected numTrustedProxies of at least 1, found ${show(found)}: a load balancer stands in front of the gateway ${gateway.key}, and Envoy would tell every application that requests came by plain HTTP`,
          suggestion: "Write 1 for the load balancer, 2 with a CDN before it, or remove the line.",
        },
      ];
    });
}

export const meshRules: readonly ConfigRule[] = [
  { code: "istio/proxy-config", severity: "error", check: unreadableFindings },
  { code: "istio/mesh-field-type", severity: "error", check: (config) => mismatchFindings(config, false) },
  {
    code: "istio/unknown-mesh-field",
    severity: "warning",
    check: (config) => mismatchFindings(config, true),
  },
  { code: "istio/trusted-proxies", severity: "error", check: trustFindings },
];
