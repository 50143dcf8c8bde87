// Who may connect: before and after.
import { openingsOf, securityGroupsOf } from "../../../config/door-access.ts";
import { type ConsequenceRule, code, codes } from "./consequence.ts";
import { annotation, annotationsOf, forKeptIngresses, type IngressPair } from "./ingress-pairs.ts";

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
    code: "diff/security-groups",
    level: "warning",
    check: forKeptIngresses(({ before, after }) => {
      const [old, next] = [before, after].map((object) => securityGroupsOf(annotationsOf(object)));
      if (old?.join() === next?.join() || next === undefined) return undefined;
      return next.length === 0
        ? `The security groups ${codes(old ?? [])} go, and with them whatever they let in.`
        : `From now on the security groups ${codes(next)} decide who may connect: meshfront does not read them.`;
    }),
    source:
      "AWS Load Balancer Controller v3.5.0, docs/guide/ingress/annotations.md (security-groups: inbound-cidrs and prefix lists are ignored beside it)",
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
  const found = openingsOf(annotationsOf(before), annotationsOf(after)).map(({ opened, closed }) =>
    reversed ? closed : opened,
  );
  const say = (opened: string, closed: string) => found.push(reversed ? closed : opened);
  if (webAclOf(before) !== "none" && webAclOf(after) === "none") {
    say("Any web ACL is detached.", "A web ACL may be attached again: nothing detaches it any more.");
  }
  if (!servesPlainHttp(before) && servesPlainHttp(after)) {
    say(
      "Requests by plain HTTP are served and not redirected.",
      "Requests by plain HTTP are no longer served.",
    );
  }
  return found.filter((sentence) => sentence !== undefined);
}

/** Without `listen-ports` the controller listens on 443, or on 80 where no certificate is named. */
const servesPlainHttp = (object: IngressPair["after"]): boolean =>
  annotation(object, "ssl-redirect") === "" &&
  (annotation(object, "listen-ports") === ""
    ? annotation(object, "certificate-arn") === ""
    : annotation(object, "listen-ports").includes('"HTTP"'));

const sentences = (found: readonly string[]): string | undefined =>
  found.length === 0 ? undefined : found.join(" ");

/** The oldest TLS that a policy of AWS accepts, by its name; undefined for one that is not understood. */
function lowestTls(policy: string): string | undefined {
  if (policy === "" || policy === "ELBSecurityPolicy-2016-08" || policy === "ELBSecurityPolicy-FS-2018-06")
    return "1.0";
  const [, major, minor] = /^ELBSecurityPolicy-(?:TLS13-|TLS-|FS-)(\d)-(\d)-/.exec(policy) ?? [];
  return major === undefined ? undefined : `${major}.${minor}`;
}
