import type { Explanations } from "./explanation.ts";

const lockFiles = "docs/adr/0011-lock-files.md";
const elbSubnets =
  "Elastic Load Balancing, https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html: at least two zones";

export const factsExplanations: Explanations = {
  "facts/missing-lock": {
    meaning: "The configuration asks AWS for something, and there is no lock file.",
    why: "`synth` never asks AWS: subnet ids and ARNs come from `clusters/<name>.lock.json`, so that the same input gives the same output on every machine.",
    fix: "Run `meshfront lookup <name>` with credentials for AWS and commit the lock file. With `subnets.ids` and `certificate.arn` in the cluster file nothing has to be looked up.",
    sources: [lockFiles],
  },
  "facts/example": {
    meaning: "The lock file holds the example answers of `init`: a warning of `synth`, an error of `check`.",
    why: "With them `synth` shows what the output looks like before anybody has credentials for AWS. Deployed, they would name subnets and certificates that do not exist.",
    fix: "Run `meshfront lookup <name>` with credentials for AWS, then `meshfront synth`, and commit both.",
    sources: [lockFiles],
  },
  "facts/missing-answer": {
    meaning: "The lock file does not answer a question of the configuration.",
    why: "The cluster file has changed since the last look-up: another domain, another selection of subnets, a web ACL.",
    fix: "Run `meshfront lookup <name>`; answers that AWS confirms stay as they are.",
    sources: [lockFiles],
  },
  "facts/unused-answer": {
    meaning: "The lock file answers what nothing asks any more.",
    fix: "Run `meshfront lookup <name>`: it removes the answer.",
  },
  "facts/unreadable-file": {
    meaning: "The lock file cannot be read.",
    fix: "Check its permissions, and that it is a file.",
  },
  "facts/malformed": {
    meaning: "The lock file is not as meshfront writes it.",
    fix: "Restore it from Git, or delete it and run `meshfront lookup <name>`.",
  },
  "facts/edited": {
    meaning: "The answers in the lock file do not belong to its checksum: an edit by hand, or a merge.",
    why: "Two branches that each looked something up conflict in the line of the checksum; who then keeps the answers of both has some that AWS never gave together. And nobody checked an ARN written by hand against the hosts.",
    fix: "Run `meshfront lookup <name>`: it asks again and keeps what is still right. An id or ARN of your own choice belongs in the cluster file.",
    sources: [lockFiles],
  },
  "facts/merge-conflict": {
    meaning: "The lock file holds the markers of a Git merge.",
    fix: "Take either side of the file, then run `meshfront lookup <name>`: the checksum tells whether an answer is missing.",
  },
  "facts/wrong-region": {
    meaning: "The lock file, or an ARN in it, is of another region than the cluster.",
    why: "Subnets, certificates and web ACLs are regional: the AWS Load Balancer Controller would find none of them.",
    fix: "Correct `cluster.region` or run `meshfront lookup <name>`; do not copy a lock file for a cluster in another region.",
    sources: ["AWS Certificate Manager, https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html"],
  },
  "facts/wrong-account": {
    meaning: "The lock file, or an ARN in it, is of another account than the cluster.",
    fix: "Correct `cluster.account`, or run `meshfront lookup <name>` with credentials of that account.",
  },
  "facts/zone-twice": {
    meaning: "Two subnets of the answer are in one zone; the controller refuses that.",
    why: "A load balancer has one subnet in each zone. The controller reports `multiple subnets in same Availability Zone` as an event, and a new Ingress gets no load balancer.",
    fix: "Run `meshfront lookup <name>`: it takes one subnet per zone.",
    sources: [
      "AWS Load Balancer Controller, https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/subnet_discovery: one subnet per zone",
    ],
  },
  "facts/too-few-zones": {
    meaning: "The subnets of the answer are in fewer than two zones.",
    why: "AWS creates no Application Load Balancer in a single zone.",
    fix: "Add a subnet in another zone, or select others with `subnets.tags`; then run `meshfront lookup <name>`.",
    sources: [elbSubnets],
  },
  "facts/not-covering": {
    meaning: "The certificate of the answer does not cover a host of its front door.",
    why: "Browsers would warn of the connection. A wildcard stands for one label: `*.example.com` covers neither `a.b.example.com` nor `example.com`.",
    fix: "Name a domain whose certificate covers all hosts of the front door, or several certificates; then run `meshfront lookup <name>`.",
    sources: ["RFC 9525, section 6.3: a wildcard matches one label"],
  },
  "facts/key-algorithm": {
    meaning:
      "The certificate of the answer has another key algorithm than `certificate.keyAlgorithm`, or a key that no load balancer serves.",
    fix: "Run `meshfront lookup <name>`, or leave `keyAlgorithm` out if either will do.",
  },
  "facts/certificate-expires": {
    meaning: "A certificate in the lock file expires within 30 days, or has expired.",
    why: "ACM renews its own certificates weeks ahead and under the same ARN; what is still old 30 days ahead waits for a person: a DNS record that was removed, an e-mail that nobody answered, or an imported certificate, which ACM never renews.",
    fix: "See in ACM why the renewal is pending. Then run `meshfront lookup <name>`, which writes the new date.",
    sources: [
      "AWS Certificate Manager, https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html",
      "AWS Certificate Manager, https://docs.aws.amazon.com/acm/latest/userguide/email-renewal-validation.html: notices begin 45 days ahead",
    ],
  },
};
