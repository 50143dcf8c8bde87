// A small set-up that has nothing wrong with it, and what to change of it.
import { renderDraft } from "../../commands/migrate/render-draft.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import type { LiveState } from "../../migrate/live.ts";
import { type Migration, migrate } from "../../migrate/migrate.ts";
import { mergeStates, readInput } from "../../migrate/read/read-input.ts";

export const arn = "arn:aws:acm:eu-west-1:111122223333:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890";

export interface ServiceChange {
  readonly name?: string;
  readonly type?: string;
  readonly statusNodePort?: number;
  readonly hasStatusPort?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
}

export const service = ({
  name = "istio-ingress",
  type = "NodePort",
  statusNodePort = 31021,
  hasStatusPort = true,
  annotations = {},
}: ServiceChange = {}): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: {
    name,
    namespace: "istio-ingress",
    labels: { app: name, istio: name.replace(/^istio-/, "") },
    annotations,
  },
  spec: {
    type,
    selector: { app: name, istio: name.replace(/^istio-/, "") },
    ports: [
      ...(hasStatusPort
        ? [{ name: "status-port", port: 15021, targetPort: 15021, nodePort: statusNodePort }]
        : []),
      { name: "http2", port: 80, targetPort: 80 },
      { name: "https", port: 443, targetPort: 443 },
    ],
  },
});

const annotationsOfAGoodDoor: Readonly<Record<string, string>> = {
  "load-balancer-name": "web",
  scheme: "internet-facing",
  "target-type": "instance",
  "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
  "ssl-redirect": "443",
  "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "certificate-arn": arn,
  subnets: "subnet-0a1b2c3d4e5f60711,subnet-0b2c3d4e5f6071822",
  "healthcheck-port": "status-port",
  "healthcheck-path": "/healthz/ready",
};

export interface DoorChange {
  readonly name?: string;
  /** Annotations of the controller without their prefix; undefined takes one out. */
  readonly alb?: Readonly<Record<string, string | undefined>>;
  readonly foreign?: Readonly<Record<string, string>>;
  readonly host?: string;
  readonly service?: string;
  readonly spec?: object;
}

export const ingress = ({
  name = "web",
  alb = {},
  foreign = {},
  host = "app.example.com",
  service: backend = "istio-ingress",
  spec = {},
}: DoorChange = {}): object => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: {
    name,
    namespace: "istio-ingress",
    annotations: {
      ...Object.fromEntries(
        Object.entries({ ...annotationsOfAGoodDoor, ...alb }).flatMap(([key, value]) =>
          value === undefined ? [] : [[`alb.ingress.kubernetes.io/${key}`, value]],
        ),
      ),
      ...foreign,
    },
  },
  spec: {
    ingressClassName: "alb",
    rules: [
      {
        ...(host !== "*" && { host }),
        http: {
          paths: [
            { path: "/", pathType: "Prefix", backend: { service: { name: backend, port: { number: 80 } } } },
          ],
        },
      },
    ],
    ...spec,
  },
});

export const gatewayObject = (spec: object = {}): object => ({
  apiVersion: "networking.istio.io/v1",
  kind: "Gateway",
  metadata: { name: "istio-gateway", namespace: "istio-ingress" },
  spec: {
    selector: { app: "istio-ingress", istio: "ingress" },
    servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["app.example.com"] }],
    ...spec,
  },
});

export const virtualService = (spec: object = {}, metadata: object = {}): object => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { name: "app", namespace: "istio-ingress", ...metadata },
  spec: {
    hosts: ["app.example.com"],
    gateways: ["istio-gateway"],
    http: [{ route: [{ destination: { host: "app.shop.svc.cluster.local", port: { number: 8080 } } }] }],
    ...spec,
  },
});

export const whole = (): readonly object[] => [service(), ingress(), gatewayObject(), virtualService()];

export const asText = (objects: readonly object[]): string =>
  objects.map((object) => JSON.stringify(object)).join("\n---\n");

export const stateOf = (...texts: readonly string[]): LiveState =>
  mergeStates(texts.map((text, index) => readInput({ file: `live-${index + 1}.yaml`, text })));

export function migrateState(state: LiveState): Migration {
  const options = {
    cluster: "demo",
    region: undefined,
    eksName: undefined,
    repository: { url: "https://github.com/example/platform.git" },
  };
  return migrate(state, {
    ...options,
    beside: { files: [], defaults: undefined },
    render: renderDraft(nodeReadFileSystem, "/project"),
  });
}

export const migrateObjects = (objects: readonly object[]): Migration =>
  migrateState(stateOf(asText(objects)));

export const codesOf = ({ findings }: Migration, kind?: string): readonly string[] =>
  findings.filter((finding) => kind === undefined || finding.kind === kind).map(({ code }) => code);
