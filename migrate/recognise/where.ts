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
  const arns = doors.flatMap(({ view }) => [
    ...listOf(view.alb["certificate-arn"]),
    ...listOf(view.alb["wafv2-acl-arn"]),
  ]);
  const places = arns.map((arn) => arn.split(":", 6)).filter(([arn]) => arn === "arn");
  const ofStatus = doors.flatMap(({ view }) =>
    view.address === undefined ? [] : (tryReadAddress(view.address)?.region ?? []),
  );
  const ofFacts = state.awsFacts.flatMap((fact) =>
    "arn" in fact && fact.arn !== undefined ? [fact.arn.split(":")[3] ?? ""] : [],
  );
  const regions = [
    ...new Set(
      [...ofStatus, ...places.map((place) => place[3] ?? ""), ...ofFacts].filter((region) => region !== ""),
    ),
  ];
  const accounts = [
    ...new Set(places.map((place) => place[4] ?? "").filter((account) => /^\d{12}$/.test(account))),
  ];
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

/** What EKS calls the cluster, where the input has it. */
export const eksNameIn = ({ awsFacts }: LiveState): string | undefined =>
  awsFacts.flatMap((fact) => (fact.kind === "cluster" ? [fact.name] : []))[0];
