import type { Explanations } from "./explanation.ts";

export const lookupExplanations: Explanations = {
  "lookup/no-vpc": {
    meaning: "No VPC fits; AWS answers a question to the wrong region or account with nothing.",
  },
  "lookup/several-vpcs": { meaning: "More than one VPC fits." },
  "lookup/too-few-zones": {
    meaning: "AWS has usable subnets in fewer than two zones; the message lists what was refused and why.",
  },
  "lookup/no-certificate": {
    meaning: "No issued certificate covers the domain and the hosts; the message lists the nearest.",
  },
  "lookup/no-web-acl": { meaning: "No REGIONAL web ACL has that name." },
  "lookup/zone-left-out": {
    meaning: "A zone has no usable subnet any more for want of free addresses, and drops out of the answer.",
  },
  "lookup/wrong-account": { meaning: "The credentials are of another account than `cluster.account`." },
  "lookup/unknown-account": {
    meaning: "No answer names its account, so the lock file would not know it: set `cluster.account`.",
  },
  "lookup/different": { meaning: "`lookup --check`: AWS says something else than the lock file." },
  "lookup/timeout": { meaning: "Not all answers came within the time that the command allows." },
  "lookup/disk": { meaning: "The lock file cannot be written; it is what it was before." },
};
