// Stage 1: the table of contents of everything that can be wrong with a configuration although the schema accepts it.
import type { ConfigRule } from "../finding.ts";
import { accessRules } from "./access-rules.ts";
import { albRules } from "./alb-rules.ts";
import { argocdRules } from "./argocd-rules.ts";
import { autoModeRules } from "./auto-mode-rules.ts";
import { certificateRules } from "./certificate-rules.ts";
import { clusterRules } from "./cluster-rules.ts";
import { doorRules } from "./door-rules.ts";
import { eksRules } from "./eks-rules.ts";
import { gatewayObjectRules } from "./gateway-object-rules.ts";
import { gatewayRules } from "./gateway-rules.ts";
import { hookRules } from "./hook-rules.ts";
import { hostRules } from "./host-rules.ts";
import { istioOperationRules } from "./istio-operation-rules.ts";
import { istioValueRules } from "./istio-value-rules.ts";
import { istioVersionRules } from "./istio-version-rules.ts";
import { listenerRules } from "./listener-rules.ts";
import { manifestRules } from "./manifest-rules.ts";
import { meshRules } from "./mesh-rules.ts";
import { podValueRules } from "./pod-value-rules.ts";
import { repositoryRules } from "./repository-rules.ts";
import { routeRules } from "./route-rules.ts";
import { targetRules } from "./target-rules.ts";

export const configRules: readonly ConfigRule[] = [
  ...clusterRules,
  ...repositoryRules,
  ...argocdRules,
  ...eksRules,
  ...istioVersionRules,
  ...istioValueRules,
  ...istioOperationRules,
  ...meshRules,
  ...podValueRules,
  ...gatewayRules,
  ...gatewayObjectRules,
  ...routeRules,
  ...hostRules,
  ...accessRules,
  ...albRules,
  ...listenerRules,
  ...targetRules,
  ...autoModeRules,
  ...doorRules,
  ...certificateRules,
  ...hookRules,
  ...manifestRules,
];

export { valueRules } from "../live-values/value-rules.ts";
export { fleetRules } from "./fleet-rules.ts";
