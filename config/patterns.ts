// Stage 1: the grammars of single values, each with the words that an error uses for it.

export interface Pattern {
  readonly regex: RegExp;
  /** Completes the sentence "expected …". */
  readonly expected: string;
}

const label = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
/** The last label is not a number: that would be an address, which neither Ingress rules nor Istio's Gateway take. */
const hostName = `(?:${label}\\.)+(?![0-9]+(?:$|[^a-z0-9-]))${label}`;

/** RFC 1123, as Kubernetes checks names. */
export const dnsLabel: Pattern = {
  regex: new RegExp(`^${label}$`),
  expected: "a DNS label (lower-case letters, digits and '-', at most 63, no '-' at either end)",
};

/** Helm refuses release names over 53 characters; the gateway's Service is called so, and that begins with a letter. */
export const releaseName: Pattern = {
  regex: /^[a-z](?:[-a-z0-9]{0,51}[a-z0-9])?$/,
  expected: "a Helm release name (lower-case letters, digits and '-', a letter first, at most 53)",
};

/**
 * Names are made of it: the longest is the CronJob `recheck-<key>`, of which Kubernetes takes 52 characters. The
 * Application `gateway-chart-<key>` must not meet `gateway-<key>` of another.
 */
export const gatewayKey: Pattern = {
  regex: /^(?!chart-)[a-z0-9](?:[-a-z0-9]{0,38}[a-z0-9])?$/,
  expected:
    "the key of a gateway (lower-case letters, digits and '-', at most 40, no '-' at either end, not chart-…)",
};

/** ValidateLabelName in Kubernetes' source. */
export const labelKey: Pattern = {
  regex: new RegExp(
    `^(?:(?=[^/]{1,253}/)${label}(?:\\.${label})*/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$`,
  ),
  expected:
    "a label's key (letters, digits, '-', '_' and '.', at most 63; a DNS name and '/' may stand in front)",
};

/** IsValidLabelValue in Kubernetes' source. */
export const labelValue: Pattern = {
  regex: /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
  expected:
    "a label's value (letters, digits, '-', '_' and '.', at most 63, a letter or digit at either end)",
};

/** Name grammar of `CreateCluster` in the EKS API. */
export const eksName: Pattern = {
  regex: /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
  expected: "an EKS cluster name (letters, digits, '-' and '_', at most 100)",
};

export const apiServer: Pattern = {
  regex: /^(?:https:\/\/[^\s/@?#]+|arn:aws[a-z-]*:eks:[a-z0-9-]+:\d{12}:cluster\/[0-9A-Za-z][\w-]{0,99})$/,
  expected:
    "an https URL of an API server, without a path or user name, or the ARN of an EKS cluster (argocd.managedBy: eks)",
};

export const region: Pattern = {
  regex: /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/,
  expected: "an AWS region such as ap-northeast-2",
};

export const account: Pattern = {
  regex: /^\d{12}$/,
  expected: "12 digits in quotes",
};

export const vpcId: Pattern = { regex: /^vpc-[0-9a-f]{8,17}$/, expected: "a VPC id such as vpc-0a1b2c3d" };

export const subnetId: Pattern = {
  regex: /^subnet-[0-9a-f]{8,17}$/,
  expected: "a subnet id such as subnet-0a1b2c3d",
};

export const certificateArn: Pattern = {
  regex: /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9A-Za-z-]+$/,
  expected: "the ARN of an ACM certificate (arn:aws:acm:<region>:<account>:certificate/<id>)",
};

/** Only REGIONAL web ACLs can be attached to a load balancer (WAFv2 API). */
export const webAclArn: Pattern = {
  regex: /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[0-9A-Za-z_-]+\/[0-9a-f-]+$/,
  expected:
    "the ARN of a REGIONAL WAFv2 web ACL (arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>)",
};

export const webAclName: Pattern = {
  regex: /^[\w-]{1,128}$/,
  expected: "the name of a web ACL (letters, digits, '_' and '-', at most 128)",
};

/** A name that browsers ask for, or one label of wildcard in front of it. */
export const host: Pattern = {
  regex: new RegExp(`^(?=.{1,253}$)(?:\\*\\.)?${hostName}$`),
  expected:
    "a host name such as app.example.com or *.example.com (lower case, no dot at the end, other scripts as xn--…)",
};

/** `*`: every host, as Istio's Gateway spells it; an Ingress says it by a rule without a host. */
export const gatewayHost: Pattern = {
  regex: new RegExp(`^(?=.{1,253}$)(?:\\*|(?:\\*\\.)?${hostName})$`),
  expected:
    "a host name such as app.example.com, *.example.com or * (lower case, no dot at the end, other scripts as xn--…)",
};

const serverAndPath = String.raw`(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::\d+)?(?:\/[^\s?#]*)?`;

/**
 * Argo CD reads these; `http:` and the anonymous `git:` protocol are not encrypted. User names and passwords pass here:
 * the rule repository/credentials says what is wrong with them. The length is bounded, because each `@` may end the password.
 */
export const repositoryUrl: Pattern = {
  regex: new RegExp(
    String.raw`^(?=\S{1,2048}$)(?:(?:https|ssh):\/\/(?:\S*@)?${serverAndPath}|file:\/\/\/\S+|[\w.-]+@[\w.-]+:[^\s/]\S*)$`,
  ),
  expected: "a Git URL (https://…, ssh://… or user@host:path) without a query",
};

const urlWithoutUserInfo = new RegExp(
  String.raw`^(?:https:\/\/|ssh:\/\/(?:[^\s:@/]+@)?)${serverAndPath}$|^file:\/\/\/|^[\w.-]+@`,
);

/** Whether a URL that `repositoryUrl` takes holds more than the bare user name that ssh needs. */
export const hasUserInfo = (url: string): boolean => !urlWithoutUserInfo.test(url);

/** A branch, tag or commit, by the rules of git-check-ref-format that matter here. */
export const revision: Pattern = {
  regex: /^(?!-)(?!.*(?:\.\.|@\{|\/\/|\.lock$))[^\s~^:?*[\\]+[^\s~^:?*[\\./]$|^[A-Za-z0-9]$/,
  expected: "a branch, tag or commit",
};

export const folder: Pattern = {
  regex: /^(?:\.|[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*)$/,
  expected: "a folder relative to the repository's root, without '..' (or '.' for the root)",
};

/** Of plain names, because the output's file is called after it. */
export const manifestPath: Pattern = {
  regex: /^[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*\.ya?ml$/,
  expected: "a .yaml file below the project's folder, without '..', such as mesh/authorization.yaml",
};

export const argocdVersion: Pattern = {
  regex: /^\d+\.\d+$/,
  expected: 'a minor version in quotes such as "3.5"',
};

export const istioVersion: Pattern = {
  regex: /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/,
  expected: "an exact chart version such as 1.31.1, without 'v' and without a range",
};

/** Helm repositories are URLs; Argo CD spells OCI registries without a scheme. */
export const chartRepository: Pattern = {
  regex: /^(?:https?:\/\/[^\s/@]+(?:\/\S*)?|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/[a-z0-9._/-]+)?)$/,
  expected: "a Helm repository (https://…) or an OCI registry without oci:// (ghcr.io/istio/release/charts)",
};

export const imageHub: Pattern = {
  regex: /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)*$/,
  expected: "an image registry and path such as docker.io/istio",
};

/** A revision ends up in object names: `istiod-<revision>`. */
export const istioRevision: Pattern = {
  regex: /^(?:|[a-z0-9](?:[-a-z0-9]{0,54}[a-z0-9])?)$/,
  expected: 'an Istio revision such as 1-31-1 (a DNS label; "" for none)',
};

export const urlPath: Pattern = {
  regex: /^\/[\w\-.~!$&'()*+,;=:@%/]*$/,
  expected: "a path that starts with '/'",
};

/** Names of ELB's predefined policies; the list itself changes with AWS. */
export const sslPolicy: Pattern = {
  regex: /^ELBSecurityPolicy-[A-Za-z0-9-]+$/,
  expected: "an ELB security policy such as ELBSecurityPolicy-TLS13-1-2-2021-06",
};

export const image: Pattern = {
  regex: /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/,
  expected: "a container image with registry and tag",
};

/** Five fields, as the CronJob controller reads them (robfig/cron, standard parser), or `off`. */
export const recheck: Pattern = {
  regex: /^(?:off|@(?:hourly|daily|weekly|monthly)|(?:[\d*/,A-Za-z-]+ ){4}[\d*/,A-Za-z-]+)$/,
  expected: 'a cron schedule of five fields such as "*/2 * * * *", or off',
};

export const problemCode: Pattern = {
  regex: /^[a-z]+\/[a-z0-9-]+$/,
  expected: "the code of a warning such as alb/open-console",
};

/** Kubernetes quantities in the spellings people use. */
export const cpuQuantity: Pattern = {
  regex: /^\d+(?:\.\d+)?m?$/,
  expected: "an amount of CPU in quotes such as 50m or 0.5",
};

/** `64m` is a quantity too: thousandths of a byte, which no container starts with. So are a few bytes. */
export const memoryQuantity: Pattern = {
  regex: /^(?:\d{7,}|\d+(?:\.\d+)?(?:k|M|G|Ki|Mi|Gi))$/,
  expected: "an amount of memory in quotes such as 64Mi",
};

/** Of an IngressClass or a Secret: a DNS subdomain (Kubernetes, pkg/apis/networking/validation and core/validation). */
export const objectName: Pattern = {
  regex: new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`),
  expected: "a name of lower-case letters, digits, '-' and '.', a letter or digit at either end",
};

export const prefixListId: Pattern = {
  regex: /^pl-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  expected: "a prefix list's id (pl- and 8 or 17 hexadecimal digits)",
};

export const securityGroupId: Pattern = {
  regex: /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/,
  expected: "a security group's id (sg- and 8 or 17 hexadecimal digits)",
};
