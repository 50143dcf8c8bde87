// What is changed in place: listeners, certificates, subnets, health checks.
import { tryFindItems } from "../annotation-items.ts";
import { type ConsequenceRule, code, codes } from "./consequence.ts";
import { annotation, forKeptLoadBalancers, type IngressPair, listAnnotation } from "./ingress-pairs.ts";

const inPlace = "AWS Load Balancer Controller v3.5.0: changed by Modify and Set calls, nothing is replaced";

const healthSuffixes = [
  "healthcheck-port",
  "healthcheck-path",
  "healthcheck-protocol",
  "healthcheck-interval-seconds",
  "healthcheck-timeout-seconds",
  "healthy-threshold-count",
  "unhealthy-threshold-count",
  "success-codes",
];

export const listenerRules: readonly ConsequenceRule[] = [
  {
    code: "diff/listeners",
    level: "warning",
    check: forKeptLoadBalancers((pair) => {
      const [before, after] = itemsOf(pair, "listen-ports");
      const [gone, came] = differ(before, after);
      const words = [
        ...(gone.length === 0 ? [] : [`The listeners ${codes(gone)} are deleted: nobody answers there.`]),
        ...(came.length === 0 ? [] : [`The listeners ${codes(came)} are created.`]),
      ];
      return words.length === 0 ? undefined : words.join(" ");
    }),
    source: "AWS Load Balancer Controller v3.5.0, listener_synthesizer.go (unmatched listeners are deleted)",
  },
  {
    code: "diff/certificate",
    level: "warning",
    check: forKeptLoadBalancers((pair) => {
      const before = listAnnotation(pair.before, "certificate-arn");
      const after = listAnnotation(pair.after, "certificate-arn");
      if (before.join() === after.join()) return undefined;
      const [gone, came] = differ(before, after);
      const first =
        before[0] === after[0] ? "" : ` Clients that name no known host get ${code(after[0])}, the first.`;
      return `${[...list("Certificates that go:", gone), ...list("Certificates that come:", came)].join(" ")}${first} The load balancer stays.`.trim();
    }),
    source: `AWS Load Balancer Controller v3.5.0, docs/guide/ingress/annotations.md (certificate-arn: the first is the default). ${inPlace}`,
  },
  {
    code: "diff/subnets",
    level: "note",
    check: forKeptLoadBalancers((pair) => {
      const [gone, came] = differ(
        listAnnotation(pair.before, "subnets"),
        listAnnotation(pair.after, "subnets"),
      );
      const words = [...list("Subnets that go:", gone), ...list("Subnets that come:", came)];
      return words.length === 0 ? undefined : `${words.join(" ")} The load balancer stays.`;
    }),
    source: "AWS Load Balancer Controller v3.5.0, load_balancer_manager.go (SetSubnets)",
  },
  {
    code: "diff/attribute-stays",
    level: "note",
    check: forKeptLoadBalancers((pair) => {
      const gone = ["load-balancer-attributes", "target-group-attributes"].flatMap((suffix) => {
        const [before, after] = itemsOf(pair, suffix);
        const keys = new Set(after.map(keyOf));
        return before.filter((item) => !keys.has(keyOf(item)));
      });
      return gone.length === 0
        ? undefined
        : `Attributes that are left out keep their value in AWS: ${codes(gone)}.`;
    }),
    source:
      "AWS Load Balancer Controller v3.5.0, load_balancer_attribute_reconciler.go and target_group_attributes_reconciler.go: attributes that are not listed are not reset",
  },
  {
    code: "diff/health-check",
    level: "warning",
    check: forKeptLoadBalancers((pair) => {
      const changed = healthSuffixes.filter(
        (suffix) => annotation(pair.before, suffix) !== annotation(pair.after, suffix),
      );
      if (changed.length === 0) return undefined;
      const words = changed.map(
        (suffix) =>
          `${suffix} ${code(annotation(pair.before, suffix) || undefined)} -> ${code(annotation(pair.after, suffix) || undefined)}`,
      );
      return `The targets are judged anew, in the same target group: ${words.join(", ")}.`;
    }),
    source:
      "AWS Load Balancer Controller v3.5.0, pkg/deploy/elbv2/target_group_manager.go (ModifyTargetGroup); run with controller 3.5.0",
  },
];

const itemsOf = (
  { before, after }: IngressPair,
  suffix: string,
): readonly [readonly string[], readonly string[]] => {
  const read = (value: string) => tryFindItems(`alb.ingress.kubernetes.io/${suffix}`, value) ?? [];
  return [read(annotation(before, suffix)), read(annotation(after, suffix))];
};

const keyOf = (pair: string): string => pair.replace(/=.*$/s, "");

const differ = (before: readonly string[], after: readonly string[]) =>
  [before.filter((item) => !after.includes(item)), after.filter((item) => !before.includes(item))] as const;

const list = (heading: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`${heading} ${codes(items)}.`];
