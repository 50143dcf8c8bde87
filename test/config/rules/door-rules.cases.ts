import type { RuleCase } from "./rule-case.ts";

export const doorCases: readonly RuleCase[] = [
  {
    code: "alb/protocol-version",
    title: "refuses gRPC, whose health check the gateway cannot answer",
    fails: `
      ingresses:
        services:
          annotations: { backend-protocol-version: GRPC }
    `,
    problems: `
      clusters/demo.yaml:3:20 error alb/protocol-version: expected backend-protocol-version HTTP1 or HTTP2, found GRPC: AWS refuses its health check (code 200, of 0 to 99), and the gateway's status port answers HTTP only
        Write HTTP2: gRPC is HTTP/2, and the gateway takes it on the same port.
    `,
    passes: `
      ingresses:
        services:
          annotations: { backend-protocol-version: HTTP2 }
    `,
  },
  {
    code: "alb/health-check-path",
    title: "knows the one path that the status port answers",
    fails: `
      ingresses:
        services:
          healthCheck: { path: /ready }
    `,
    problems: `
      clusters/demo.yaml:3:20 error alb/health-check-path: expected /healthz/ready, found "/ready": the health check asks the gateway's status port 15021, which answers 404 for every other path, and no target would be healthy
        Remove the line.
    `,
    passes: `
      ingresses:
        services:
          healthCheck: { path: /healthz/ready }
    `,
  },
  {
    code: "alb/inbound-cidrs-ignored",
    title: "refuses ranges and prefix lists that the controller would ignore",
    fails: `
      ingresses:
        services:
          inboundCidrs: [203.0.113.0/24]
          prefixLists: [pl-0a1b2c3d]
          securityGroups: { ids: [sg-0a1b2c3d] }
    `,
    problems: `
      clusters/demo.yaml:5:5 error alb/inbound-cidrs-ignored: expected inboundCidrs or securityGroups, found both: the controller would ignore inboundCidrs, silently
        Put what it says into the security group and remove it, or remove securityGroups.
      clusters/demo.yaml:5:5 error alb/inbound-cidrs-ignored: expected prefixLists or securityGroups, found both: the controller would ignore prefixLists, silently
        Put what it says into the security group and remove it, or remove securityGroups.
    `,
    passes: `
      ingresses:
        services:
          inboundCidrs: [203.0.113.0/24]
          prefixLists: [pl-0a1b2c3d]
    `,
  },
  {
    code: "alb/security-groups-alone",
    title: "warns of targets that nobody opens",
    fails: `
      ingresses:
        services: { securityGroups: { ids: [sg-0a1b2c3d], manageBackendRules: false } }
        pods:
          hosts: [pods.example.com]
          certificate: { domain: pods.example.com }
          targetType: ip
          securityGroups: { ids: [sg-0a1b2c3d], manageBackendRules: false }
    `,
    problems: `
      clusters/demo.yaml:2:53 warning alb/security-groups-alone: expected manageBackendRules true, found false: the controller opens nothing on the nodes, and every target times out unless their security group lets the load balancer in
        Remove the line, unless they are opened elsewhere.
      clusters/demo.yaml:7:43 warning alb/security-groups-alone: expected manageBackendRules true, found false: the controller opens nothing on the pods, and every target times out unless their security group lets the load balancer in
        Remove the line, unless they are opened elsewhere.
    `,
    passes: `
      ingresses:
        services: { securityGroups: { ids: [sg-0a1b2c3d] } }
    `,
  },
  {
    code: "alb/without-effect",
    title: "names what the controller reads beside something else only",
    fails: `
      ingresses:
        services:
          targetType: ip
          targetGroupAttributes: { routing.http2.rst_stream_error_forwarding.enabled: "true" }
          annotations: { target-node-labels: pool=edge }
    `,
    problems: `
      clusters/demo.yaml:4:30 warning alb/without-effect: routing.http2.rst_stream_error_forwarding.enabled has no effect without backend-protocol-version HTTP2
        Remove it, or write backend-protocol-version: HTTP2.
      clusters/demo.yaml:5:20 warning alb/without-effect: target-node-labels has no effect beside targetType ip: pods are the targets then, not nodes
        Remove one of the two.
    `,
    passes: `
      ingresses:
        services:
          targetGroupAttributes: { routing.http2.rst_stream_error_forwarding.enabled: "true" }
          annotations: { backend-protocol-version: HTTP2, target-node-labels: pool=edge }
    `,
  },
  {
    code: "alb/without-effect",
    title: "names the identity provider that nobody asks",
    fails: `
      ingresses:
        services:
          annotations:
            auth-type: cognito
            auth-idp-cognito: '{"userPoolARN":"arn:aws:cognito-idp:eu-west-1:111122223333:userpool/x","userPoolClientID":"id","userPoolDomain":"d"}'
            auth-idp-oidc: '{"issuer":"https://i","authorizationEndpoint":"https://a","tokenEndpoint":"https://t","userInfoEndpoint":"https://u","secretName":"oidc"}'
    `,
    problems: `
      clusters/demo.yaml:6:7 warning alb/without-effect: auth-idp-oidc has no effect beside auth-type cognito
        Remove one of the two.
    `,
    passes: `
      ingresses:
        services:
          annotations:
            auth-type: oidc
            auth-idp-oidc: '{"issuer":"https://i","authorizationEndpoint":"https://a","tokenEndpoint":"https://t","userInfoEndpoint":"https://u","secretName":"oidc"}'
    `,
  },
  {
    code: "alb/without-effect",
    title: "names ranges of IPv6 on a load balancer without IPv6",
    fails: `
      ingresses:
        services:
          inboundCidrs: [203.0.113.0/24, "2001:db8::/32"]
    `,
    problems: `
      clusters/demo.yaml:3:36 warning alb/without-effect: 2001:db8::/32 has no effect without ip-address-type dualstack: the load balancer has no IPv6 address, and the controller leaves ranges of IPv6 out
        Remove the ranges of IPv6, or add the annotation ip-address-type: dualstack.
    `,
    passes: `
      ingresses:
        services:
          inboundCidrs: [203.0.113.0/24, "2001:db8::/32"]
          annotations: { ip-address-type: dualstack }
    `,
  },
  {
    code: "alb/without-effect",
    title: "says that nobody could connect where all ranges are of IPv6",
    fails: `
      ingresses:
        services:
          inboundCidrs: ["2001:db8::/32"]
    `,
    problems: `
      clusters/demo.yaml:3:20 warning alb/without-effect: 2001:db8::/32 has no effect without ip-address-type dualstack: the load balancer has no IPv6 address, and the controller leaves ranges of IPv6 out, and nobody could connect
        Remove the ranges of IPv6, or add the annotation ip-address-type: dualstack.
    `,
    passes: `
      ingresses:
        services:
          inboundCidrs: ["2001:db8::/32"]
          annotations: { ip-address-type: dualstack-without-public-ipv4 }
    `,
  },
  {
    code: "alb/ip-address-type",
    title: "knows that an internal load balancer has no public addresses",
    fails: `
      ingresses:
        services:
          scheme: internal
          annotations: { ip-address-type: dualstack-without-public-ipv4 }
    `,
    problems: `
      clusters/demo.yaml:4:20 error alb/ip-address-type: expected ip-address-type ipv4 or dualstack on an internal door, found dualstack-without-public-ipv4, which AWS gives internet-facing load balancers only
        Write dualstack: an internal load balancer has no public addresses.
    `,
    passes: `
      ingresses:
        services:
          scheme: internal
          annotations: { ip-address-type: dualstack }
    `,
  },
  {
    code: "alb/range-host-bits",
    title: "names the range that is written for one with bits beyond its prefix",
    fails: `
      ingresses:
        services:
          inboundCidrs: [203.0.113.7/24, 203.0.113.7/32, "2001:db8::1/32"]
          annotations: { ip-address-type: dualstack }
    `,
    problems: `
      clusters/demo.yaml:3:20 warning alb/range-host-bits: 203.0.113.7/24 names an address inside the range 203.0.113.0/24, which is written instead: all of it may connect
        Write 203.0.113.0/24, or 203.0.113.7/32 for the one address.
      clusters/demo.yaml:3:52 warning alb/range-host-bits: 2001:db8::1/32 names an address inside the range 2001:db8::/32, which is written instead: all of it may connect
        Write 2001:db8::/32, or 2001:db8::1/128 for the one address.
    `,
    passes: `
      ingresses:
        services:
          inboundCidrs: [203.0.113.0/24, "2001:0DB8::/32"]
          annotations: { ip-address-type: dualstack }
    `,
  },
  {
    code: "alb/quota",
    title: "counts a listener rule for each host",
    fails: `
      ingresses:
        services:
          hosts: [h0.example.com, h1.example.com, h2.example.com, h3.example.com, h4.example.com, h5.example.com, h6.example.com, h7.example.com, h8.example.com, h9.example.com, h10.example.com, h11.example.com, h12.example.com, h13.example.com, h14.example.com, h15.example.com, h16.example.com, h17.example.com, h18.example.com, h19.example.com, h20.example.com, h21.example.com, h22.example.com, h23.example.com, h24.example.com, h25.example.com, h26.example.com, h27.example.com, h28.example.com, h29.example.com, h30.example.com, h31.example.com, h32.example.com, h33.example.com, h34.example.com, h35.example.com, h36.example.com, h37.example.com, h38.example.com, h39.example.com, h40.example.com, h41.example.com, h42.example.com, h43.example.com, h44.example.com, h45.example.com, h46.example.com, h47.example.com, h48.example.com, h49.example.com, h50.example.com, h51.example.com, h52.example.com, h53.example.com, h54.example.com, h55.example.com, h56.example.com, h57.example.com, h58.example.com, h59.example.com, h60.example.com, h61.example.com, h62.example.com, h63.example.com, h64.example.com, h65.example.com, h66.example.com, h67.example.com, h68.example.com, h69.example.com, h70.example.com, h71.example.com, h72.example.com, h73.example.com, h74.example.com, h75.example.com, h76.example.com, h77.example.com, h78.example.com, h79.example.com, h80.example.com, h81.example.com, h82.example.com, h83.example.com, h84.example.com, h85.example.com, h86.example.com, h87.example.com, h88.example.com, h89.example.com, h90.example.com, h91.example.com, h92.example.com, h93.example.com, h94.example.com, h95.example.com, h96.example.com, h97.example.com, h98.example.com, h99.example.com, h100.example.com]
    `,
    problems: `
      clusters/demo.yaml:3:5 warning alb/quota: 101 listener rules per load balancer (one for each of 101 hosts), where AWS allows 100 unless the quota was raised: what is beyond would be refused, with half of the rest applied
        Split the ingress in two, or have the quota raised before the roll-out.
    `,
    passes: `
      ingresses:
        services:
          hosts: [h0.example.com, h1.example.com, h2.example.com, h3.example.com, h4.example.com, h5.example.com, h6.example.com, h7.example.com, h8.example.com, h9.example.com, h10.example.com, h11.example.com, h12.example.com, h13.example.com, h14.example.com, h15.example.com, h16.example.com, h17.example.com, h18.example.com, h19.example.com, h20.example.com, h21.example.com, h22.example.com, h23.example.com, h24.example.com, h25.example.com, h26.example.com, h27.example.com, h28.example.com, h29.example.com, h30.example.com, h31.example.com, h32.example.com, h33.example.com, h34.example.com, h35.example.com, h36.example.com, h37.example.com, h38.example.com, h39.example.com, h40.example.com, h41.example.com, h42.example.com, h43.example.com, h44.example.com, h45.example.com, h46.example.com, h47.example.com, h48.example.com, h49.example.com, h50.example.com, h51.example.com, h52.example.com, h53.example.com, h54.example.com, h55.example.com, h56.example.com, h57.example.com, h58.example.com, h59.example.com, h60.example.com, h61.example.com, h62.example.com, h63.example.com, h64.example.com, h65.example.com, h66.example.com, h67.example.com, h68.example.com, h69.example.com, h70.example.com, h71.example.com, h72.example.com, h73.example.com, h74.example.com, h75.example.com, h76.example.com, h77.example.com, h78.example.com, h79.example.com, h80.example.com, h81.example.com, h82.example.com, h83.example.com, h84.example.com, h85.example.com, h86.example.com, h87.example.com, h88.example.com, h89.example.com, h90.example.com, h91.example.com, h92.example.com, h93.example.com, h94.example.com, h95.example.com, h96.example.com, h97.example.com, h98.example.com, h99.example.com]
    `,
  },
  {
    code: "alb/quota",
    title: "counts the rules of a security group by address family",
    fails: `
      ingresses:
        services:
          inboundCidrs: [198.51.100.0/32, 198.51.100.1/32, 198.51.100.2/32, 198.51.100.3/32, 198.51.100.4/32, 198.51.100.5/32, 198.51.100.6/32, 198.51.100.7/32, 198.51.100.8/32, 198.51.100.9/32, 198.51.100.10/32, 198.51.100.11/32, 198.51.100.12/32, 198.51.100.13/32, 198.51.100.14/32, 198.51.100.15/32, 198.51.100.16/32, 198.51.100.17/32, 198.51.100.18/32, 198.51.100.19/32, 198.51.100.20/32, 198.51.100.21/32, 198.51.100.22/32, 198.51.100.23/32, 198.51.100.24/32, 198.51.100.25/32, 198.51.100.26/32, 198.51.100.27/32, 198.51.100.28/32, 198.51.100.29/32, 198.51.100.30/32]
    `,
    problems: `
      clusters/demo.yaml:3:5 warning alb/quota: 62 rules of one address family per security group (31 ranges for the ports 80 and 443), where AWS allows 60 unless the quota was raised: what is beyond would be refused, with half of the rest applied
        Split the ingress in two, or have the quota raised before the roll-out.
    `,
    passes: `
      ingresses:
        services:
          inboundCidrs: [198.51.100.0/32, 198.51.100.1/32, 198.51.100.2/32, 198.51.100.3/32, 198.51.100.4/32, 198.51.100.5/32, 198.51.100.6/32, 198.51.100.7/32, 198.51.100.8/32, 198.51.100.9/32, 198.51.100.10/32, 198.51.100.11/32, 198.51.100.12/32, 198.51.100.13/32, 198.51.100.14/32, 198.51.100.15/32, 198.51.100.16/32, 198.51.100.17/32, 198.51.100.18/32, 198.51.100.19/32, 198.51.100.20/32, 198.51.100.21/32, 198.51.100.22/32, 198.51.100.23/32, 198.51.100.24/32, 198.51.100.25/32, 198.51.100.26/32, 198.51.100.27/32, 198.51.100.28/32, 198.51.100.29/32, "2001:db8:1::/48", "2001:db8:2::/48", "2001:db8:3::/48", "2001:db8:4::/48", "2001:db8:5::/48", "2001:db8:6::/48", "2001:db8:7::/48", "2001:db8:8::/48", "2001:db8:9::/48", "2001:db8:10::/48", "2001:db8:11::/48", "2001:db8:12::/48", "2001:db8:13::/48", "2001:db8:14::/48", "2001:db8:15::/48", "2001:db8:16::/48", "2001:db8:17::/48", "2001:db8:18::/48", "2001:db8:19::/48", "2001:db8:20::/48", "2001:db8:21::/48", "2001:db8:22::/48", "2001:db8:23::/48", "2001:db8:24::/48", "2001:db8:25::/48", "2001:db8:26::/48", "2001:db8:27::/48", "2001:db8:28::/48", "2001:db8:29::/48", "2001:db8:30::/48"]
          annotations: { ip-address-type: dualstack }
    `,
  },
  {
    code: "alb/quota",
    title: "counts the controller's own tags",
    fails: `
      ingresses:
        services:
          tags: { k0: v, k1: v, k2: v, k3: v, k4: v, k5: v, k6: v, k7: v, k8: v, k9: v, k10: v, k11: v, k12: v, k13: v, k14: v, k15: v, k16: v, k17: v, k18: v, k19: v, k20: v, k21: v, k22: v, k23: v, k24: v, k25: v, k26: v, k27: v, k28: v, k29: v, k30: v, k31: v, k32: v, k33: v, k34: v, k35: v, k36: v, k37: v, k38: v, k39: v, k40: v, k41: v, k42: v, k43: v, k44: v, k45: v, k46: v, k47: v }
    `,
    problems: `
      clusters/demo.yaml:3:5 warning alb/quota: 51 tags per load balancer (48 here and 3 of the controller), where AWS allows 50 unless the quota was raised: what is beyond would be refused, with half of the rest applied
        Split the ingress in two, or have the quota raised before the roll-out.
    `,
    passes: `
      ingresses:
        services:
          tags: { k0: v, k1: v, k2: v, k3: v, k4: v, k5: v, k6: v, k7: v, k8: v, k9: v, k10: v, k11: v, k12: v, k13: v, k14: v, k15: v, k16: v, k17: v, k18: v, k19: v, k20: v, k21: v, k22: v, k23: v, k24: v, k25: v, k26: v, k27: v, k28: v, k29: v, k30: v, k31: v, k32: v, k33: v, k34: v, k35: v, k36: v, k37: v, k38: v, k39: v, k40: v, k41: v, k42: v, k43: v, k44: v, k45: v, k46: v }
    `,
  },
  {
    code: "alb/tag",
    title: "knows the characters, lengths and names that Elastic Load Balancing takes",
    fails: `
      ingresses:
        services:
          tags:
            owners: a,b
            "a=b": x
            quoted: '"x"'
            path: C:\\x
            " a": x
            blank: "x "
            "AWS:x": y
            elbv2.k8s.aws/cluster: x
            kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: x
            long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    `,
    problems: `
      clusters/demo.yaml:4:7 error alb/tag: expected a tag's value of letters, digits, blanks and _ . : / = + - @, not ","
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:5:7 error alb/tag: expected a tag's name of letters, digits, blanks and _ . : / + - @, not "="
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:6:7 error alb/tag: expected a tag's value of letters, digits, blanks and _ . : / = + - @, not "\\""
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:7:7 error alb/tag: expected a tag's value of letters, digits, blanks and _ . : / = + - @, not "\\\\"
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:8:7 error alb/tag: expected a tag's name without blanks at its ends
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:9:7 error alb/tag: expected a tag's value without blanks at its ends
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:10:7 error alb/tag: expected a tag that is not reserved by AWS or the controller (AWS:)
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:11:7 error alb/tag: expected a tag that is not reserved by AWS or the controller (elbv2.k8s.aws/)
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:12:7 error alb/tag: expected a tag's name of at most 128 characters, not 129
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
      clusters/demo.yaml:13:7 error alb/tag: expected a tag's value of at most 256 characters, not 257
        Rename or correct it: Elastic Load Balancing would refuse to make anything with this tag.
    `,
    passes: `
      ingresses:
        services:
          tags: { team: "Größe 1 = a/b@c", mail: x@example.com }
    `,
  },
  {
    code: "alb/ssl-policy",
    title: "names the policy that a misspelt one is near to",
    fails: `
      ingresses:
        services:
          sslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-90
    `,
    problems: `
      clusters/demo.yaml:3:5 error alb/ssl-policy: expected the security policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, found "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-90": AWS would refuse the listener
        Correct the name.
    `,
    passes: `
      ingresses:
        services:
          sslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09
    `,
  },
  {
    code: "alb/ssl-policy",
    title: "lets policies pass that AWS may have added since",
    fails: `
      ingresses:
        services:
          sslPolicy: ELBSecurityPolicy-Strict
    `,
    problems: `
      clusters/demo.yaml:3:5 error alb/ssl-policy: expected a security policy that ends with its date, found "ELBSecurityPolicy-Strict": AWS would refuse the listener
        Correct the name.
    `,
    passes: `
      ingresses:
        services:
          sslPolicy: ELBSecurityPolicy-TLS13-1-2-Ext3-2027-02
    `,
  },
  {
    code: "alb/wildcard-beside-security-groups",
    title: "warns where security groups decide who comes in",
    fails: `
      ingresses:
        services:
          hosts: ["*.example.com"]
          certificate: { domain: "*.example.com" }
          securityGroups: { ids: [sg-0a1b2c3d] }
        consoles: { hosts: [b.example.com], certificate: { domain: "*.example.com" }, scheme: internal }
    `,
    problems: `
      clusters/demo.yaml:3:13 warning alb/wildcard-beside-security-groups: *.example.com on the ingress services covers b.example.com of the ingress consoles: whether others could reach it through this door depends on security groups, which meshfront does not read
        Name the hosts of this ingress one by one, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: `
      ingresses:
        services:
          hosts: ["*.example.com"]
          certificate: { domain: "*.example.com" }
          securityGroups: { ids: [sg-0a1b2c3d] }
        consoles:
          hosts: [b.example.com]
          certificate: { domain: "*.example.com" }
          securityGroups: { ids: [sg-0a1b2c3d] }
    `,
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "knows prefix lists, security groups and client certificates too",
    fails: `
      ingresses:
        services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" } }
        a: { hosts: [a.example.com], certificate: { domain: "*.example.com" }, prefixLists: [pl-0a1b2c3d] }
        b: { hosts: [b.example.com], certificate: { domain: "*.example.com" }, securityGroups: { ids: [sg-0a1b2c3d] } }
        c: { hosts: [c.example.com], certificate: { domain: "*.example.com" }, annotations: { mutual-authentication: '[{"port":443,"mode":"verify","trustStore":"office"}]' } }
    `,
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: *.example.com on the open ingress services covers a.example.com of the closed ingress a, b.example.com of the closed ingress b and c.example.com of the closed ingress c: the world could reach them through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: `
      ingresses:
        services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" } }
        c: { hosts: [c.example.com], certificate: { domain: "*.example.com" }, annotations: { mutual-authentication: '[{"port":443,"mode":"passthrough"}]' } }
    `,
  },
  {
    code: "alb/wildcard-over-closed-host",
    title:
      "knows the less closed of two closed doors; those of which each keeps out others are nobody's business",
    fails: `
      ingresses:
        services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" }, inboundCidrs: [10.0.0.0/8] }
        b: { hosts: [b.example.com], certificate: { domain: "*.example.com" }, inboundCidrs: [10.1.0.0/16] }
    `,
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: *.example.com on the ingress services covers b.example.com of the ingress b: clients whom that ingress keeps out could reach it through this door
        Name the hosts of this ingress one by one, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: `
      ingresses:
        services: { hosts: ["*.example.com"], certificate: { domain: "*.example.com" }, scheme: internal }
        b: { hosts: [b.example.com], certificate: { domain: "*.example.com" }, inboundCidrs: [10.1.0.0/16] }
    `,
  },
  {
    code: "alb/authentication",
    title: "refuses a log-in and tokens on one door",
    fails: `
      ingresses:
        services:
          annotations:
            auth-type: oidc
            auth-idp-oidc: '{"issuer":"https://i","authorizationEndpoint":"https://a","tokenEndpoint":"https://t","userInfoEndpoint":"https://u","secretName":"oidc"}'
            jwt-validation: '{"issuer":"https://i","jwksEndpoint":"https://i/jwks"}'
    `,
    problems: `
      clusters/demo.yaml:4:7 error alb/authentication: expected auth-type or jwt-validation, found both: the controller fails the whole Ingress
        Keep one of the two. People and machines need a door each; on a gateway of its own (gateways) it may have the same host.
    `,
    passes: `
      ingresses:
        services:
          annotations:
            auth-type: none
            jwt-validation: '{"issuer":"https://i","jwksEndpoint":"https://i/jwks"}'
    `,
  },
  {
    code: "alb/open-console",
    title: "says neither open nor closed of security groups",
    fails: `
      routes:
        - { name: console, hosts: [c.example.com], ingress: addons, service: { name: kiali, namespace: x, port: 80 } }
      ingresses:
        addons: { hosts: [c.example.com], certificate: { domain: c.example.com }, securityGroups: { ids: [sg-0a1b2c3d] } }
    `,
    problems: `
      clusters/demo.yaml:2:46 warning alb/open-console: expected a closed ingress in front of the console kiali, which has no log-in as Istio's samples install it, found addons, of which security groups of your own decide who can reach it
        Close it: scheme internal, inboundCidrs that are not the whole internet, or auth-type among its annotations. Or route the console through another ingress.
    `,
    passes: `
      routes:
        - { name: console, hosts: [c.example.com], ingress: addons, service: { name: kiali, namespace: x, port: 80 } }
      ingresses:
        addons: { hosts: [c.example.com], certificate: { domain: c.example.com }, prefixLists: [pl-0a1b2c3d] }
    `,
  },
  {
    code: "alb/without-effect",
    title: "names annotations of external-dns that find no host",
    fails: `
      ingresses: { services: { hosts: ["*"], annotations: { external-dns.alpha.kubernetes.io/ttl: "60" } } }
    `,
    problems: `
      clusters/demo.yaml:1:55 warning alb/without-effect: external-dns.alpha.kubernetes.io/ttl has no effect without a host: external-dns finds none on a rule for every host
        Name the hosts in external-dns.alpha.kubernetes.io/hostname, separated by commas.
    `,
    passes: `
      ingresses: { services: { hosts: ["*"], annotations: { external-dns.alpha.kubernetes.io/ttl: "60", external-dns.alpha.kubernetes.io/hostname: a.example.com } } }
    `,
  },
  {
    code: "alb/any-host",
    title: "wants a rule for every host to be the only one",
    fails: `
      routes:
        - { name: all, hosts: [app.example.com, "*"], ingress: services, service: { name: web, namespace: apps, port: 80 } }
      ingresses: { services: { hosts: [app.example.com, "*"] } }
    `,
    problems: `
      clusters/demo.yaml:2:43 error alb/any-host: expected * alone, found it beside other hosts: it takes every host, those too
        Remove the others, or name all hosts one by one.
      clusters/demo.yaml:3:51 error alb/any-host: expected * alone, found it beside other hosts: it takes every host, those too
        Remove the others, or name all hosts one by one.
    `,
    passes: `
      routes:
        - { name: all, hosts: ["*"], ingress: services, service: { name: web, namespace: apps, port: 80 } }
      ingresses: { services: { hosts: ["*"] } }
    `,
  },
  {
    code: "alb/wildcard-over-closed-host",
    title: "knows that a rule for every host covers all",
    fails: `
      ingresses:
        services: { hosts: ["*"] }
        staff: { hosts: [wiki.example.com], certificate: { domain: wiki.example.com }, scheme: internal }
    `,
    problems: `
      clusters/demo.yaml:2:23 error alb/wildcard-over-closed-host: * on the open ingress services covers wiki.example.com of the closed ingress staff: the world could reach it through this door
        Name the hosts of the open ingress one by one, close it too, or give one of the two a gateway of its own: another key under \`gateways\`, and \`gateway\` on both ingresses.
    `,
    passes: `
      gateways: { public: {}, staff: {} }
      ingresses:
        services: { hosts: ["*"], gateway: public }
        staff: { hosts: ["*"], certificate: { domain: wiki.example.com }, scheme: internal, gateway: staff }
    `,
  },
];
