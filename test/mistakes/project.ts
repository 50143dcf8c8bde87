// The project that the mistakes are made in: two clusters, each with its own Argo CD, in a folder of a GitOps repository.
import { loadClusters } from "../../config/load.ts";
import { serialiseLock } from "../../facts/lock.ts";
import { bytesOf } from "../config/minimal-cluster.ts";
import { lockFor } from "../config/valid-lock.ts";
import type { Tree } from "../manifests/output-tree.ts";

export const prod = "clusters/prod-seoul.yaml";
export const stage = "clusters/stage.yaml";
export const defaults = "clusters/defaults.yaml";

const configuration: Tree = {
  [defaults]: `repository:
  url: https://github.com/acme/platform.git
  path: mesh
istio:
  version: 1.30.3
`,
  [prod]: `# yaml-language-server: $schema=../schema/cluster.schema.json
cluster:
  name: prod-seoul
  region: ap-northeast-2
  account: "123456789012"
gateways:
  ingress:
    replicas: { min: 4, max: 10 }
    values:
      priorityClassName: system-cluster-critical
istio:
  istiod:
    replicas:
      min: 2
      max: 4
    values:
      pilot:
        resources: { requests: { cpu: 500m } }
      meshConfig:
        accessLogFile: /dev/stdout
ingresses:
  public:
    hosts:
      - app.acme.io
      - api.acme.io
      - "*.apps.acme.io"
    certificate:
      - { domain: app.acme.io }
      - { domain: api.acme.io }
      - { domain: "*.apps.acme.io" }
    webAcl: { name: prod-waf }
    attributes: { idle_timeout.timeout_seconds: "120" }
    tags: { team: platform }
  internal:
    scheme: internal
    hosts: [kiali.acme.io, grafana.acme.io]
    certificate: { domain: kiali.acme.io }
    subnets:
      tags: { kubernetes.io/role/internal-elb: "1" }
    healthCheck: { intervalSeconds: 10 }
routes:
  - name: kiali
    ingress: internal
    hosts: [kiali.acme.io]
    service: { name: kiali, namespace: istio-system, port: 20001 }
  - name: grafana
    ingress: internal
    hosts: [grafana.acme.io]
    service: { name: grafana, namespace: monitoring, port: 3000 }
`,
  [stage]: `cluster:
  name: stage
  region: ap-northeast-2
ingresses:
  public:
    hosts: [stage.acme.io]
    certificate: { domain: stage.acme.io }
`,
};

/** The cluster files, and the lock files that answer them. */
export const project: Tree = { ...configuration, ...locksFor(configuration) };

/** Lock files for cluster files that are valid. */
export function locksFor(files: Tree): Tree {
  const file = (name: string) => ({ file: name, bytes: bytesOf(files[name] ?? "") });
  const clusters = Object.keys(files).filter((name) => name !== defaults && name.endsWith(".yaml"));
  const { clusters: loaded } = loadClusters(clusters.map(file), file(defaults));
  return Object.fromEntries(
    loaded.map(({ config }) => [
      config.file.replace(/\.yaml$/, ".lock.json"),
      serialiseLock(lockFor(config)),
    ]),
  );
}
