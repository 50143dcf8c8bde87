// Who may connect, in which subnets, behind which web ACL.
import type { JsonObject } from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import { listOf } from "./alb-values.ts";
import type { IngressView } from "./ingress-view.ts";
import { titleOf } from "./objects.ts";

export const accessOf = (view: IngressView, findings: Findings): JsonObject => ({
  ...subnetsOf(view, findings),
  ...webAclOf(view, findings),
  ...rangesOf(view, findings),
  ...securityGroupsOf(view, findings),
});

function subnetsOf(view: IngressView, findings: Findings): JsonObject {
  const subnets = listOf(view.alb.subnets);
  const about = titleOf(view.object);
  if (subnets.length === 0) {
    findings.decision(
      "subnets",
      about,
      "No subnets are written: the controller discovers them by their tags. Ours looks up the VPC's public subnets (for an internal door the private ones) and pins them in the lock file; compare them with the live load balancer's before the first sync.",
    );
    return {};
  }
  const names = subnets.filter((subnet) => !/^subnet-[0-9a-f]+$/.test(subnet));
  if (names.length === 0) return { subnets: { ids: subnets } };
  findings.refuse(
    "subnet-names",
    about,
    `Subnets are named by their Name tag (${names.join(", ")}), and a cluster file takes ids or tags that all of them share. Put the ids into the live Ingress first: the same subnets, so nothing moves.`,
  );
  return {};
}

function webAclOf(view: IngressView, findings: Findings): JsonObject {
  const about = titleOf(view.object);
  for (const name of ["waf-acl-id", "web-acl-id"])
    if (view.alb[name] !== undefined)
      findings.leftOut(
        "waf-classic",
        about,
        `${name} names a web ACL of WAF Classic, which AWS has retired. Name a web ACL of WAFv2 under webAcl.`,
      );
  const arn = view.alb["wafv2-acl-arn"];
  const name = view.alb["wafv2-acl-name"];
  if (arn === "" || name === "")
    findings.decision(
      "empty-web-acl",
      about,
      "The web ACL's annotation is empty, which detaches whatever is attached, at every reconciliation. Ours leaves the annotation out: an attached web ACL stays. webAcl: none keeps detaching.",
    );
  if (arn === "none" || name === "none") return { webAcl: "none" };
  if (arn !== undefined && arn !== "") return { webAcl: { arn } };
  return name === undefined || name === "" ? {} : { webAcl: { name } };
}

function rangesOf(view: IngressView, findings: Findings): JsonObject {
  const ranges = listOf(view.alb["inbound-cidrs"]);
  const prefixLists = listOf(view.alb["security-group-prefix-lists"]);
  const hasGroups = listOf(view.alb["security-groups"]).length > 0;
  if (hasGroups && (ranges.length > 0 || prefixLists.length > 0)) {
    findings.fault(
      "ranges-ignored",
      titleOf(view.object),
      `inbound-cidrs and prefix lists stand beside security-groups, where the controller ignores them: the security groups alone decide who may connect. Ours keeps the groups; put the ranges ${[...ranges, ...prefixLists].join(", ")} into their rules if they are meant.`,
      "cosmetic",
    );
    return {};
  }
  return {
    ...(ranges.length > 0 && { inboundCidrs: ranges }),
    ...(prefixLists.length > 0 && { prefixLists }),
  };
}

function securityGroupsOf(view: IngressView, findings: Findings): JsonObject {
  const groups = listOf(view.alb["security-groups"]);
  if (groups.length === 0) return {};
  const about = titleOf(view.object);
  const names = groups.filter((group) => !/^sg-[0-9a-f]+$/.test(group));
  if (names.length > 0) {
    findings.refuse(
      "security-group-names",
      about,
      `Security groups are named by their Name tag (${names.join(", ")}), and a cluster file takes ids. Put the ids into the live Ingress first.`,
    );
    return {};
  }
  const managed = view.alb["manage-backend-security-group-rules"] === "true";
  if (!managed)
    findings.decision(
      "backend-rules",
      about,
      "The door has security groups of its own and does not let the controller open the nodes to them (manage-backend-security-group-rules is not true). Kept: manageBackendRules: false. It works as long as somebody else opens the targets to these groups.",
    );
  return { securityGroups: { ids: groups, manageBackendRules: managed } };
}
