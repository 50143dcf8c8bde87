import { judgeAnnotation } from "../alb-annotations.ts";
import type { Config, IngressConfig } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { gatewayServicePorts, statusPort } from "../helm-values.ts";
import type { Path } from "../yaml-source.ts";

/** Lifts a check of one ingress to the whole configuration; paths are below that ingress. */
const perIngress =
  (check: (ingress: IngressConfig, config: Config) => readonly Finding[]) =>
  (config: Config): Finding[] =>
    config.ingresses.flatMap((ingress) =>
      check(ingress, config).map((finding) => ({
        ...finding,
        path: ["ingresses", ingress.key, ...finding.path],
      })),
    );

/** ELBv2 CreateLoadBalancer, parameter Name. */
function nameFindings({ name }: IngressConfig): Finding[] {
  const reasons = [
    name.length > 32 && `at most 32 characters, found ${name.length} in ${name}`,
    !/^[A-Za-z0-9-]+$/.test(name) && `letters, digits and '-', found ${JSON.stringify(name)}`,
    /^-|-$/.test(name) && `no '-' at either end, found ${JSON.stringify(name)}`,
    name.startsWith("internal-") &&
      `a name that does not begin with internal-, which AWS keeps for itself, found ${name}`,
  ].filter((reason) => typeof reason === "string");
  return reasons.map((reason) => ({
    path: ["name"],
    message: `load balancer name: expected ${reason}`,
    suggestion:
      "Set `name` of this ingress. Choose well: the controller ignores a change while the load balancer lives.",
  }));
}

interface ArnPlace {
  readonly path: Path;
  readonly arn: string;
  readonly what: string;
}

function arnPlaces(ingress: IngressConfig): ArnPlace[] {
  const certificates = ingress.certificates.flatMap((certificate) =>
    "arn" in certificate ? [{ path: ["certificate"], arn: certificate.arn, what: "certificate" }] : [],
  );
  const { webAcl } = ingress;
  const acls =
    typeof webAcl === "object" && "arn" in webAcl
      ? [{ path: ["webAcl", "arn"], arn: webAcl.arn, what: "web ACL" }]
      : [];
  return [...certificates, ...acls];
}

const arnParts = (arn: string): { readonly region: string; readonly account: string } => {
  const [, , , region = "", account = ""] = arn.split(":");
  return { region, account };
};

function regionFindings(ingress: IngressConfig, { cluster }: Config): Finding[] {
  return arnPlaces(ingress)
    .filter(({ arn }) => arnParts(arn).region !== cluster.region)
    .map(({ path, arn, what }) => ({
      path,
      message: `expected a ${what} in ${cluster.region}, the cluster's region, found one in ${arnParts(arn).region}`,
      suggestion: `Use the ${what} of ${cluster.region}: a load balancer takes none of another region.`,
    }));
}

function accountFindings(ingress: IngressConfig, { cluster }: Config): Finding[] {
  return arnPlaces(ingress)
    .filter(({ arn }) => cluster.account !== undefined && arnParts(arn).account !== cluster.account)
    .map(({ path, arn, what }) => ({
      path,
      message: `expected a ${what} of account ${cluster.account}, found one of ${arnParts(arn).account}`,
      suggestion: "Correct the ARN or cluster.account.",
    }));
}

function subnetFindings({ subnets }: IngressConfig): Finding[] {
  if (!("ids" in subnets)) return [];
  const repeated = subnets.ids.filter((id, index) => subnets.ids.indexOf(id) !== index);
  const findings: Finding[] = repeated.map((id) => ({
    path: ["subnets", "ids"],
    message: `the subnet ${id} is named twice`,
    suggestion: "Name each subnet once, one per zone.",
  }));
  if (new Set(subnets.ids).size >= 2) return findings;
  return [
    ...findings,
    {
      path: ["subnets", "ids"],
      message: `expected subnets in at least two zones, found ${subnets.ids.length}: an Application Load Balancer needs two`,
      suggestion: "Name one subnet per zone, two at least.",
    },
  ];
}

/** A tag or attribute travels as `key=value,key=value` in one annotation. */
function pairFindings(ingress: IngressConfig): Finding[] {
  const maps = { attributes: ingress.attributes, tags: ingress.tags };
  return Object.entries(maps).flatMap(([key, map]) =>
    Object.entries(map).flatMap(([name, value]) => {
      const reason = /[=,\s]/.test(name)
        ? "a name without '=', ',' or blanks"
        : /^\s|\s$|[\r\n]/.test(value)
          ? "a value without blanks at the ends or line breaks"
          : key === "tags" && /^(?:aws:|elbv2\.k8s\.aws\/|ingress\.k8s\.aws\/)/.test(name)
            ? "a tag that is not reserved by AWS or the controller"
            : undefined;
      if (reason === undefined) return [];
      return [
        {
          path: [key, name],
          message: `expected ${reason}, found ${JSON.stringify(`${name}=${value}`)}`,
          suggestion: "Rename or correct it.",
        },
      ];
    }),
  );
}

function annotationFindings({ annotations }: IngressConfig): Finding[] {
  return Object.entries(annotations).flatMap(([suffix, value]) => {
    const judgement = judgeAnnotation(suffix, value);
    return judgement ? [{ path: ["annotations", suffix], ...judgement }] : [];
  });
}

/** The Job is named after the Ingress, and a Job's name is at most 63 characters. */
const longestIngressName = 63 - "-healthcheck".length;

function pinnedFindings(config: Config): Finding[] {
  const pinned = config.ingresses.flatMap(({ key, healthCheck }) =>
    healthCheck.mode === "pinned" ? [{ key, nodePort: healthCheck.nodePort }] : [],
  );
  const actual = gatewayServicePorts(config).find(({ port }) => port === statusPort)?.nodePort;
  return pinned
    .filter(({ nodePort }) => nodePort !== actual)
    .map(({ key, nodePort }) => ({
      path: ["ingresses", key, "healthCheck", "nodePort"],
      message: `expected the NodePort of port ${statusPort} on the gateway's Service, ${actual ?? "none"}, found ${nodePort}: one Service serves all doors`,
      suggestion:
        "Pin the same NodePort on every door, and in service.ports of the gateway's values where they are written out.",
    }));
}

export const albRules: readonly ConfigRule[] = [
  { code: "alb/name-grammar", severity: "error", check: perIngress(nameFindings) },
  {
    code: "alb/ingress-name-length",
    severity: "error",
    check: perIngress(({ ingressName, healthCheck }) =>
      healthCheck.mode !== "discovered" || ingressName.length <= longestIngressName
        ? []
        : [
            {
              path: ["ingressName"],
              message: `expected at most ${longestIngressName} characters with a hook Job named after the Ingress, found ${ingressName.length}`,
              suggestion: "Shorten it, or use healthCheck.mode named.",
            },
          ],
    ),
  },
  {
    code: "alb/ingress-name-twice",
    severity: "error",
    check: ({ ingresses }) =>
      ingresses.flatMap(({ key, ingressName }, index) =>
        ingresses.findIndex((other) => other.ingressName === ingressName) === index
          ? []
          : [
              {
                path: ["ingresses", key, "ingressName"],
                message: `two ingresses would create the Ingress ${ingressName}`,
                suggestion: "Give each its own ingressName.",
              },
            ],
      ),
  },
  { code: "alb/certificate-region", severity: "error", check: perIngress(regionFindings) },
  { code: "alb/certificate-account", severity: "error", check: perIngress(accountFindings) },
  { code: "alb/subnets", severity: "error", check: perIngress(subnetFindings) },
  { code: "alb/pairs", severity: "error", check: perIngress(pairFindings) },
  { code: "alb/annotation", severity: "error", check: perIngress(annotationFindings) },
  { code: "alb/pinned-node-port", severity: "error", check: pinnedFindings },
];
