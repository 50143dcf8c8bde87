// Who may connect: before and after.
import { authenticates } from "../../../config/alb-annotations.ts";
import { isCovered } from "../../../core/address-range.ts";
import { type ConsequenceRule, code, codes } from "./consequence.ts";
import {
  annotation,
  annotationsOf,
  forKeptIngresses,
  type IngressPair,
  listAnnotation,
  schemeOf,
} from "./ingress-pairs.ts";

export const exposureRules: readonly ConsequenceRule[] = [
  {
    code: "diff/opens",
    level: "critical",
    check: forKeptIngresses((pair) => {
      const opened = openings(pair);
      return opened.length === 0 ? undefined : sentences([...opened, ...closings(pair).map(alsoCloses)]);
    }),
    source:
      "AWS Load Balancer Controller v3.5.0, docs/guide/ingress/annotations.md (scheme, inbound-cidrs: 0.0.0.0/0 without it, auth-type, wafv2-acl-arn, ssl-redirect)",
  },
  {
    code: "diff/closes",
    level: "warning",
    // Of a door that opens in another way that is said there: nobody should read that it closes.
    check: forKeptIngresses((pair) => (openings(pair).length > 0 ? undefined : sentences(closings(pair)))),
    source: "AWS Load Balancer Controller v3.5.0, docs/guide/ingress/annotations.md (as diff/opens)",
  },
  {
    code: "diff/tls-policy",
    level: "warning",
    check: forKeptIngresses(({ before, after }) => {
      const [old, next] = [annotation(before, "ssl-policy"), annotation(after, "ssl-policy")];
      if (old === next) return undefined;
      const [was, is] = [lowestTls(old), lowestTls(next)];
      const effect =
        was === undefined || is === undefined || was === is
          ? ""
          : is < was
            ? `: TLS ${is} is accepted again`
            : `: clients need at least TLS ${is}`;
      return `TLS policy ${code(old || undefined)} -> ${code(next || undefined)}${effect}.`;
    }),
    source: "AWS, Security policies for your Application Load Balancer (elb-security-policies)",
  },
  {
    code: "diff/web-acl",
    level: "warning",
    check: forKeptIngresses(({ before, after }) => {
      const [old, next] = [webAclOf(before), webAclOf(after)];
      if (old === next || next === "none") return undefined;
      return next === ""
        ? `The annotation of the web ACL ${code(old)} goes, but the web ACL stays associated: only ${code("none")} detaches it.`
        : `Web ACL ${code(old || undefined)} -> ${code(next)}.`;
    }),
    source:
      "AWS Load Balancer Controller v2.8.2 and newer (pull request 3800): without the annotation the association is left alone; run with controller 3.5.0",
  },
];

const closings = ({ before, after }: IngressPair): readonly string[] =>
  openings({ before: after, after: before }, true);

const alsoCloses = (sentence: string): string => `At the same time: ${sentence}`;

const webAclOf = (object: IngressPair["after"]): string =>
  annotation(object, "wafv2-acl-name") || annotation(object, "wafv2-acl-arn");

/** What lets more people in from `before` to `after`. `reversed`: the same sentences for the way back. */
function openings({ before, after }: IngressPair, reversed = false): readonly string[] {
  const found: string[] = [];
  const say = (opened: string, closed: string) => found.push(reversed ? closed : opened);
  if (schemeOf(before) === "internal" && schemeOf(after) === "internet-facing") {
    say(
      "The load balancer can be reached from the internet.",
      "The load balancer can no longer be reached from the internet.",
    );
  }
  const [old, next] = [cidrsOf(before), cidrsOf(after)];
  const wider = next.filter((cidr) => !isCovered(cidr, old));
  if (wider.length > 0 && annotation(after, "security-groups") === "") {
    say(`Clients from ${codes(wider)} may connect.`, `Clients from ${codes(wider)} may no longer connect.`);
  }
  if (authenticates(annotationsOf(before)) && !authenticates(annotationsOf(after))) {
    say("Requests need no authentication any more.", "Requests need authentication.");
  }
  if (webAclOf(before) !== "none" && webAclOf(after) === "none") {
    say("Any web ACL is detached.", "A web ACL may be attached again: nothing detaches it any more.");
  }
  if (annotation(before, "ssl-redirect") !== "" && annotation(after, "ssl-redirect") === "") {
    say(
      "Requests by plain HTTP are served and not redirected.",
      "Requests by plain HTTP are redirected to HTTPS.",
    );
  }
  return found;
}

/** Everybody, where nothing is said: also prefix lists count as nobody. */
function cidrsOf(object: IngressPair["after"]): readonly string[] {
  const cidrs = listAnnotation(object, "inbound-cidrs");
  return cidrs.length > 0 || annotation(object, "security-group-prefix-lists") !== ""
    ? cidrs
    : ["0.0.0.0/0", "::/0"];
}

const sentences = (found: readonly string[]): string | undefined =>
  found.length === 0 ? undefined : found.join(" ");

/** The oldest TLS that a policy of AWS accepts, by its name; undefined for one that is not understood. */
function lowestTls(policy: string): string | undefined {
  if (policy === "" || policy === "ELBSecurityPolicy-2016-08" || policy === "ELBSecurityPolicy-FS-2018-06")
    return "1.0";
  const [, major, minor] = /^ELBSecurityPolicy-(?:TLS13-|TLS-|FS-)(\d)-(\d)-/.exec(policy) ?? [];
  return major === undefined ? undefined : `${major}.${minor}`;
}
