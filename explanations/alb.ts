import type { Explanations } from "./explanation.ts";

export const albExplanations: Explanations = {
  "alb/host-twice": {
    meaning:
      "A host stands in two ingresses, or twice in one; its DNS name can point at one load balancer only.",
  },
  "alb/wildcard-over-closed-host": {
    meaning:
      "A wildcard on an open front door covers a host of a closed one. Both reach the same Envoy, so the world could reach that host.",
  },
  "alb/name-grammar": {
    meaning:
      "AWS refuses the load balancer's name: over 32 characters, other characters, or `internal-` in front.",
  },
  "alb/name-twice": { meaning: "Two load balancers of one account and region have the same name." },
  "alb/ingress-name-length": {
    meaning: "The hook's Job is named after the Ingress, and a Job's name has at most 63 characters.",
  },
  "alb/ingress-name-twice": { meaning: "Two front doors would create the same Ingress." },
  "alb/certificate-region": {
    meaning:
      "A certificate or web ACL is of another region than the cluster; the load balancer takes none such.",
  },
  "alb/certificate-account": {
    meaning: "A certificate or web ACL is of another account than `cluster.account`.",
  },
  "alb/subnets": {
    meaning: "A subnet is named twice, or fewer than two are: an Application Load Balancer needs two zones.",
  },
  "alb/pairs": {
    meaning:
      "A tag or attribute cannot travel in an annotation (`=`, `,`, blanks in its name), or is reserved.",
  },
  "alb/annotation": {
    meaning:
      "An extra annotation is unknown to the controller (it would be ignored silently), malformed, refused here, or set by a key.",
  },
  "alb/inbound-cidrs-ignored": {
    meaning:
      "`inboundCidrs` stands beside the annotation `security-groups`, and the controller would ignore it silently.",
  },
  "alb/key-algorithm-conflict": {
    meaning: "One domain is asked for with different key algorithms, but has one answer in the lock file.",
  },
  "alb/service-annotation": {
    meaning:
      "An annotation of the controller on the gateway's Service would beat that of every Ingress, the patched one too.",
  },
  "alb/pinned-node-port": {
    meaning: "Front doors pin different NodePorts, or another one than the gateway's Service has.",
  },
  "alb/attribute": {
    meaning:
      "AWS refuses an attribute of the load balancer: its name is misspelt, or its value out of range.",
  },
  "alb/authentication": {
    meaning:
      "`auth-type` stands without its identity provider, or settings for a log-in without `auth-type`, so that there is none.",
  },
  "alb/open-console": {
    meaning: "A console without a log-in of its own is routed through a front door that the world can reach.",
  },
};
