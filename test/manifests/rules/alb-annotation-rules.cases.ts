import { replaced } from "../../charts/spoil.ts";
import type { ObjectRuleCase } from "./object-rule-case.ts";

export const albAnnotationCases: readonly ObjectRuleCase[] = [
  {
    code: "alb/ingress-annotation",
    title: "judges each annotation by the table",
    fails: [
      replaced(/ingress-services\/ingress/, "target-type: instance", "target-type: instances"),
      replaced(/ingress-services\/ingress/, "success-codes", "success-code"),
      replaced(
        /ingress-services\/ingress/,
        "annotations:",
        "annotations:\n    alb.ingress.kubernetes.io/group.name: shared\n    alb.ingress.kubernetes.io/wafv2-acl-arn: ''",
      ),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-annotation: Ingress ingress-services: annotation group.name is not supported: two front doors must not share a fate: one bad member fails every Ingress of a group
        Remove the annotation.
      dist/demo/ingress-services/ingress.yaml error alb/ingress-annotation: Ingress ingress-services: annotation wafv2-acl-arn: expected the ARN of a REGIONAL WAFv2 web ACL (arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>) or none, found "": with 2.14.0 to 3.5.0 the controller detaches whatever web ACL is attached
        Write a value, or leave the annotation out.
      dist/demo/ingress-services/ingress.yaml error alb/ingress-annotation: Ingress ingress-services: the AWS Load Balancer Controller reads no annotation success-code here and would ignore it silently
        Did you mean success-codes?
      dist/demo/ingress-services/ingress.yaml error alb/ingress-annotation: Ingress ingress-services: annotation target-type: expected one of instance, ip, found "instances"
        Correct the value: one that the controller or AWS refuses fails the whole Ingress.
    `,
    passes: [
      replaced(
        /ingress-services\/ingress/,
        "annotations:",
        "annotations:\n    alb.ingress.kubernetes.io/shield-advanced-protection: 'true'\n    example.com/note: ''",
      ),
    ],
  },
  {
    code: "alb/ingress-annotation",
    title: "sees a line break at the end",
    fails: [replaced(/ingress-services\/ingress/, /(ssl-policy: )(.*)/, '$1"$2\\n"')],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-annotation: Ingress ingress-services: annotation ssl-policy: expected a value without blanks or line breaks at its ends, found "ELBSecurityPolicy-TLS13-1-2-2021-06\\n"
        Write it on one line, or with >- where it is long: the controller takes every character as it is.
    `,
  },
  {
    code: "alb/annotation-missing",
    title: "wants said what the controller would assume silently",
    fails: [
      replaced(/ingress-services\/ingress/, / +alb.*\/scheme: .*\n/, ""),
      replaced(/ingress-services\/ingress/, / +alb.*\/healthcheck-protocol: .*\n/, ""),
      replaced(/ingress-services\/ingress/, / +alb.*\/certificate-arn: .*\n/, ""),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/annotation-missing: Ingress ingress-services: expected annotation certificate-arn, found none: the controller would take every certificate that matches a host, with the lowest ARN as the default one
        State it, so that a review shows it.
      dist/demo/ingress-services/ingress.yaml error alb/annotation-missing: Ingress ingress-services: expected annotation healthcheck-protocol, found none: the controller would take the protocol of the backend
        State it, so that a review shows it.
      dist/demo/ingress-services/ingress.yaml error alb/annotation-missing: Ingress ingress-services: expected annotation scheme, found none: the controller would take internal
        State it, so that a review shows it.
    `,
  },
  {
    code: "alb/health-check-interval",
    title: "wants an interval above the timeout",
    fails: [replaced(/ingress-services\/ingress/, /timeout-seconds: "5"/, 'timeout-seconds: "15"')],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/health-check-interval: Ingress ingress-services: expected an interval above the timeout of 15 s, found 15 s: AWS refuses the target group
        Raise the interval or lower the timeout.
    `,
    passes: [replaced(/ingress-services\/ingress/, /timeout-seconds: "5"/, 'timeout-seconds: "14"')],
  },
  {
    code: "alb/plain-protocol",
    title: "wants plain HTTP to the gateway and to its status port",
    fails: [
      replaced(/ingress-services\/ingress/, "backend-protocol: HTTP", "backend-protocol: HTTPS"),
      replaced(/ingress-services\/ingress/, "healthcheck-protocol: HTTP", "healthcheck-protocol: HTTPS"),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/plain-protocol: Ingress ingress-services: expected backend-protocol HTTP for port 80 of the gateway's Service, found HTTPS: every target would be unhealthy
        HTTP belongs to port 80, HTTPS to port 443 (backendTls).
      dist/demo/ingress-services/ingress.yaml error alb/plain-protocol: Ingress ingress-services: expected healthcheck-protocol HTTP, found HTTPS: the gateway's status port 15021 speaks plain HTTP, and every target would be unhealthy
        Write HTTP.
    `,
  },
  {
    code: "alb/ssl-redirect",
    title: "wants an HTTPS listener to redirect to",
    fails: [replaced(/ingress-services\/ingress/, '{"HTTPS":443}', '{"HTTPS":8443}')],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ssl-redirect: Ingress ingress-services: expected an HTTPS port of listen-ports, found "443" beside "[{\\"HTTP\\":80},{\\"HTTPS\\":8443}]": the controller fails the whole Ingress
        Listen on it: [{"HTTP":80},{"HTTPS":443}].
    `,
    passes: [replaced(/ingress-services\/ingress/, '{"HTTPS":443}', '{"HTTPS": 443}')],
  },
  {
    code: "alb/ingress-class",
    title: "refuses the old annotation",
    fails: [
      replaced(
        /ingress-services\/ingress/,
        "annotations:",
        "annotations:\n    kubernetes.io/ingress.class: alb",
      ),
    ],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-class: Ingress ingress-services: expected spec.ingressClassName alone, found the annotation kubernetes.io/ingress.class: "alb", with which the controller ignores the class's parameters
        Remove the annotation.
    `,
  },
  {
    code: "alb/ingress-class",
    title: "wants the class alb",
    fails: [replaced(/ingress-services\/ingress/, "ingressClassName: alb", "ingressClassName: nginx")],
    problems: `
      dist/demo/ingress-services/ingress.yaml error alb/ingress-class: Ingress ingress-services: expected ingressClassName alb, found "nginx": another controller or none would take the Ingress
        Set spec.ingressClassName to alb.
    `,
  },
];
