// Stage 4: the table of contents of everything that can be wrong with objects although their schemas accept them.

import { albAnnotationRules } from "./alb-annotation-rules.ts";
import { albBackendRules } from "./alb-backend-rules.ts";
import { applicationRules } from "./application-rules.ts";
import { argocdVersionRules } from "./argocd-version-rules.ts";
import { hookObjectRules } from "./hook-rules.ts";
import { identityRules } from "./identity-rules.ts";
import { ignoredFieldRules } from "./ignored-field-rules.ts";
import { istioGatewayRules } from "./istio-gateway-rules.ts";
import { istioRouteRules } from "./istio-route-rules.ts";
import type { ObjectRule } from "./object-rule.ts";
import { programRules } from "./program-rules.ts";
import { projectRules } from "./project-rules.ts";
import { sourceRules } from "./source-rules.ts";
import { syncOptionRules } from "./sync-option-rules.ts";
import { waveRules } from "./wave-rules.ts";

export const objectRules: readonly ObjectRule[] = [
  ...identityRules,
  ...applicationRules,
  ...sourceRules,
  ...waveRules,
  ...syncOptionRules,
  ...ignoredFieldRules,
  ...projectRules,
  ...argocdVersionRules,
  ...hookObjectRules,
  ...programRules,
  ...istioGatewayRules,
  ...istioRouteRules,
  ...albAnnotationRules,
  ...albBackendRules,
];
