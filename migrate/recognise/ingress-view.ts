// An Ingress as the AWS Load Balancer Controller reads it, of every API version that ever was.
import { leadsToHttps } from "../../config/alb-annotation-table.ts";
import { albAnnotationPrefix } from "../../config/alb-annotations.ts";
import { type JsonObject, type JsonValue, valueAt } from "../../core/json.ts";
import type { LiveObject } from "../live.ts";
import {
  annotationsOf,
  mapOf,
  mapsOf,
  namespaceOf,
  type StringMap,
  specOf,
  textOf,
  textsOf,
} from "./objects.ts";

export const classAnnotation = "kubernetes.io/ingress.class";

export interface IngressPath {
  /** `*` where the rule names no host, and for the default backend. */
  readonly host: string;
  readonly path: string;
  readonly service: string;
  /** Number as text, name, or `use-annotation`. */
  readonly port: string;
}

export interface IngressView {
  readonly object: LiveObject;
  readonly namespace: string;
  readonly className: string | undefined;
  readonly classFrom: "spec" | "annotation" | "both" | "nobody";
  readonly paths: readonly IngressPath[];
  readonly tlsHosts: readonly string[];
  readonly tlsSecrets: readonly string[];
  /** Annotations of the controller without their prefix; values without blanks around them, as the controller trims them. */
  readonly alb: StringMap;
  /** The others, by their full name. */
  readonly foreign: StringMap;
  /** Address of the load balancer that the status names. */
  readonly address: string | undefined;
}

export function ingressView(object: LiveObject): IngressView {
  const spec = specOf(object);
  const annotations = Object.entries(annotationsOf(object));
  const fromAnnotation = annotationsOf(object)[classAnnotation];
  const fromSpec = textOf(spec.ingressClassName) || undefined;
  return {
    object,
    namespace: namespaceOf(object),
    className: fromSpec ?? fromAnnotation,
    classFrom: classFrom(fromSpec, fromAnnotation),
    paths: pathsOf(spec),
    tlsHosts: mapsOf(spec.tls).flatMap(({ hosts }) => textsOf(hosts)),
    tlsSecrets: mapsOf(spec.tls).flatMap(({ secretName }) => textOf(secretName) || []),
    alb: Object.fromEntries(
      annotations.flatMap(([name, value]) =>
        name.startsWith(albAnnotationPrefix) ? [[name.slice(albAnnotationPrefix.length), value.trim()]] : [],
      ),
    ),
    foreign: Object.fromEntries(
      annotations.filter(([name]) => !name.startsWith(albAnnotationPrefix) && name !== classAnnotation),
    ),
    address:
      textOf(valueAt(object.manifest, ["status", "loadBalancer", "ingress", 0, "hostname"])) || undefined,
  };
}

function classFrom(spec: string | undefined, annotation: string | undefined): IngressView["classFrom"] {
  if (spec !== undefined) return annotation === undefined ? "spec" : "both";
  return annotation === undefined ? "nobody" : "annotation";
}

function pathsOf(spec: JsonObject): readonly IngressPath[] {
  const rules = mapsOf(spec.rules).flatMap((rule) =>
    mapsOf(valueAt(rule, ["http", "paths"])).map((path) => ({
      host: textOf(rule.host) || "*",
      path: textOf(path.path) || "/",
      ...backendOf(path.backend),
    })),
  );
  const byDefault = backendOf(spec.defaultBackend ?? spec.backend);
  return byDefault.service === "" ? rules : [...rules, { host: "*", path: "/", ...byDefault }];
}

/** `service: { name, port: { number | name } }`, or of before v1 `serviceName` and `servicePort`. */
function backendOf(value: JsonValue | undefined): { readonly service: string; readonly port: string } {
  const backend = mapOf(value);
  const service = mapOf(backend.service);
  const port = mapOf(service.port);
  return {
    service: textOf(service.name) || textOf(backend.serviceName),
    port: String(port.number ?? port.name ?? backend.servicePort ?? ""),
  };
}

/** A service called like an action is none: the controller does what `actions.<name>` says. */
export const isAction = ({ port }: IngressPath): boolean => port === "use-annotation";

/** Whether the action sends people to HTTPS. */
export const redirectsToHttps = (view: IngressView, service: string): boolean =>
  leadsToHttps(view.alb[`actions.${service}`] ?? "");

/** A path of the load balancer to the gateway's status port: for a health check through the front, or for nobody. */
export const isStatusPath = ({ port }: IngressPath): boolean => port === "15021" || port === "status-port";

/** The paths that lead to a Service, and neither to an action nor to the status port. */
export const servicePaths = ({ paths }: IngressView): readonly IngressPath[] =>
  paths.filter((path) => !isAction(path) && !isStatusPath(path));

/** `/`, `/*` and no path are the same rule (run with the controller's model builder). */
export const takesEveryPath = ({ path }: IngressPath): boolean => ["/", "/*", ""].includes(path);
