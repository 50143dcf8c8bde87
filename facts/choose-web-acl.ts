// Stage 2: which web ACL has the name. Pure. Names are unique within a region and scope (WAFv2 API).
import { type Choice, listLosers } from "./choice.ts";
import type { WebAclAnswer } from "./lock-schema.ts";
import type { WebAcl } from "./observed.ts";

export function chooseWebAcl(name: string, webAcls: readonly WebAcl[], where: string): Choice<WebAclAnswer> {
  const match = webAcls.find((webAcl) => webAcl.name === name);
  if (match !== undefined) {
    return { answer: { webAclArn: match.arn, chosenBy: "exact name" }, losers: [], warnings: [] };
  }
  const losers = webAcls.map((webAcl) => ({ name: webAcl.name, reason: "another name" }));
  return {
    code: "lookup/no-web-acl",
    message: `expected a web ACL of scope REGIONAL named ${name} ${where}, found none${listLosers(losers)}`,
    suggestion:
      "Correct the name (capitals count), or create it with scope REGIONAL: one of scope CLOUDFRONT cannot be attached to a load balancer.",
    losers,
    isEmpty: webAcls.length === 0,
  };
}
