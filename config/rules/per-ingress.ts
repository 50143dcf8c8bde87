import type { Config, IngressConfig } from "../config.ts";
import type { Finding } from "../finding.ts";

/** Lifts a check of one ingress to the whole configuration; its paths are below that ingress. */
export const perIngress =
  (check: (ingress: IngressConfig, config: Config) => readonly Finding[]) =>
  (config: Config): Finding[] =>
    config.ingresses.flatMap((ingress) =>
      check(ingress, config).map((finding) => ({
        ...finding,
        path: ["ingresses", ingress.key, ...finding.path],
      })),
    );
