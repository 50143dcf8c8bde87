// Istio's VirtualServices: whether a Gateway takes their hosts, and where they lead.

import { coverOf, coversAnyDepth } from "../../config/rules/hosts.ts";
import { isJsonObject, type JsonObject, type Path, valueAt } from "../../core/json.ts";
import { mapsAt, textAt, textsAt } from "../object-fields.ts";
import { istioObjects } from "./gateway-releases.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./object-rule.ts";

/** `<namespace>/<name>`, as VirtualServices name a Gateway of another namespace. */
const keyOf = ({ namespace, name }: RenderedObject): string => `${namespace}/${name}`;

const gatewayKeys = (route: RenderedObject): readonly string[] =>
  textsAt(route.data, ["spec", "gateways"]).map((name) =>
    name === "mesh" || name.includes("/") ? name : `${route.namespace}/${name}`,
  );

function gatewayFindings(scope: ObjectScope): ObjectFinding[] {
  // Applications bring their own Gateways then (`object: none`), and nobody here knows them.
  const mayBeElsewhere = scope.configs.some(({ gateways }) => gateways.some(({ hasObject }) => !hasObject));
  const known = new Set(istioObjects(scope, "Gateway").map(keyOf));
  return istioObjects(scope, "VirtualService").flatMap((object): ObjectFinding[] => {
    const path = ["spec", "gateways"];
    const named = gatewayKeys(object);
    if (named.length === 0) {
      const message =
        "expected the Gateway of its hosts, found none: the route would hold inside the mesh only";
      return [{ object, path, message, suggestion: `Known: ${[...known].join(", ") || "none"}.` }];
    }
    return named.flatMap((key, index) =>
      key === "mesh" || known.has(key) || mayBeElsewhere
        ? []
        : [
            {
              object,
              path: [...path, index],
              message: `expected a Gateway of this cluster (${[...known].join(", ") || "none"}), found ${key}: requests would find no route`,
              suggestion: "Name the Gateway, with its namespace in front where that is another one.",
            },
          ],
    );
  });
}

/** Hosts of a Gateway's servers that routes in `namespace` may take: `[<namespace>/]<host>`, `.` for the Gateway's own. */
const serverHosts = (gateway: RenderedObject, namespace: string): readonly string[] =>
  mapsAt(gateway.data, ["spec", "servers"])
    .flatMap((server) => textsAt(server, ["hosts"]))
    .flatMap((entry) => {
      const [host = "", scope = "*"] = entry.split("/").reverse();
      const from = scope === "." ? gateway.namespace : scope;
      return from === "*" || from === namespace ? [host] : [];
    });

/** Istio takes what both name: a route's wildcard meets a server's single host too. */
function meets(served: readonly string[]): (host: string) => boolean {
  const isCovered = coverOf(served, "any");
  return (host) => isCovered(host) || served.some((each) => coversAnyDepth(host, each));
}

function unservedFindings(scope: ObjectScope): ObjectFinding[] {
  const gateways = istioObjects(scope, "Gateway");
  return istioObjects(scope, "VirtualService").flatMap((object) => {
    const keys = gatewayKeys(object);
    const bound = gateways.filter((gateway) => keys.includes(keyOf(gateway)));
    if (bound.length === 0 || keys.includes("mesh")) return []; // the rule about Gateways says it
    const isServed = meets(bound.flatMap((gateway) => serverHosts(gateway, object.namespace)));
    return textsAt(object.data, ["spec", "hosts"]).flatMap((host, index) =>
      isServed(host) ? [] : [unserved(object, ["spec", "hosts", index], host)],
    );
  });
}

const unserved = (object: RenderedObject, path: Path, host: string): ObjectFinding => ({
  object,
  path,
  message: `expected a host that a server of its Gateway takes, found ${host}: the gateway would answer 404`,
  suggestion: "Add the host to gateways.<key>.hosts, or remove that list to take all hosts of the ingresses.",
});

/** Istio knows the port itself only where the Service has a single one, and the Service is not ours to see. */
const portFindings = (scope: ObjectScope): ObjectFinding[] =>
  istioObjects(scope, "VirtualService").flatMap((object) =>
    destinationsOf(object.data).flatMap(({ path, destination }): ObjectFinding[] => {
      if (typeof valueAt(destination, ["port", "number"]) === "number") return [];
      return [
        {
          object,
          path: [...path, "port"],
          message: `expected the port of ${textAt(destination, ["host"])}, found none: with several ports Istio takes that of the listener, where nothing answers`,
          suggestion: "Name port.number, the Service's own port.",
        },
      ];
    }),
  );

interface Destination {
  readonly path: Path;
  readonly destination: JsonObject;
}

const destinationsOf = (data: JsonObject): readonly Destination[] =>
  ["http", "tcp", "tls"].flatMap((protocol) =>
    mapsAt(data, ["spec", protocol]).flatMap((rule, ruleIndex) =>
      mapsAt(rule, ["route"]).flatMap(({ destination }, index) =>
        isJsonObject(destination)
          ? [{ path: ["spec", protocol, ruleIndex, "route", index, "destination"], destination }]
          : [],
      ),
    ),
  );

export const istioRouteRules: readonly ObjectRule[] = [
  { code: "istio/route-gateway", severity: "error", check: gatewayFindings },
  { code: "istio/host-unserved", severity: "error", check: unservedFindings },
  { code: "istio/route-port", severity: "error", check: portFindings },
];
