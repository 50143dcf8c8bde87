import type { RuleCase } from "./rule-case.ts";

const id = "0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890";

export const certificateCases: readonly RuleCase[] = [
  {
    code: "alb/certificate-region",
    title: "wants certificates and web ACLs of the cluster's region",
    fails: `
      ingresses:
        consoles:
          hosts: [a.example.com]
          certificate:
            - domain: a.example.com
            - arn: arn:aws:acm:us-east-1:123456789012:certificate/${id}
          webAcl: { arn: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/acl/${id}" }
    `,
    problems: `
      clusters/demo.yaml:6:9 error alb/certificate-region: expected a certificate in ap-northeast-2, the cluster's region, found one in us-east-1
        Use the certificate of ap-northeast-2: a load balancer takes none of another region.
      clusters/demo.yaml:7:15 error alb/certificate-region: expected a web ACL in ap-northeast-2, the cluster's region, found one in eu-west-1
        Use the web ACL of ap-northeast-2: a load balancer takes none of another region.
    `,
    passes: `
      ingresses:
        consoles:
          hosts: [a.example.com]
          certificate:
            - domain: a.example.com
            - arn: arn:aws:acm:ap-northeast-2:123456789012:certificate/${id}
          webAcl: { arn: "arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/acl/${id}" }
    `,
  },
  {
    code: "alb/arn-partition",
    title: "knows that China and GovCloud are partitions of their own",
    fails: `
      cluster: { region: cn-north-1 }
      ingresses:
        consoles:
          hosts: [a.example.com]
          certificate: { arn: "arn:aws:acm:cn-north-1:123456789012:certificate/${id}" }
    `,
    problems: `
      clusters/demo.yaml:5:20 error alb/arn-partition: expected the ARN of a certificate in cn-north-1 to begin with arn:aws-cn:, found arn:aws:
        Copy the ARN from that region's console or API.
    `,
    passes: `
      cluster: { region: cn-north-1 }
      ingresses:
        consoles:
          hosts: [a.example.com]
          certificate: { arn: "arn:aws-cn:acm:cn-north-1:123456789012:certificate/${id}" }
    `,
  },
  {
    code: "alb/certificate-account",
    title: "wants those of the cluster's account, where the file names it",
    fails: `
      cluster:
        account: "123456789012"
      ingresses:
        consoles:
          hosts: [a.example.com]
          certificate: { arn: "arn:aws:acm:ap-northeast-2:210987654321:certificate/${id}" }
    `,
    problems: `
      clusters/demo.yaml:6:20 error alb/certificate-account: expected a certificate of account 123456789012, found one of 210987654321
        Correct the ARN or cluster.account.
    `,
    passes: `
      ingresses:
        consoles:
          hosts: [a.example.com]
          certificate: { arn: "arn:aws:acm:ap-northeast-2:210987654321:certificate/${id}" }
    `,
  },
  {
    code: "alb/key-algorithm-conflict",
    title: "refuses two algorithms for one domain; a door that names none takes what the other has",
    fails: `
      ingresses:
        services: { certificate: { domain: app.example.com, keyAlgorithm: rsa } }
        consoles:
          hosts: [a.example.com]
          certificate: [{ domain: a.example.com }, { domain: app.example.com, keyAlgorithm: ecdsa }]
    `,
    problems: `
      clusters/demo.yaml:2:55 error alb/key-algorithm-conflict: expected one keyAlgorithm for the certificate of app.example.com, found ecdsa in ingresses.consoles; rsa in ingresses.services: a look-up gives one certificate per domain
        Name one of the two by its arn, or use the same algorithm.
    `,
    passes: `
      ingresses:
        services: { certificate: { domain: app.example.com, keyAlgorithm: rsa } }
        consoles:
          hosts: [a.example.com]
          certificate: [{ domain: a.example.com, keyAlgorithm: ecdsa }, { domain: app.example.com }]
    `,
  },
  {
    code: "alb/certificate-region",
    title: "knows the trust store of clients' certificates; its name says no region",
    fails: `
      ingresses:
        services:
          annotations:
            mutual-authentication: '[{"port":443,"mode":"verify","trustStore":"arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/office/0a1b"}]'
    `,
    problems: `
      clusters/demo.yaml:4:7 error alb/certificate-region: expected a trust store in ap-northeast-2, the cluster's region, found one in eu-west-1
        Use the trust store of ap-northeast-2: a load balancer takes none of another region.
    `,
    passes: `
      ingresses:
        services:
          annotations:
            mutual-authentication: '[{"port":443,"mode":"verify","trustStore":"office"}]'
    `,
  },
];
