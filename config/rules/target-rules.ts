// How a load balancer reaches the gateway: nodes or pods, plain or by TLS.

import { backendSecretOf, type Config, doorsOf, type IngressConfig, isReachedByTlsOnly } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { unionOfHosts } from "../normalise.ts";
import { anyHost } from "./hosts.ts";
import { perIngress } from "./per-ingress.ts";

const modeFindings = ({ healthCheck: { mode }, targetType }: IngressConfig): Finding[] =>
  targetType !== "ip" || mode === "named"
    ? []
    : [
        {
          path: ["healthCheck", "mode"],
          message: `expected mode named beside targetType ip, found ${mode}: pods are asked at their own port, and no NodePort is in the way`,
          suggestion: mode === "pinned" ? "Remove mode and nodePort." : "Remove mode.",
        },
      ];

/** One server of the Gateway takes every host on port 443, and it has one certificate. */
function secretFindings(config: Config): Finding[] {
  return config.gateways.flatMap((gateway) => {
    const first = backendSecretOf(config, gateway);
    return doorsOf(config, gateway).flatMap(({ key, backendTls }): Finding[] => {
      if (backendTls === undefined) return [];
      const path = ["ingresses", key, "backendTls", "credentialName"];
      if (!gateway.hasObject)
        return [
          {
            path: path.slice(0, -1),
            message: `expected a Gateway object for backendTls, found object none on the gateway ${gateway.key}: nothing would answer on its port 443`,
            suggestion: `Remove gateways.${gateway.key}.object, or backendTls.`,
          },
        ];
      if (backendTls.credentialName === first) return [];
      return [
        {
          path,
          message: `expected the Secret ${first}, as on the other ingresses of the gateway ${gateway.key}, found ${backendTls.credentialName}: a load balancer names no host when it connects (no SNI), so that one certificate serves all of them`,
          suggestion: "Name the same Secret, or give one of them a gateway of its own (gateways).",
        },
      ];
    });
  });
}

/** Its other server, which has the hosts, is then one that no door leads to. */
function hostsWithoutEffect(config: Config): Finding[] {
  return config.gateways.flatMap((gateway): Finding[] => {
    const { key, hosts } = gateway;
    if (!gateway.hasObject || !isReachedByTlsOnly(config, gateway)) return [];
    // As the server has it, or as it would be without the key.
    if ([anyHost, unionOfHosts(doorsOf(config, gateway)).join()].includes(hosts.join())) return [];
    return [
      {
        path: ["gateways", key, "hosts"],
        message: `hosts does nothing: all ingresses of the gateway ${key} have backendTls, and the server for TLS takes every host, because a load balancer names none when it connects`,
        suggestion: "Remove hosts; which hosts come in is what the ingresses forward.",
      },
    ];
  });
}

export const targetRules: readonly ConfigRule[] = [
  { code: "alb/target-type", severity: "error", check: perIngress(modeFindings) },
  { code: "alb/backend-tls", severity: "error", check: secretFindings },
  { code: "istio/gateway-hosts-without-effect", severity: "warning", check: hostsWithoutEffect },
];
