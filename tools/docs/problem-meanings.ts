// What each problem code means, for docs/reference/problems.md. The codes themselves stand where they are reported;
// test/docs/reference.test.ts compares the two.

/** One sentence on what is wrong, and why it matters where that does not go without saying. */
export const problemMeanings: Readonly<Record<string, string>> = {
  "usage/arguments":
    "A command, option or word that meshfront does not know, or an option without its value.",
  "usage/chdir": "The folder given by `--chdir` does not exist.",
  "usage/timeout": "The value of `--timeout` is no time span between a second and an hour.",
  "usage/unknown-cluster": "There is no `clusters/<name>.yaml` for the name on the command line.",

  "config/no-clusters": "There is no `clusters/` folder here, or no cluster file in it.",
  "config/file-ending": "A file in `clusters/` ends in `.yml` or the like and would be ignored.",
  "config/unreadable-file": "A file cannot be read, is not UTF-8 text, or is over 256 KiB.",
  "config/yaml-syntax":
    "A file is not YAML, or uses what has no meaning here: a key twice, several documents, tags.",
  "config/not-a-map": "A file holds nothing, a list or a single value.",
  "config/too-large": "A file holds too many values, usually through aliases of aliases.",
  "config/too-deep": "Maps and lists are nested too deeply.",
  "config/unsafe-value": "A number or text that other programs would read differently or stumble over.",
  "config/unknown-key": "A key that does not exist, with the nearest one that does.",
  "config/missing-key": "A key without a default is not there.",
  "config/invalid-value": "A value of the wrong type, out of its range or not of the form that is expected.",
  "config/ambiguous-scalar":
    "An unquoted Helm value that YAML 1.1 (Helm) and YAML 1.2 read differently, such as `on` or `010`.",

  "cluster/file-name": "`cluster.name` is not the name of its file.",
  "cluster/reserved-name":
    "A cluster may not be called `argocd-cm` or `defaults`: those files have another meaning.",

  "repository/credentials": "`repository.url` holds a user name or password; the message does not print it.",
  "repository/file-url": "A `file:` URL works only where Argo CD's repo-server sees the same disk.",

  "argocd/version-too-old": "Argo CD before 3.3 ignores fields that the output relies on.",
  "argocd/gate-required":
    "`argocd.healthChecks` lacks `application`: waves between Applications would wait for nothing.",
  "argocd/wildcard":
    "A URL or name holds a pattern character: the AppProject would allow more than what is meant.",
  "argocd/clusters-disagree":
    "Clusters differ in `argocd.*`, but `argocd/argocd-cm.yaml` is one file for all of them.",
  "argocd/name-twice": "Two clusters would write an Application or AppProject of the same name.",

  "istio/version-unsupported": "Istio is older than the oldest minor whose charts were measured.",
  "istio/unsafe-version": "The patch has a defect that hurts this set-up; the message names it.",
  "istio/retired-charts": "The chart repository is one that the Istio project switches off in December 2026.",
  "istio/retired-hub": "The image hub is one that the Istio project switches off in December 2026.",
  "istio/plain-http-charts": "Charts come over plain http, so that anybody on the way can change them.",
  "istio/revision-disagreement":
    "base, istiod and gateway have different revisions: then nothing validates Istio's objects, or each write of one is refused.",
  "istio/null-value":
    "A Helm value is `null`: it is lost on the way to Argo CD, and deletes no default in these charts.",
  "istio/internal-defaults":
    "A Helm value stands under `_internal_defaults_do_not_set` or `defaults`, where nothing is validated.",
  "istio/unknown-name":
    "A `profile`, `platform` or `compatibilityVersion` that the chart does not have, so that it fails.",
  "istio/removed-value": "A value on which istiod's chart fails because it was removed.",
  "istio/unknown-root-value": "A root key that the gateway chart's schema refuses.",
  "istio/value-type": "A value of another type than the gateway chart's schema demands.",
  "istio/service-type":
    "The gateway's `service.type` is not NodePort, but the load balancers reach it by NodePorts.",
  "istio/service-ports":
    "`service.ports` replaces the chart's list and lacks 15021 or 80, or `networkGateway` replaces it.",
  "istio/host-without-gateway":
    "`gateway.hosts` does not cover a host of a front door: the gateway would answer 404.",
  "istio/route-name-twice": "Two routes have the same name, which is the VirtualService's.",
  "istio/route-ingress-unknown": "A route names an ingress that does not exist.",
  "istio/route-host-not-covered": "A route's host is not among the hosts of its ingress.",
  "istio/route-overlap":
    "Two routes take the same host and overlapping paths; which one Istio asks first is not defined.",

  "alb/host-twice":
    "A host stands in two ingresses, or twice in one; its DNS name can point at one load balancer only.",
  "alb/wildcard-over-closed-host":
    "A wildcard on an open front door covers a host of a closed one. Both reach the same Envoy, so the world could reach that host.",
  "alb/name-grammar":
    "AWS refuses the load balancer's name: over 32 characters, other characters, or `internal-` in front.",
  "alb/name-twice": "Two load balancers of one account and region have the same name.",
  "alb/ingress-name-length":
    "The hook's Job is named after the Ingress, and a Job's name has at most 63 characters.",
  "alb/ingress-name-twice": "Two front doors would create the same Ingress.",
  "alb/certificate-region":
    "A certificate or web ACL is of another region than the cluster; the load balancer takes none such.",
  "alb/certificate-account": "A certificate or web ACL is of another account than `cluster.account`.",
  "alb/subnets":
    "A subnet is named twice, or fewer than two are: an Application Load Balancer needs two zones.",
  "alb/pairs":
    "A tag or attribute cannot travel in an annotation (`=`, `,`, blanks in its name), or is reserved.",
  "alb/annotation":
    "An extra annotation is unknown to the controller (it would be ignored silently), malformed, refused here, or set by a key.",
  "alb/inbound-cidrs-ignored":
    "`inboundCidrs` stands beside the annotation `security-groups`, and the controller would ignore it silently.",
  "alb/key-algorithm-conflict":
    "One domain is asked for with different key algorithms, but has one answer in the lock file.",
  "alb/service-annotation":
    "An annotation of the controller on the gateway's Service would beat that of every Ingress, the patched one too.",
  "alb/pinned-node-port":
    "Front doors pin different NodePorts, or another one than the gateway's Service has.",

  "hook/recheck-schedule": "`hook.recheck` is not a schedule as the CronJob controller reads it.",
  "hook/requests-above-limits":
    "`hook.resources` asks for more than its own limit: the API server refuses the pods.",
  "hook/recheck-off":
    "Without a recheck, a NodePort that moves outside of a sync leaves the health checks on the old port.",
  "hook/image-unpinned":
    "`hook.image` has no fixed tag or digest, so the program's runtime can change by itself.",

  "facts/missing-lock": "The configuration asks AWS for something, and there is no lock file.",
  "facts/missing-answer": "The lock file does not answer a question of the configuration.",
  "facts/unused-answer": "The lock file answers what nothing asks any more.",
  "facts/unreadable-file": "The lock file cannot be read.",
  "facts/malformed": "The lock file is not as meshfront writes it.",
  "facts/edited": "The answers in the lock file do not belong to its checksum: an edit by hand, or a merge.",
  "facts/merge-conflict": "The lock file holds the markers of a Git merge.",
  "facts/wrong-region": "The lock file, or an ARN in it, is of another region than the cluster.",
  "facts/wrong-account": "The lock file, or an ARN in it, is of another account than the cluster.",
  "facts/zone-twice": "Two subnets of the answer are in one zone; the controller refuses that.",
  "facts/too-few-zones": "The subnets of the answer are in fewer than two zones.",
  "facts/not-covering": "The certificate of the answer does not cover a host of its front door.",
  "facts/key-algorithm":
    "The certificate of the answer has another key algorithm than `certificate.keyAlgorithm`.",
  "facts/certificate-expires": "A certificate in the lock file expires within 30 days, or has expired.",

  "lookup/no-vpc": "No VPC fits; AWS answers a question to the wrong region or account with nothing.",
  "lookup/several-vpcs": "More than one VPC fits.",
  "lookup/too-few-zones":
    "AWS has usable subnets in fewer than two zones; the message lists what was refused and why.",
  "lookup/no-certificate":
    "No issued certificate covers the domain and the hosts; the message lists the nearest.",
  "lookup/no-web-acl": "No REGIONAL web ACL has that name.",
  "lookup/zone-left-out":
    "A zone has no usable subnet any more for want of free addresses, and drops out of the answer.",
  "lookup/wrong-account": "The credentials are of another account than `cluster.account`.",
  "lookup/unknown-account":
    "No answer names its account, so the lock file would not know it: set `cluster.account`.",
  "lookup/different": "`lookup --check`: AWS says something else than the lock file.",
  "lookup/timeout": "Not all answers came within the time that the command allows.",
  "lookup/disk": "The lock file cannot be written; it is what it was before.",

  "aws/sso-login": "The SSO session is missing or over.",
  "aws/no-credentials": "No credentials were found, or the profile is empty or broken.",
  "aws/clock-skew": "This machine's clock and that of AWS differ too much.",
  "aws/expired-token": "The credentials have expired; AWS says the same where the clock is wrong.",
  "aws/denied": "The credentials may not do this; the message names the action.",
  "aws/region-disabled": "The region is not enabled in the account.",
  "aws/wrong-partition": "The credentials are not known in the partition of the region (China, GovCloud).",
  "aws/bad-key": "AWS does not know the access key.",
  "aws/wrong-secret": "The secret key does not belong to the access key.",
  "aws/throttled": "AWS refuses further calls for now.",
  "aws/unknown-host": "The host name does not resolve: a typo in `cluster.region`, or no network.",
  "aws/region-refused": "The SDK does not accept the region.",
  "aws/silent": "No answer within the time limit of a call.",
  "aws/tls": "The connection is not trusted, as with a proxy that opens TLS.",
  "aws/unreachable": "No connection.",
  "aws/not-aws": "An answer that is not from AWS, such as the log-in page of a network.",
  "aws/gateway": "An HTTP error without one of the errors that AWS sends.",
  "aws/not-found": "Something that was there a moment ago is gone.",
  "aws/service-error": "Any other error of AWS.",

  "output/different": "`check`: a committed file is not what `synth` would write.",
  "output/removal": "An Application, AppProject, Ingress or Gateway, or a whole cluster, would disappear.",
  "output/blocked": "Something stands where a file belongs, and meshfront did not write it.",
  "output/folder": "A folder of the output is a file or a symbolic link.",
  "output/foreign-file": "A file in the output that meshfront did not write; it is left alone.",
  "output/unrecorded-file":
    "A generated file that no inventory lists: an interrupted run or a merge left it.",
  "output/inventory-malformed": "An inventory is not as meshfront writes it.",
  "output/inventory-conflict": "An inventory holds the markers of a Git merge.",
  "output/inventory-version": "A newer meshfront wrote the inventory.",
  "output/inventory-path":
    "An inventory names a path outside its folder; it decides what is removed, so it is not followed.",
  "output/cdk8s-folder":
    "`cdk8s synth` would write into the project, `dist/` or `argocd/`, and it deletes its folder before each run.",
  "output/disk": "The operating system refused to read or write.",
};
