// What happens to a gateway as a whole: its NodePort moves, or another Application takes it over.
import { type GatewayRelease, gatewayRelease, statusPort } from "../../../config/gateway-release.ts";
import { isJsonArray, isJsonObject, type JsonValue, valueAt } from "../../../core/json.ts";
import { mapAt, textAt } from "../../object-fields.ts";
import type { ClusterObjects, PlacedObject } from "../output-diff.ts";
import { type ConsequenceFinding, type ConsequenceRule, code } from "./consequence.ts";
import { leavesPortToHook } from "./hook-rules.ts";
import { isIngress } from "./ingress-pairs.ts";

export const gatewayRules: readonly ConsequenceRule[] = [
  {
    code: "diff/moves-gateway",
    level: "critical",
    check: ({ clusters }) => clusters.flatMap(describeMoves),
    source:
      "Run on Argo CD 3.5.7: the two Applications took the objects from each other; in two of three runs the old one was deleted while it had them, and there was neither Service nor pod (for 13 s where it was timed), then new ones with another NodePort and other target groups. Handed over, nothing of that changed",
  },
  {
    code: "diff/moves-node-port",
    level: "warning",
    check: ({ clusters }) => clusters.flatMap(describeNodePorts),
    source:
      "Run with the AWS Load Balancer Controller 3.5.0 on Argo CD 3.5.7: after a pin on one door its sibling's target group asked at the old number for 463 s, until the recheck",
  },
];

/** A release of the gateway chart, with the Application that installs it. */
interface PlacedGateway extends GatewayRelease {
  readonly application: PlacedObject;
  readonly namespace: string;
}

const gatewaysIn = (objects: readonly PlacedObject[]): readonly PlacedGateway[] =>
  objects
    .filter(
      ({ kind, data }) => kind === "Application" && textAt(data, ["spec", "source", "chart"]) === "gateway",
    )
    .map((application) => {
      const helm = mapAt(application.data, ["spec", "source", "helm"]);
      const release = textAt(helm, ["releaseName"]) || application.name;
      return {
        ...gatewayRelease(mapAt(helm, ["valuesObject"]), release),
        application,
        namespace: textAt(application.data, ["spec", "destination", "namespace"]),
      };
    });

const isSame = (a: PlacedGateway, b: PlacedGateway): boolean =>
  a.namespace === b.namespace && a.serviceName === b.serviceName;

/** Where one gateway becomes several, or the reverse, the Applications are called otherwise. */
function describeMoves({ before, after }: ClusterObjects): readonly ConsequenceFinding[] {
  const next = gatewaysIn(after);
  return gatewaysIn(before).flatMap((gateway): readonly ConsequenceFinding[] => {
    const other = next.find((each) => isSame(each, gateway));
    if (other === undefined || other.application.name === gateway.application.name) return [];
    const [from, to] = [code(gateway.application.name), code(other.application.name)];
    return [
      {
        object: other.application,
        message: `The gateway ${code(`${gateway.namespace}/${gateway.serviceName}`)} goes from the Application ${from} to ${to}. Both take its objects from each other until the first is deleted, and its pods, its Service and the NodePort may go with that: no answer until they are made anew. Hand it over first, as docs/how-to/add-a-gateway.md says; nothing restarts then.`,
      },
    ];
  });
}

const fixedPort = ({ ports }: GatewayRelease): number | undefined =>
  ports.find(({ port }) => port === statusPort)?.nodePort;

/** Doors whose number in the cluster is then that of the past. A NodePort that is no longer fixed stays. */
function describeNodePorts({ before, after }: ClusterObjects): readonly ConsequenceFinding[] {
  const old = gatewaysIn(before);
  return gatewaysIn(after).flatMap((gateway) => {
    const previous = old.find((each) => isSame(each, gateway));
    const number = fixedPort(gateway);
    if (previous === undefined || number === undefined || fixedPort(previous) === number) return [];
    const rechecks = after.some(
      ({ kind, namespace }) => kind === "CronJob" && namespace === gateway.namespace,
    );
    const until = rechecks ? "until the next recheck" : "until its hook runs again: there is no recheck";
    return after
      .filter((object) => isIngress(object) && leadsTo(object, gateway) && isDiscovered(object, after))
      .map((object) => ({
        object,
        message: `The NodePort of ${code(`${gateway.namespace}/${gateway.serviceName}`)} becomes ${code(String(number))} for all doors of the gateway. This one asks at the number of before, where nobody answers, ${until}.`,
      }));
  });
}

function leadsTo({ namespace, data }: PlacedObject, gateway: PlacedGateway): boolean {
  const items = (value: JsonValue | undefined) => (isJsonArray(value) ? value.filter(isJsonObject) : []);
  return (
    namespace === gateway.namespace &&
    items(valueAt(data, ["spec", "rules"]))
      .flatMap((rule) => items(valueAt(rule, ["http", "paths"])))
      .some((path) => valueAt(path, ["backend", "service", "name"]) === gateway.serviceName)
  );
}

/** Whether the number in the cluster is the hook's. */
const isDiscovered = ({ application }: PlacedObject, all: readonly PlacedObject[]): boolean =>
  all.some(
    ({ kind, name, data }) => kind === "Application" && name === application && leavesPortToHook(data),
  );
