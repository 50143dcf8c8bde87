// What the gateway chart prints straight into Kubernetes' objects: held against what the API server accepts, and a Service
// against the doors that lead to it.
import { formatPath, show } from "../../core/format-value.ts";
import { isJsonArray, isJsonObject, type Path, valueAt } from "../../core/json.ts";
import { type GatewayChartRelease, gatewayChartRelease } from "../chart-releases.ts";
import { type Config, doorsOf } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { withGlobalsAtRoot } from "../gateway-release.ts";
import { helmValues } from "../helm-values.ts";
import { parseIstioVersion } from "../istio-versions.ts";
import { otherValues, type PrintedValue, serviceTypeOf, serviceValues } from "../printed-values.ts";
import { valuesPath } from "./own-values.ts";

function findingsOf(printed: readonly PrintedValue[], config: Config): Finding[] {
  return config.gateways.flatMap((gateway) => {
    const release = gatewayChartRelease(config, gateway);
    const values = withGlobalsAtRoot(helmValues(config, release));
    return printed.flatMap(({ path, judge, since }) => {
      const written = writtenPath(release, path);
      const value = valueAt(withGlobalsAtRoot(release.values), path);
      if (parseIstioVersion(release.version).minor < since) return [];
      if (written === undefined || value === undefined || value === null || value === "") return [];
      return judge(value, values).map(({ at = [], expected }) => ({
        path: valuesPath(release, ...written, ...at),
        message: `${formatPath([...path, ...at])}: expected ${expected}, found ${show(valueAt(value, at))}: the API server would refuse the object, and the gateway would never be installed`,
        suggestion: "Correct or remove it.",
      }));
    });
  });
}

/** Where a value stands of its own: at the root, or below `global` only. */
function writtenPath({ values }: GatewayChartRelease, path: readonly string[]): Path | undefined {
  return [path, ["global", ...path]].find((each) => valueAt(values, each) !== undefined);
}

/** "unsupported IPv6 configuration, lb not dual-stack": model_build_target_group.go of the controller, run. */
function ipFamilyFindings(config: Config): Finding[] {
  return config.gateways.flatMap((gateway) => {
    const release = gatewayChartRelease(config, gateway);
    const values = withGlobalsAtRoot(release.values);
    const doors = doorsOf(config, gateway).filter(
      ({ annotations: all }) => !all["ip-address-type"]?.startsWith("dualstack"),
    );
    const families = valueAt(values, ["service", "ipFamilies"]);
    const policy = valueAt(values, ["service", "ipFamilyPolicy"]);
    const hasIpv6 = isJsonArray(families)
      ? families.includes("IPv6")
      : policy === "PreferDualStack" || policy === "RequireDualStack";
    const key = isJsonArray(families) && families.includes("IPv6") ? "ipFamilies" : "ipFamilyPolicy";
    const path = writtenPath(release, ["service", key]);
    if (!hasIpv6 || path === undefined || doors.length === 0) return [];
    return [
      {
        path: valuesPath(release, ...path),
        message: `expected a Service of IPv4, found ${show(valueAt(values, ["service", key]))} for service.${key}: the controller fails every ingress that leads there without ip-address-type dualstack (${doors.map((door) => door.key).join(", ")})`,
        suggestion: "Remove the line, or add the annotation ip-address-type: dualstack to these ingresses.",
      },
    ];
  });
}

const loadBalancerAnnotation = /^service\.beta\.kubernetes\.io\/aws-load-balancer-/;

/** What was written for a gateway with a load balancer of its own. */
function deadAnnotationFindings(config: Config): Finding[] {
  return config.gateways.flatMap((gateway) => {
    const release = gatewayChartRelease(config, gateway);
    if (serviceTypeOf(withGlobalsAtRoot(helmValues(config, release))) === "LoadBalancer") return [];
    return [["service", "annotations"], ["annotations"]].flatMap((path) => {
      const written = writtenPath(release, path);
      const found = valueAt(withGlobalsAtRoot(release.values), path);
      if (written === undefined || !isJsonObject(found)) return [];
      return Object.keys(found)
        .filter((key) => loadBalancerAnnotation.test(key))
        .map((key) => ({
          path: valuesPath(release, ...written, key),
          message: `nothing reads the annotation ${formatPath([key])} on a Service without a load balancer of its own`,
          suggestion: "Remove it. What it says of the load balancer has keys on the ingress.",
        }));
    });
  });
}

export const gatewayObjectRules: readonly ConfigRule[] = [
  { code: "istio/service-field", severity: "error", check: (config) => findingsOf(serviceValues, config) },
  { code: "istio/service-ip-family", severity: "error", check: ipFamilyFindings },
  { code: "istio/load-balancer-annotation", severity: "warning", check: deadAnnotationFindings },
  { code: "istio/kubernetes-value", severity: "error", check: (config) => findingsOf(otherValues, config) },
];
