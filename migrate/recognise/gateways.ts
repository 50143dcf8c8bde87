// Which Services are Istio gateways, and what belongs to each: its release, its Gateway object.
import { isJsonObject, valueAt } from "../../core/json.ts";
import type { LiveObject, LiveRelease, LiveState } from "../live.ts";
import {
  annotationsOf,
  isIstioGateway,
  isService,
  labelsOf,
  mapOf,
  mapsOf,
  nameOf,
  namespaceOf,
  numberOf,
  type StringMap,
  selects,
  specOf,
  stringMapOf,
  textOf,
} from "./objects.ts";

export interface ServicePortView {
  readonly name: string;
  readonly port: number;
  readonly nodePort: number | undefined;
}

/** A running gateway: a Service, and the pods that it selects. */
export interface LiveGateway {
  readonly namespace: string;
  readonly serviceName: string;
  readonly service: LiveObject | undefined;
  readonly serviceType: string;
  readonly ports: readonly ServicePortView[];
  /** Labels that select its pods, as far as anything in the input tells them. */
  readonly podLabels: StringMap;
  readonly release: LiveRelease | undefined;
  readonly releaseName: string;
  readonly objects: readonly LiveObject[];
}

export const gatewayTitle = ({ namespace, serviceName }: LiveGateway): string =>
  `Service ${namespace}/${serviceName}`;

/** The gateway behind a backend; undefined where the Service is an application's. */
export function tryFindGateway(
  state: LiveState,
  namespace: string,
  serviceName: string,
): LiveGateway | undefined {
  const service = state.objects.find(
    (object) => isService(object) && namespaceOf(object) === namespace && nameOf(object) === serviceName,
  );
  const release = gatewayReleases(state).find(
    (each) => each.namespace === namespace && serviceNameOf(each) === serviceName,
  );
  if (
    release === undefined &&
    !(service === undefined ? looksLikeGateway(state, serviceName) : isGatewayService(service))
  )
    return undefined;
  const releaseName = release?.name ?? releaseNameOf(service) ?? serviceName;
  const podLabels = podLabelsOf(state, service, release, serviceName);
  return {
    namespace,
    serviceName,
    service,
    serviceType: service === undefined ? "" : textOf(specOf(service).type) || "ClusterIP",
    ports: portsOf(service, release),
    podLabels,
    release,
    releaseName,
    objects: state.objects.filter(
      (object) => isIstioGateway(object) && selects(gatewaySelector(object), podLabels),
    ),
  };
}

export const gatewayReleases = ({ releases }: LiveState): readonly LiveRelease[] =>
  releases.filter(({ chart }) => chart === "gateway");

/** The chart calls the Service after `name`, else after the release. */
const serviceNameOf = ({ name, values }: LiveRelease): string => textOf(values.name) || name;

/** Name alone decides where the Service is not in the input. */
const looksLikeGateway = ({ objects }: LiveState, name: string): boolean =>
  /istio.*(?:ingress|gateway)|(?:ingress|gateway).*istio/.test(name) ||
  (/ingress|gateway|gw/.test(name) && objects.some(isIstioGateway));

/** What a Service selects. */
export const selectorOf = (service: LiveObject): StringMap => stringMapOf(specOf(service).selector);

export function isGatewayService(service: LiveObject): boolean {
  const labels = { ...labelsOf(service), ...stringMapOf(specOf(service).selector) };
  const hasStatusPort = mapsOf(specOf(service).ports).some(({ port }) => port === 15021);
  const chart = labels["helm.sh/chart"] ?? "";
  return labels.istio !== undefined || hasStatusPort || chart.startsWith("gateway-");
}

/** Helm writes it on what it installs. */
const releaseNameOf = (service: LiveObject | undefined): string | undefined =>
  service === undefined ? undefined : annotationsOf(service)["meta.helm.sh/release-name"];

function podLabelsOf(
  state: LiveState,
  service: LiveObject | undefined,
  release: LiveRelease | undefined,
  name: string,
): StringMap {
  if (service !== undefined) return { ...labelsOf(service), ...stringMapOf(specOf(service).selector) };
  const own = release === undefined ? onlySelector(state) : stringMapOf(release.values.labels);
  return { app: name, istio: name.replace(/^istio-/, ""), ...own };
}

/** Where nothing tells the pods' labels: what every Gateway object of the input selects, if they agree. */
function onlySelector({ objects }: LiveState): StringMap {
  const selectors = objects.filter(isIstioGateway).map(gatewaySelector);
  const [first] = selectors;
  const agree = selectors.every((each) => JSON.stringify(each) === JSON.stringify(first));
  return first !== undefined && agree ? first : {};
}

function portsOf(
  service: LiveObject | undefined,
  release: LiveRelease | undefined,
): readonly ServicePortView[] {
  const values = valueAt(release?.values, ["service", "ports"]);
  const ports = service === undefined ? mapsOf(values) : mapsOf(specOf(service).ports);
  if (ports.length === 0 && service === undefined) return chartPorts;
  return ports.map(({ name, port, nodePort }) => ({
    name: textOf(name),
    port: numberOf(port) ?? 0,
    nodePort: numberOf(nodePort),
  }));
}

const chartPorts: readonly ServicePortView[] = [
  { name: "status-port", port: 15021, nodePort: undefined },
  { name: "http2", port: 80, nodePort: undefined },
  { name: "https", port: 443, nodePort: undefined },
];

/** `matchLabels` is refused by the CRD, and still stands in files. */
export function gatewaySelector(object: LiveObject): StringMap {
  const selector = mapOf(specOf(object).selector);
  return isJsonObject(selector.matchLabels) ? stringMapOf(selector.matchLabels) : stringMapOf(selector);
}

export const hasMatchLabels = (object: LiveObject): boolean =>
  isJsonObject(mapOf(specOf(object).selector).matchLabels);

export interface GatewayServer {
  readonly port: number;
  readonly protocol: string;
  readonly hosts: readonly string[];
  readonly credentialName: string | undefined;
  readonly redirects: boolean;
}

/** Servers of a Gateway object; of hosts `namespace/host` the host. */
export const serversOf = (object: LiveObject): readonly GatewayServer[] =>
  mapsOf(specOf(object).servers).map((server) => ({
    port: numberOf(valueAt(server, ["port", "number"])) ?? 0,
    protocol: textOf(valueAt(server, ["port", "protocol"])).toUpperCase(),
    hosts: hostsOf(server.hosts),
    credentialName: textOf(valueAt(server, ["tls", "credentialName"])) || undefined,
    redirects: valueAt(server, ["tls", "httpsRedirect"]) === true,
  }));

const hostsOf = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.filter((host) => typeof host === "string").map((host) => host.replace(/^[^/]*\//, ""))
    : [];

/** The status port's NodePort, where the Service has both. */
export const statusNodePort = ({ ports }: LiveGateway): number | undefined =>
  ports.find(({ port }) => port === 15021)?.nodePort;

export const hasStatusPort = ({ ports }: LiveGateway): boolean => ports.some(({ port }) => port === 15021);

export const statusPortName = ({ ports }: LiveGateway): string | undefined =>
  ports.find(({ port }) => port === 15021)?.name;
