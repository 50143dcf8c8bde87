import type { Explanations } from "./explanation.ts";

const subnetDiscovery =
  "AWS Load Balancer Controller, https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery: eight free addresses, one subnet per zone, two zones";

export const lookupExplanations: Explanations = {
  "lookup/no-vpc": {
    meaning: "No VPC fits; AWS answers a question to the wrong region or account with nothing.",
    why: "Without `cluster.vpc` the VPC is that of the security group that EKS made for the cluster, which carries the tag `aws:eks:cluster-name`.",
    fix: "Check region, account and `cluster.eksName` in the message; or name the VPC with `cluster.vpc { id: … }`.",
    sources: [
      "Amazon EKS, https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html: the tags of the cluster security group",
    ],
  },
  "lookup/several-vpcs": {
    meaning: "More than one VPC fits.",
    fix: "Name the right one with `cluster.vpc { id: … }`; a guess could put a load balancer into another network.",
  },
  "lookup/too-few-zones": {
    meaning: "AWS has usable subnets in fewer than two zones; the message lists what was refused and why.",
    why: "An Application Load Balancer stands in two zones at least. Refused is what the controller or AWS would refuse later: fewer than eight free addresses, no route to an internet gateway for an internet-facing load balancer, a subnet of an Outpost or a local zone.",
    fix: "Free addresses or add a subnet where the message says so, or select subnets by `subnets.tags` or `subnets.ids`.",
    sources: [subnetDiscovery],
  },
  "lookup/no-certificate": {
    meaning: "No issued certificate covers the domain and the hosts; the message lists the nearest.",
    why: "A load balancer takes issued certificates of its own region only, and one certificate has to cover the hosts of all front doors that ask for its domain alone.",
    fix: "Request one in ACM and wait until it is issued, name a domain that a certificate covers, or several certificates.",
    sources: [
      "Elastic Load Balancing, https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
    ],
  },
  "lookup/no-web-acl": {
    meaning: "No REGIONAL web ACL has that name.",
    fix: "Check the name and the region; a web ACL of scope CLOUDFRONT cannot be attached to a load balancer.",
    sources: ["AWS WAF API reference, ListWebACLs, Scope"],
  },
  "lookup/zone-left-out": {
    meaning: "A zone has no usable subnet any more for want of free addresses, and drops out of the answer.",
    why: "The load balancer gives up that zone once the new answer is synthesised and synced.",
    fix: "Free addresses in that subnet or add one to the zone, then run `lookup` again; or commit the lock file as it is.",
    sources: [subnetDiscovery],
  },
  "lookup/wrong-account": {
    meaning: "The credentials are of another account than `cluster.account`.",
    fix: "Name a profile of the right account with `--profile`. Clusters of several accounts are looked up one account at a time.",
  },
  "lookup/unknown-account": {
    meaning: "No answer names its account, so the lock file would not know it: set `cluster.account`.",
    fix: "Set `cluster.account`.",
  },
  "lookup/different": {
    meaning: "`lookup --check`: AWS says something else than the lock file.",
    why: "The output was made from the lock file: it names a certificate, subnet or web ACL that is gone, or that another one has replaced.",
    fix: "Run `meshfront lookup <name>`, read the diff, run `synth` and commit both.",
    sources: ["docs/adr/0011-lock-files.md"],
  },
  "lookup/timeout": {
    meaning: "Not all answers came within the time that the command allows.",
    fix: "`--debug` shows which call waits; `--timeout 2m` allows more. The AWS SDK does not use HTTP_PROXY and HTTPS_PROXY.",
  },
  "lookup/disk": {
    meaning: "The lock file cannot be written; it is what it was before.",
    fix: "Check the permissions of `clusters/` and the free space.",
  },
};
