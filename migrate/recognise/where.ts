// Region, account and name of the cluster, as the input tells them.
import type { JsonObject } from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import type { LiveState } from "../live.ts";
import { listOf } from "./alb-values.ts";
import type { Door } from "./door.ts";
import { tryReadAddress } from "./load-balancer-name.ts";

export interface WhereOptions {
  readonly cluster: string;
  readonly eksName: string | undefined;
  readonly region: string | undefined;
}

/** The key `cluster`; a region that nothing tells refuses the migration. */
export function clusterOf(
  state: LiveState,
  doors: readonly Door[],
  options: WhereOptions,
  findings: Findings,
): JsonObject {
  const { regions, accounts } = placesIn(state, doors);
  const region = options.region ?? regions[0];
  if (region === undefined)
    findings.step(
      "no-region",
      "",
      "Nothing in the input tells the cluster's region (no ARN, no load balancer's address): the file has none, and `synth` asks for it. Write cluster.region, or run again with --region REGION.",
    );
  if (regions.length > 1 && options.region === undefined)
    findings.refuse(
      "two-regions",
      "",
      `ARNs and addresses in the input are of several regions (${regions.join(", ")}). Add --region REGION, and give the files of one cluster only.`,
    );
  if (accounts.length > 1)
    findings.step(
      "two-accounts",
      "",
      `ARNs in the input are of several accounts (${accounts.join(", ")}): cluster.account says ${accounts[0]}, that of the first. Look whether it is the cluster's.`,
    );
  const eksName = options.eksName ?? eksNameIn(state);
  return {
    name: options.cluster,
    ...(eksName !== undefined && eksName !== options.cluster && { eksName }),
    ...(region !== undefined && { region }),
    ...(accounts[0] !== undefined && { account: accounts[0] }),
  };
}

/** What the doors name; of other facts only where these tell nothing: a state may hold a certificate of CloudFront's region. */
function placesIn(state: LiveState, doors: readonly Door[]) {
  const ofDoors = doors.flatMap(({ view }) =>
    [...listOf(view.alb["certificate-arn"]), ...listOf(view.alb["wafv2-acl-arn"])].map(placeOf),
  );
  const ofStatus = doors.flatMap(({ view }) => {
    const region = view.address === undefined ? undefined : tryReadAddress(view.address)?.region;
    return region === undefined ? [] : [{ region, account: "" }];
  });
  const ofFacts = state.awsFacts.flatMap((fact) =>
    "arn" in fact && fact.arn !== undefined ? [placeOf(fact.arn)] : [],
  );
  const unique = (texts: readonly string[]) => [...new Set(texts.filter((text) => text !== ""))];
  const regions = unique([...ofStatus, ...ofDoors].map(({ region }) => region));
  const accounts = unique(ofDoors.map(({ account }) => account));
  return {
    regions: regions.length > 0 ? regions : unique(ofFacts.map(({ region }) => region)),
    accounts: accounts.length > 0 ? accounts : unique(ofFacts.map(({ account }) => account)),
  };
}

/** `arn:partition:service:region:account:resource` */
function placeOf(arn: string): { readonly region: string; readonly account: string } {
  const [prefix, , , region = "", account = ""] = arn.split(":", 6);
  return prefix === "arn"
    ? { region, account: /^\d{12}$/.test(account) ? account : "" }
    : { region: "", account: "" };
}

/** What EKS calls the cluster, where the input has it. */
export const eksNameIn = ({ awsFacts }: LiveState): string | undefined =>
  awsFacts.flatMap((fact) => (fact.kind === "cluster" ? [fact.name] : []))[0];
