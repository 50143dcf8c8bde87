// Stage 1: the security policies of Application Load Balancers, by family and date. There are no others: nobody can make one.
// Source: AWS, user guide of Application Load Balancers, Security policies, as of 2026-09; read 2026-12-01.
import { closestMatch } from "leven";
import type { Grammar } from "./alb-grammars.ts";
import { sslPolicy } from "./patterns.ts";

const families: Readonly<Record<string, readonly string[]>> = {
  "2015-04": ["TLS-1-0"],
  "2015-05": [""],
  "2016-08": [""],
  "2017-01": ["TLS-1-1", "TLS-1-2"],
  "2018-06": ["FS", "TLS-1-2-Ext"],
  "2019-08": ["FS-1-1", "FS-1-2", "FS-1-2-Res"],
  "2020-10": ["FS-1-2-Res"],
  "2021-06": ["1-0", "1-1", "1-2", "1-2-Ext1", "1-2-Ext2", "1-2-Res", "1-3"].map((name) => `TLS13-${name}`),
  "2023-04": ["1-0", "1-1", "1-2", "1-2-Ext0", "1-2-Ext1", "1-2-Ext2", "1-2-Res", "1-3"].map(
    (name) => `TLS13-${name}-FIPS`,
  ),
  "2023-07": [
    ...["1-2", "1-2-Ext0", "1-3"].map((name) => `TLS13-${name}-RFC9151-FIPS`),
    ...["1", "2", "3", "4"].map((number) => `TLS13-1-2-RFC9151-INTEROP${number}-FIPS`),
  ],
  "2025-09": [
    ...["1-0", "1-2", "1-2-Ext1", "1-2-Ext2", "1-2-Res", "1-3"].map((name) => `TLS13-${name}-PQ`),
    ...["1-0", "1-2", "1-2-Ext0", "1-2-Ext1", "1-2-Ext2", "1-2-Res", "1-3"].map(
      (name) => `TLS13-${name}-FIPS-PQ`,
    ),
  ],
};

const newestDate = "2026-09";

const policies = Object.entries(families).flatMap(([date, names]) =>
  names.map((name) => ["ELBSecurityPolicy", name, date].filter((part) => part !== "").join("-")),
);

/** AWS adds policies: refused is what is two letters away from a known one and not of a later date. */
export const judgeSslPolicy: Grammar = (value) => {
  if (!sslPolicy.regex.test(value)) return sslPolicy.expected;
  if (policies.includes(value)) return undefined;
  const date = /-(20\d\d-(?:0[1-9]|1[0-2]))$/.exec(value)?.[1];
  if (date !== undefined && date > newestDate) return undefined;
  const nearest = closestMatch(value, policies, { maxDistance: 2 });
  if (nearest !== undefined) return `the security policy ${nearest}`;
  return date === undefined ? "a security policy that ends with its date" : undefined;
};
