// Which change keeps the load balancer, and which one makes another.
import { isProtected, unprotectCommand } from "../../deletion-protection.ts";
import type { OutputDiff, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code, codes, nameOfObject } from "./consequence.ts";
import {
  annotation,
  forKeptIngresses,
  forKeptLoadBalancers,
  type IngressPair,
  isIngress,
  listAnnotation,
  schemeOf,
  tryDescribeReplacement,
} from "./ingress-pairs.ts";
import { isClusterRemoved } from "./removal-rules.ts";

const identitySource =
  "AWS Load Balancer Controller v3.5.0, pkg/deploy/tracking/provider.go: a load balancer is found by tags that hold namespace and name of the Ingress; issues 2271, 3034";

export const loadBalancerRules: readonly ConsequenceRule[] = [
  {
    code: "diff/replaces-load-balancer",
    level: "critical",
    check: (diff) => [...renamed(diff), ...forKeptIngresses(tryDescribeReplacement)(diff)],
    source: `${identitySource}. Scheme: load_balancer_synthesizer.go deletes first; run with controller 3.5.0`,
  },
  {
    code: "diff/deletes-load-balancer",
    level: "critical",
    check: (diff) =>
      diff.objects.flatMap(({ fate, before }): readonly ConsequenceFinding[] =>
        fate === "removed" && before !== undefined && isIngress(before) && !isClusterRemoved(diff, before)
          ? [
              {
                object: before,
                message: `The controller deletes its load balancer ${code(annotation(before, "load-balancer-name"))}; a new one has another DNS name.`,
              },
            ]
          : [],
      ),
    source:
      "AWS Load Balancer Controller v3.5.0: its finalizer holds the Ingress until the load balancer is gone",
  },
  {
    code: "diff/protected-load-balancer",
    level: "critical",
    check: (diff) =>
      diff.objects.flatMap(({ fate, before }): readonly ConsequenceFinding[] =>
        (fate === "removed" || fate === "renamed") &&
        before !== undefined &&
        isIngress(before) &&
        isProtected(before.data)
          ? [{ object: before, message: describeProtection(before) }]
          : [],
      ),
    source:
      "AWS Load Balancer Controller v3.5.0, pkg/ingress/model_builder.go (deletion_protection is enabled, cannot delete the ingress); run with controller 3.5.0: the log line, no Event, and the way out",
  },
  {
    code: "diff/new-load-balancer",
    level: "note",
    check: (diff) =>
      diff.objects.flatMap(({ fate, after }): readonly ConsequenceFinding[] => {
        if (fate !== "added" || after === undefined || !isIngress(after)) return [];
        const cidrs = listAnnotation(after, "inbound-cidrs");
        const who = cidrs.length === 0 ? "any address may connect" : `${codes(cidrs)} may connect`;
        const name = code(annotation(after, "load-balancer-name"));
        return [
          { object: after, message: `A load balancer ${name} is created: ${code(schemeOf(after))}, ${who}.` },
        ];
      }),
    source: "AWS Load Balancer Controller v3.5.0, docs/guide/ingress/annotations.md (scheme, inbound-cidrs)",
  },
  {
    code: "diff/name-ignored",
    level: "warning",
    check: forKeptLoadBalancers((pair) => {
      const [before, after] = both(pair, "load-balancer-name");
      if (before === after) return undefined;
      return `Load balancer name ${code(before)} -> ${code(after)}: the controller ignores it while the load balancer lives; it keeps the old name.`;
    }),
    source:
      "AWS Load Balancer Controller v3.5.0, docs/guide/ingress/annotations.md (takes effect only during the creation); issues 1899, 4007; run with controller 3.5.0",
  },
  {
    code: "diff/address-type",
    level: "note",
    check: forKeptLoadBalancers((pair) => {
      const [before, after] = both(pair, "ip-address-type").map((value) => value || "ipv4");
      return before === after
        ? undefined
        : `Addresses ${code(before)} -> ${code(after)}: changed in place, the load balancer stays.`;
    }),
    source: "AWS Load Balancer Controller v3.5.0, load_balancer_manager.go (SetIpAddressType)",
  },
  {
    code: "diff/replaces-target-group",
    level: "warning",
    check: forKeptLoadBalancers((pair) => {
      const suffixes = ["target-type", "backend-protocol", "backend-protocol-version"];
      const changed = suffixes.filter((suffix) => both(pair, suffix)[0] !== both(pair, suffix)[1]);
      return changed.length === 0
        ? undefined
        : `${codes(changed)}: the controller makes a new target group in place of the old one.`;
    }),
    source: "AWS Load Balancer Controller v3.5.0, pkg/deploy/elbv2/target_group_synthesizer.go",
  },
];

const both = ({ before, after }: IngressPair, suffix: string): readonly [string, string] => [
  annotation(before, suffix),
  annotation(after, suffix),
];

const renamed = (diff: OutputDiff): readonly ConsequenceFinding[] =>
  diff.objects.flatMap(({ fate, before, after }) =>
    fate === "renamed" &&
    before !== undefined &&
    after !== undefined &&
    isIngress(after) &&
    !isClusterRemoved(diff, before)
      ? [
          {
            object: after,
            message: `Ingress ${code(nameOfObject(before))} -> ${code(nameOfObject(after))}: namespace and name are the load balancer's identity. That of the old one is deleted, another with another DNS name is created.`,
          },
        ]
      : [],
  );

function describeProtection(ingress: PlacedObject): string {
  const [name, attribute] = [
    code(annotation(ingress, "load-balancer-name")),
    code("deletion_protection.enabled"),
  ];
  const command = code(unprotectCommand(ingress.namespace, ingress.name));
  return `The load balancer ${name} is protected against deletion: the controller leaves it, says so in no Event, and the Ingress and its Application wait for ever. Turn ${attribute} off in a commit before this one; once they wait, ${command} lets them go.`;
}
