// The annotations of an Ingress that have no key of their own: carried over where the controller or external-dns reads them,
// otherwise named with what becomes of them.

import {
  externalDnsPrefix,
  ownedAnnotations,
  refusedAnnotations,
} from "../../config/alb-annotation-table.ts";
import {
  canonicalAnnotation,
  validateAnnotation,
  validateEmittedAnnotation,
} from "../../config/alb-annotations.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Findings } from "../finding.ts";
import { looksSecret } from "../secret-values.ts";
import { type IngressView, redirectsToHttps } from "./ingress-view.ts";
import { titleOf } from "./objects.ts";

export function extraAnnotationsOf(view: IngressView, findings: Findings): JsonObject {
  const ours = Object.entries(view.alb).filter(([name]) => !Object.hasOwn(ownedAnnotations, name));
  const kept = [
    ...ours.flatMap(([name, value]) => keepAlb(view, name, value, findings)),
    ...Object.entries(view.foreign).flatMap(([name, value]) => keepForeign(view, name, value, findings)),
  ];
  return kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) };
}

type Kept = readonly (readonly [name: string, value: string])[];

function keepAlb(view: IngressView, name: string, value: string, findings: Findings): Kept {
  const about = titleOf(view.object);
  if (name.startsWith("group.")) return []; // groups.ts speaks of them
  if (name.startsWith("actions.") && sayAction(view, name.slice("actions.".length), findings)) return [];
  if (name.startsWith("conditions.") || name.startsWith("transforms.")) return []; // header-doors.ts speaks of them
  if (looksSecret(value)) {
    findings.leftOut(
      "secret-annotation",
      about,
      `The annotation ${name} holds what looks like a credential. It is not carried over, and not shown.`,
    );
    return [];
  }
  if (validateEmittedAnnotation(name, value) === undefined) return [[name, canonicalAnnotation(name, value)]];
  const judgement = validateAnnotation(name, value);
  const isUnread = judgement?.message.includes("reads no annotation") ?? false;
  if (isUnread || name === "group" || !Object.hasOwn(refusedAnnotations, name))
    findings.fault(
      "dead-annotation",
      about,
      `${sentence(judgement?.message ?? "")} It is not carried over.`,
      "cosmetic",
    );
  else findings.leftOut("annotation", about, `${sentence(judgement?.message ?? "")} It is not carried over.`);
  return [];
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;

/** Whether the action has been spoken of: one that redirects to HTTPS is what `listeners` says, one that no rule uses is dead. */
function sayAction(view: IngressView, service: string, findings: Findings): boolean {
  const about = titleOf(view.object);
  const isUsed = view.paths.some((path) => path.service === service && path.port === "use-annotation");
  if (redirectsToHttps(view, service)) {
    if (isUsed)
      findings.difference(
        "cosmetic",
        "redirect-action",
        about,
        `The redirect to HTTPS is an action and a rule (actions.${service}), which redirects what the rule matches; ours is ssl-redirect, which redirects everything on port 80.`,
      );
    return true;
  }
  findings.add(
    isUsed ? "left-out" : "fault",
    isUsed ? "action" : "dead-action",
    about,
    isUsed
      ? `The rule actions.${service} answers or routes at the load balancer. A door of ours leads to its gateway alone: route there, with \`routes\` or a VirtualService.`
      : `actions.${service} does nothing: actions hold only for backends with the port use-annotation. It is not carried over.`,
    ...(isUsed ? [] : (["cosmetic"] as const)),
  );
  return true;
}

/** Written by tools, for tools; nobody loses anything. */
const bookkeeping =
  /^(?:kubectl\.kubernetes\.io|meta\.helm\.sh|argocd\.argoproj\.io|kubernetes\.io\/ingress\.class$|field\.cattle\.io|deployment\.kubernetes\.io)/;

function keepForeign(view: IngressView, name: string, value: string, findings: Findings): Kept {
  const about = titleOf(view.object);
  if (bookkeeping.test(name)) return [];
  if (externalDnsPrefix.test(name) && validateAnnotation(name, value) === undefined) {
    findings.decision(
      "external-dns",
      about,
      `external-dns reads ${name}: carried over under annotations. Where it names the door's own hosts it is redundant, because external-dns reads those too.`,
    );
    return [[name, value]];
  }
  findings.leftOut(
    "foreign-annotation",
    about,
    `The annotation ${name} is not carried over: nothing that meshfront knows reads it on this Ingress. If a tool of yours does, it stops.`,
  );
  return [];
}
