import { ListWebACLsCommand, type WAFV2Client } from "@aws-sdk/client-wafv2";
import type { WebAcl } from "../observed.ts";
import { type CallContext, call, type Sender } from "./call.ts";
import { collectPages } from "./collect-pages.ts";

/** All web ACLs of scope REGIONAL: those of CLOUDFRONT cannot be attached to a load balancer. */
export const listWebAcls = (wafv2: Sender<WAFV2Client>, context: CallContext): Promise<readonly WebAcl[]> =>
  collectPages("wafv2:ListWebACLs", async (token) => {
    const command = new ListWebACLsCommand({ Scope: "REGIONAL", Limit: 100, NextMarker: token });
    const output = await call("wafv2:ListWebACLs", context, (options) => wafv2.send(command, options));
    const items = output.WebACLs?.map(({ Name = "", ARN = "" }) => ({ name: Name, arn: ARN }));
    return { items, next: output.NextMarker };
  });
