// The cluster file that `init` writes: as short as can be, with versions pinned, so that no update of meshfront is one of
// Istio as well.
import type { InitOptions } from "./options.ts";

export interface Versions {
  readonly istio: string;
  readonly argocd: string;
}

export function clusterFileText(
  { cluster, region, host, repository }: InitOptions,
  { istio, argocd }: Versions,
): string {
  const { url, revision, path } = repository;
  return `# yaml-language-server: $schema=../schema/cluster.schema.json
cluster:
  name: ${scalar(cluster)}
  region: ${scalar(region)}
# What Argo CD reads: the output is committed there.
repository:
  url: ${scalar(url)}
  revision: ${scalar(revision)}
  path: ${scalar(path)}
argocd:
  version: "${argocd}"
istio:
  version: ${istio}
ingresses:
  # One load balancer each.
  services:
    hosts: [${JSON.stringify(host)}]
    certificate: { domain: ${JSON.stringify(host)} }
# Where a host's requests go. Application teams may bring VirtualServices of their own instead.
# routes:
#   - name: app
#     hosts: [${JSON.stringify(host)}]
#     ingress: services
#     service: { name: app, namespace: default, port: 80 }
`;
}

/** Plain where no YAML reader takes it for anything but text. */
const scalar = (text: string): string =>
  /^(?:[A-Za-z][\w./@-]*(?::\S+)?|\.)$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
