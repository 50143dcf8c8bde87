// Objects beside Gateways and routes that are about the gateway: carried along as files that `manifests` names, or named.
import { objectName } from "../../config/patterns.ts";
import { isJsonObject, type JsonObject, valueAt } from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import type { LiveObject, LiveState } from "../live.ts";
import type { LiveGateway } from "./gateways.ts";
import {
  groupOf,
  isIngress,
  isIstioGateway,
  isService,
  isVirtualService,
  kindOf,
  nameOf,
  namespaceOf,
  selects,
  specOf,
  stringMapOf,
  titleOf,
} from "./objects.ts";

export interface OwnFile {
  /** Relative to the project's folder. */
  readonly path: string;
  readonly object: JsonObject;
  readonly live: LiveObject;
}

/** Policies that a reviewer can read; EnvoyFilter and WasmPlugin are code, and never carried along unseen. */
const carried: readonly string[] = [
  "AuthorizationPolicy",
  "RequestAuthentication",
  "PeerAuthentication",
  "Telemetry",
];
/** What holds there holds for the whole mesh (meshConfig.rootNamespace, where nobody says otherwise). */
const rootNamespace = "istio-system";
const istioGroups = /(?:^|\.)istio\.io$/;

/** Kinds that some other part of migrate has read. */
const isRead = (object: LiveObject): boolean =>
  isIngress(object) ||
  isIstioGateway(object) ||
  isVirtualService(object) ||
  isService(object) ||
  ["Namespace", "IngressClass", "IstioOperator", "Secret"].includes(kindOf(object));

/** `folder`: the cluster's, below mesh/; clusters of one project often have policies of the same names. */
export function ownFiles(
  state: LiveState,
  gateways: readonly LiveGateway[],
  folder: string,
  findings: Findings,
): readonly OwnFile[] {
  const rest = state.objects.filter((object) => !isRead(object));
  return rest.flatMap((object) => {
    const gateway = gateways.find((each) => isAbout(object, each));
    if (gateway === undefined || !carried.includes(kindOf(object)) || !canNameFiles(object)) {
      sayOther(object, gateways, gateway, findings);
      return [];
    }
    saySelector(object, gateway, findings);
    const path = `mesh/${folder}/${namespaceOf(object)}/${kindOf(object).toLowerCase()}-${nameOf(object)}.yaml`;
    return [{ path, object: withoutStatus(object.manifest), live: object }];
  });
}

/** What becomes the path of a file is looked at before. */
const canNameFiles = (object: LiveObject): boolean =>
  [nameOf(object), namespaceOf(object)].every((name) => objectName.regex.test(name));

const withoutStatus = ({ status: _, ...object }: JsonObject): JsonObject => object;

const selectorOf = (object: LiveObject) => valueAt(specOf(object), ["selector", "matchLabels"]);

const isAbout = (object: LiveObject, { namespace, podLabels }: LiveGateway): boolean => {
  const selector = selectorOf(object);
  return (
    namespaceOf(object) === namespace && isJsonObject(selector) && selects(stringMapOf(selector), podLabels)
  );
};

function saySelector(object: LiveObject, { releaseName }: LiveGateway, findings: Findings): void {
  const labels = Object.entries(stringMapOf(selectorOf(object))).map(([key, value]) => `${key}: ${value}`);
  findings.decision(
    "policy",
    titleOf(object),
    `It selects the gateway by ${labels.join(", ")}, which is true only while the release is called ${releaseName}, because the chart's labels follow that name: release is kept. The policy is carried along as a file that \`manifests\` names.`,
  );
}

function sayOther(
  object: LiveObject,
  gateways: readonly LiveGateway[],
  gateway: LiveGateway | undefined,
  findings: Findings,
): void {
  const kind = kindOf(object);
  if (kind === "ConfigMap") {
    const isMesh = nameOf(object) === "istio" && namespaceOf(object) === "istio-system";
    findings.leftOut(
      "config-map",
      titleOf(object),
      isMesh
        ? "It is the mesh's configuration as istiod's chart writes it: not read. What you changed of it stands in the chart's values; give the release (a state, or its release Secret)."
        : "A ConfigMap is nothing that a cluster file can say; its contents were not looked at.",
    );
  } else if (groupOf(object) === "gateway.networking.k8s.io")
    findings.leftOut(
      "gateway-api",
      titleOf(object),
      "It is of the Gateway API, which a cluster file cannot say: it stays its owner's. What istiod makes for such a Gateway is not what Istio's gateway chart installs.",
    );
  else if (istioGroups.test(groupOf(object)))
    findings.leftOut("istio-object", titleOf(object), istioSentence(object, gateways, gateway));
  else findings.leftOut("other-object", titleOf(object), "It is no part of the front: it stays as it is.");
}

function istioSentence(
  object: LiveObject,
  gateways: readonly LiveGateway[],
  gateway: LiveGateway | undefined,
): string {
  if (gateway !== undefined && carried.includes(kindOf(object)))
    return "It is about the gateway, and its name is none that Kubernetes takes: it is not carried along.";
  if (gateway !== undefined)
    return "It is about the gateway, and it is code that changes Envoy: read it, and name it under `manifests` if it is still wanted.";
  const reach = [rootNamespace, ...gateways.map(({ namespace }) => namespace)];
  const selectsNothing = valueAt(specOf(object), ["selector"]) === undefined;
  if (selectsNothing && carried.includes(kindOf(object)) && reach.includes(namespaceOf(object)))
    return `It selects nothing, so it holds for every workload of ${namespaceOf(object) === rootNamespace ? "the mesh" : "its namespace"}, the gateway among them: it stays its owner's, and it goes on holding.`;
  return "It is not about a gateway that a door leads to: it stays its owner's.";
}
