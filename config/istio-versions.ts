// Stage 1: what differs between Istio's releases. One row per minor.

/**
 * Newest chart version that could be verified (istio.io, announcing-1.31.1, 2026-09-21). 1.31.4 and 1.32.0 are released
 * (istio.io/api on the Go module proxy, both 2026-10-21), but their charts could not be had to be measured.
 */
export const defaultIstioVersion = "1.31.1";

/** Until when releases are known here. */
export const releasesKnownUntil = "2026-12-01";

interface IstioMinor {
  /** Newest patch that is known: a tag of istio.io/api, which is tagged with each release of Istio (Go module proxy). */
  readonly newestPatch: number;
  /** Lowest patch without a defect that hurts this set-up. */
  readonly safePatch: number;
  readonly reason?: string;
  /** First patch whose charts read `base.validationFailurePolicy` (measured: tags 1.26 to 1.31.0-rc.0). */
  readonly validationFailurePolicyFrom: number;
}

/** The minors whose charts were measured (config/istio-values.json). A newer minor is treated like the newest row. */
const istioMinors: Readonly<Record<string, IstioMinor>> = {
  "1.28": { newestPatch: 10, safePatch: 0, validationFailurePolicyFrom: 6 },
  "1.29": { newestPatch: 6, safePatch: 0, validationFailurePolicyFrom: 2 },
  "1.30": {
    newestPatch: 8,
    safePatch: 3,
    reason:
      "1.30.0 to 1.30.2 push the whole configuration to every proxy when only metadata of a VirtualService changes, as Argo CD does (istio#60629)",
    validationFailurePolicyFrom: 0,
  },
  "1.31": { newestPatch: 4, safePatch: 0, validationFailurePolicyFrom: 0 },
};

/** The newest patch that is known of a minor such as `1.28`; undefined for a minor that was not measured. */
export function newestKnown(minor: string): string | undefined {
  const row = istioMinors[minor];
  return row === undefined ? undefined : `${minor}.${row.newestPatch}`;
}

export interface IstioVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** Parses an exact version that `patterns.istioVersion` accepted; a pre-release suffix is dropped. */
export function parseIstioVersion(version: string): IstioVersion {
  const [major = 0, minor = 0, patch = 0] = version.replace("-", ".").split(".", 3).map(Number);
  return { major, minor, patch };
}

/** Negative where `a` is the older of two exact versions; a pre-release counts as its release. */
export function compareIstioVersions(a: string, b: string): number {
  const [x, y] = [parseIstioVersion(a), parseIstioVersion(b)];
  return x.major - y.major || x.minor - y.minor || x.patch - y.patch;
}

const minorOf = ({ major, minor }: IstioVersion): string => `${major}.${minor}`;

const compare = (a: string, b: string): number => {
  const [x, y] = [parseIstioVersion(`${a}.0`), parseIstioVersion(`${b}.0`)];
  return x.major - y.major || x.minor - y.minor;
};

const sortedMinors = Object.keys(istioMinors).sort(compare);
export const oldestIstioMinor = sortedMinors[0] ?? "";

/** The row that applies: the minor's own, or the newest for a minor nobody measured yet; undefined below the oldest. */
export function tryFindIstioMinor(version: string): IstioMinor | undefined {
  const minor = minorOf(parseIstioVersion(version));
  if (compare(minor, oldestIstioMinor) < 0) return undefined;
  return istioMinors[minor] ?? istioMinors[sortedMinors.at(-1) ?? ""];
}

/** The lowest patch to use of `1.30`, or of a version that is spelt in another way; undefined for what is no minor known here. */
export function sufficientPatch(text: string): string | undefined {
  const [, major = "", minor = ""] = /^[~^>=v\s]*(\d+)\.(\d+)/i.exec(text) ?? [];
  const found = sortedMinors.find((known) => known === `${major}.${minor}`);
  return found === undefined ? undefined : `${found}.${istioMinors[found]?.safePatch ?? 0}`;
}

/** What is not known of a version; undefined for a release of a minor whose charts were measured. */
export function tryFindUnknown(
  version: string,
): { readonly newest: string; readonly isMinor: boolean } | undefined {
  const parsed = parseIstioVersion(version);
  const minor = minorOf(parsed);
  const row = istioMinors[minor];
  if (row === undefined) return { newest: sortedMinors.at(-1) ?? "", isMinor: true };
  return parsed.patch <= row.newestPatch
    ? undefined
    : { newest: `${minor}.${row.newestPatch}`, isMinor: false };
}

/** Whether the charts can render the validation webhooks with `failurePolicy: Fail`, so that istiod has nothing to change. */
export function hasValidationFailurePolicy(version: string): boolean {
  const row = tryFindIstioMinor(version);
  return row !== undefined && parseIstioVersion(version).patch >= row.validationFailurePolicyFrom;
}

/** Of `available` versions the one to judge `version` by: same minor, else the nearest older, else the oldest. */
export function nearestVersion(version: string, available: readonly string[]): string {
  const sorted = [...available].sort((a, b) =>
    compare(minorOf(parseIstioVersion(a)), minorOf(parseIstioVersion(b))),
  );
  const minor = minorOf(parseIstioVersion(version));
  const notNewer = sorted.filter((candidate) => compare(minorOf(parseIstioVersion(candidate)), minor) <= 0);
  return notNewer.at(-1) ?? sorted[0] ?? version;
}

/** Where the charts and images come from where nobody says otherwise. */
export const defaultCharts = "https://blob.istio.io/istio-release/charts";
export const defaultHub = "docker.io/istio";

/** Repositories and hubs that the Istio project retires in December 2026 (istio.io, blog "An update on our move to AWS", 2026-08-21). */
export const retiredChartRepositories: readonly string[] = [
  "istio-release.storage.googleapis.com",
  "gcr.io/istio-release",
  "registry.istio.io/release",
];
export const retiredHubs: readonly string[] = ["gcr.io/istio-release", "registry.istio.io/release"];
