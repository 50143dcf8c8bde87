// The values as the templates see them, after the charts' own aliases and profiles (their zzz_profile.yaml).

import { deepMerge, isJsonObject, type JsonObject, type JsonValue, valueAt } from "../../core/json.ts";
import { oncePer } from "../../core/once-per.ts";
import { type ChartRelease, istiodRelease } from "../chart-releases.ts";
import type { Config } from "../config.ts";
import { withGlobalsAtRoot } from "../gateway-release.ts";
import { helmValues } from "../helm-values.ts";
import { parseIstioVersion } from "../istio-versions.ts";

/** Every written value is held against them, so they are merged once. */
export const effectiveValues = oncePer((config: Config, release: ChartRelease): JsonObject => {
  const values = helmValues(config, release);
  if (release.chart === "gateway") return withGlobalsAtRoot(values);
  if (release.chart !== "istiod") return values;
  const { root } = profileValues(config);
  return deepMerge(deepMerge(root, values), pilotLayer(config));
});

/** What wins over the keys at the root of istiod's values: `pilot`, as a profile sets it and the user over that. */
export const pilotLayer = oncePer((config: Config): JsonObject => {
  const own = valueAt(helmValues(config, istiodRelease(config)), ["pilot"]);
  const { pilot } = profileValues(config);
  return isJsonObject(own) ? deepMerge(pilot, own) : pilot;
});

interface ProfileValues {
  /** Loses against the user's values. */
  readonly root: JsonObject;
  /** Wins over the user's values at the root. */
  readonly pilot: JsonObject;
}

/** istiod's part of what the values `profile` and `compatibilityVersion` choose. */
export function profileValues(config: Config): ProfileValues {
  const values = helmValues(config, istiodRelease(config));
  const profile = textAt(values, "profile") ?? textAt(valueAt(values, ["global"]), "profile");
  const compatibility = textAt(values, "compatibilityVersion");
  const chosen = profile !== undefined && Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  return {
    root: chosen?.root ?? {},
    pilot: deepMerge(
      chosen?.pilot ?? {},
      compatibility === undefined ? {} : compatibilityValues(compatibility, config.istio.version),
    ),
  };
}

const textAt = (values: JsonValue | undefined, key: string): string | undefined => {
  const found = valueAt(values, [key]);
  return typeof found === "string" && found !== "" ? found : undefined;
};

/** istio/istio manifests/helm-profiles at 52c90974 (demo), 0c36a27c (ambient) and 51a20ef8 (remote): what bears on istiod's values. */
const profiles: Readonly<Record<string, Partial<ProfileValues>>> = {
  demo: {
    pilot: {
      autoscaleEnabled: false,
      traceSampling: 100,
      resources: { requests: { cpu: "10m", memory: "100Mi" } },
    },
  },
  ambient: { pilot: { env: { PILOT_ENABLE_AMBIENT: "true" } } },
  remote: {
    root: {
      configMap: false,
      telemetry: { enabled: false },
      global: { externalIstiod: true, omitSidecarInjectorConfigMap: true },
    },
  },
};

/** Minor whose behaviour each setting takes back (istio/istio manifests/helm-profiles/compatibility-version-1.25.yaml at 0c73fb93). */
const takenBack: Readonly<Record<string, number>> = {
  ENABLE_NATIVE_SIDECARS: 27,
  DISABLE_SHADOW_HOST_SUFFIX: 28,
  PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY: 28,
  DISABLE_TRACK_REMAINING_CB_METRICS: 29,
  PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE: 30,
};

function compatibilityValues(compatibility: string, istioVersion: string): JsonObject {
  const [from, to] = [parseIstioVersion(`${compatibility}.0`).minor, parseIstioVersion(istioVersion).minor];
  const settings = Object.entries(takenBack).filter(([, minor]) => from < minor && minor <= to);
  if (settings.length === 0) return {};
  return { env: Object.fromEntries(settings.map(([name]) => [name, "false"])) };
}
