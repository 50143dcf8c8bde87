import { show } from "../../core/format-value.ts";
import { isJsonArray, type JsonValue, type Path, valueAt } from "../../core/json.ts";
import { gatewayChartRelease, istiodRelease } from "../chart-releases.ts";
import type { Config } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { withGlobalsAtRoot } from "../gateway-release.ts";
import { helmValues } from "../helm-values.ts";
import {
  defaultCharts,
  oldestIstioMinor,
  parseIstioVersion,
  releasesKnownUntil,
  retiredChartRepositories,
  retiredHubs,
  tryFindIstioMinor,
  tryFindUnknown,
} from "../istio-versions.ts";
import { effectiveIstiodValues } from "../mesh-config.ts";
import { ownValues, valuesPath } from "./own-values.ts";

const retiredAdvice = "It is switched off in December 2026 (istio.io, An update on our move to AWS).";

const isUnder = (address: string, retired: readonly string[]): string | undefined => {
  const bare = address.toLowerCase().replace(/^https?:\/\//, "");
  return retired.find((prefix) => bare === prefix || bare.startsWith(`${prefix}/`));
};

/** Hubs stand in many places of the values: `global.hub`, `image`, `global.proxy.image`, init containers. */
function retiredHubFindings(config: Config): Finding[] {
  const own = ownValues(config).map(({ release, path, value }) => ({
    path: valuesPath(release, ...path),
    value,
  }));
  return [{ path: ["istio", "hub"], value: config.istio.hub }, ...own].flatMap(({ path, value }) => {
    const retired = typeof value === "string" ? isUnder(value, retiredHubs) : undefined;
    if (retired === undefined) return [];
    return [
      {
        path,
        message: `the image hub ${retired} is retired`,
        suggestion: `Use docker.io/istio or a cache of it. ${retiredAdvice}`,
      },
    ];
  });
}

/** `pilot.revision` is the same value to istiod's chart, and wins. */
const istiodRevision = (config: Config): JsonValue | undefined => {
  const values = helmValues(config, istiodRelease(config));
  return valueAt(values, ["pilot", "revision"]) ?? valueAt(values, ["revision"]) ?? "";
};

function revisionFindings(config: Config): Finding[] {
  const expected = config.istio.revision;
  const baseRevision = expected === "" ? "default" : expected;
  const actual: readonly {
    readonly path: Path;
    readonly found: JsonValue | undefined;
    readonly expected: string;
  }[] = [
    {
      path: ["istio", "base", "values", "defaultRevision"],
      found: valueAt(config.istio.base.values, ["defaultRevision"]) ?? baseRevision,
      expected: baseRevision,
    },
    { path: ["istio", "istiod", "values", "revision"], found: istiodRevision(config), expected },
  ];
  // A null has a rule of its own.
  const ofControlPlane = actual
    .filter(({ found, expected }) => found !== expected)
    .map(({ path, found, expected }) => ({
      path,
      message: `expected the revision ${JSON.stringify(expected)} as in istio.revision, found ${show(found)}: with two revisions nothing validates Istio's objects, or every write of one is refused`,
      suggestion: "Set istio.revision and remove this value: all charts follow it.",
    }));
  return [...ofControlPlane, ...gatewayRevisionFindings(config)];
}

/** The injector of istiod's revision serves a gateway, and so does that of each of its tags. */
function gatewayRevisionFindings(config: Config): Finding[] {
  const { revision } = config.istio;
  const tags = valueAt(effectiveIstiodValues(config.istio.istiod.values), ["revisionTags"]);
  return config.gateways
    .map((gateway) => gatewayChartRelease(config, gateway))
    .flatMap((release) => {
      const found = valueAt(withGlobalsAtRoot(helmValues(config, release)), ["revision"]) ?? "";
      if (found === revision || (isJsonArray(tags) && tags.includes(found))) return [];
      return [
        {
          path: valuesPath(release, "revision"),
          message: `expected the revision ${JSON.stringify(revision)} as in istio.revision, or one of istiod's revisionTags, found ${show(found)}: nothing would make a proxy of the gateway's pods`,
          suggestion:
            "Remove this value: the gateway follows istio.revision. Or add the tag to revisionTags of istiod's values.",
        },
      ];
    });
}

/** Of Istio, and of gateways that lag behind. */
const versionsOf = ({
  istio,
  gateways,
}: Config): readonly { readonly path: Path; readonly version: string }[] => [
  { path: ["istio", "version"], version: istio.version },
  ...gateways
    .filter(({ version }) => version !== istio.version)
    .map(({ key, version }) => ({ path: ["gateways", key, "version"], version })),
];

function unknownVersionFindings(config: Config): Finding[] {
  return versionsOf(config).flatMap(({ path, version }): Finding[] => {
    const unknown = tryFindIstioMinor(version) === undefined ? undefined : tryFindUnknown(version);
    if (unknown === undefined) return [];
    const { newest, isMinor } = unknown;
    return [
      isMinor
        ? {
            path,
            message: `expected a minor whose charts were measured, the newest of which is ${newest}, found ${version}: what its charts read or refuse is told as for the newest`,
            suggestion: "Read its upgrade notes, and let `meshfront check --charts` ask its charts.",
          }
        : {
            path,
            message: `expected a release that was known on ${releasesKnownUntil}, up to ${newest}, found ${version}: its charts were not measured, and if there is no such release, Argo CD finds no chart`,
            suggestion: `See whether it is published; otherwise use ${newest} or older.`,
          },
    ];
  });
}

export const istioVersionRules: readonly ConfigRule[] = [
  { code: "istio/unknown-version", severity: "warning", check: unknownVersionFindings },
  {
    code: "istio/version-unsupported",
    severity: "error",
    check: (config) =>
      versionsOf(config)
        .filter(({ version }) => tryFindIstioMinor(version) === undefined)
        .map(({ path, version }) => ({
          path,
          message: `expected Istio ${oldestIstioMinor} or newer, found ${version}: what older charts read was not measured`,
          suggestion: "Upgrade Istio one minor at a time.",
        })),
  },
  {
    code: "istio/unsafe-version",
    severity: "error",
    check: ({ istio }) => {
      const row = tryFindIstioMinor(istio.version);
      const { major, minor, patch } = parseIstioVersion(istio.version);
      if (row === undefined || patch >= row.safePatch) return [];
      return [
        {
          path: ["istio", "version"],
          message: `expected ${major}.${minor}.${row.safePatch} or a later patch, found ${istio.version}: ${row.reason}`,
          suggestion: `Use ${major}.${minor}.${row.safePatch} or newer.`,
        },
      ];
    },
  },
  {
    code: "istio/retired-charts",
    severity: "error",
    check: ({ istio }) => {
      const retired = isUnder(istio.charts, retiredChartRepositories);
      if (retired === undefined) return [];
      return [
        {
          path: ["istio", "charts"],
          message: `the chart repository ${retired} is retired`,
          suggestion: `Use ${defaultCharts} or ghcr.io/istio/release/charts. ${retiredAdvice}`,
        },
      ];
    },
  },
  { code: "istio/retired-hub", severity: "error", check: retiredHubFindings },
  {
    code: "istio/plain-http-charts",
    severity: "warning",
    check: ({ istio }) =>
      istio.charts.startsWith("http://")
        ? [
            {
              path: ["istio", "charts"],
              message: "charts come over plain http: whoever sits on the way can change them",
              suggestion: "Use https.",
            },
          ]
        : [],
  },
  { code: "istio/revision-disagreement", severity: "error", check: revisionFindings },
];
