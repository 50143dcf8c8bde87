// Sync waves: whole numbers in quotes, and above those of everything that has to be there first.
import { show } from "../../core/show.ts";
import { type Application, argoprojGroup, childrenOf } from "./application.ts";
import type { ObjectFinding, ObjectRule, ObjectScope, RenderedObject } from "./object-rule.ts";

const waveAnnotation = "argocd.argoproj.io/sync-wave";
const wavePath = ["metadata", "annotations", waveAnnotation];
const wholeNumber = /^[+-]?\d+$/;

function malformedWaves(scope: ObjectScope): readonly ObjectFinding[] {
  return scope.objects.flatMap((object) => {
    const value = object.annotations[waveAnnotation];
    if (value === undefined || (typeof value === "string" && wholeNumber.test(value))) return [];
    const consequence =
      typeof value === "string"
        ? "Argo CD would take it for wave 0 silently"
        : "the API server refuses annotations that are no text";
    return [
      {
        object,
        path: wavePath,
        message: `expected a whole number in quotes, found ${show(value)}: ${consequence}`,
      },
    ];
  });
}

/** What a roll-out needs first stands first. The last two kinds of Application may go together. */
const steps = [
  "the AppProject",
  "Istio's base chart",
  "the istiod chart",
  "the gateway chart",
  "the Gateway",
  "the front doors and the recheck",
] as const;

const stepOfChart: Readonly<Record<string, number>> = { base: 1, istiod: 2, gateway: 3 };

function stepOf({ source, folder }: Application): number | undefined {
  if (source.chart !== "")
    return Object.hasOwn(stepOfChart, source.chart) ? stepOfChart[source.chart] : undefined;
  const has = (...kinds: readonly string[]): boolean => folder.some(({ kind }) => kinds.includes(kind));
  return has("Ingress", "CronJob") ? 5 : has("Gateway", "VirtualService") ? 4 : undefined;
}

interface Step {
  readonly object: RenderedObject;
  readonly step: number;
  readonly wave: number;
}

/** The wave as Argo CD counts it: 0 where there is none or no number. */
function waveOf(object: RenderedObject): number {
  const value = object.annotations[waveAnnotation];
  return typeof value === "string" && wholeNumber.test(value) ? Number(value) : 0;
}

function stepsOf(scope: ObjectScope): readonly Step[] {
  const children = childrenOf(scope);
  const projects =
    children.length === 0 ? [] : scope.ofKind("AppProject").filter(({ group }) => group === argoprojGroup);
  return [
    ...projects.map((object) => ({ object, step: 0, wave: waveOf(object) })),
    ...children.flatMap((child) => {
      const step = stepOf(child);
      return step === undefined ? [] : [{ object: child.object, step, wave: waveOf(child.object) }];
    }),
  ].sort((a, b) => a.step - b.step);
}

function waveOrder(scope: ObjectScope): readonly ObjectFinding[] {
  const all = stepsOf(scope);
  return all.flatMap(({ object, step, wave }) => {
    // The highest wave of any earlier step is what this one has to wait for.
    const before = all.filter((other) => other.step < step).sort((a, b) => b.wave - a.wave)[0];
    if (before === undefined || before.wave < wave) return [];
    return [
      {
        object,
        path: wavePath,
        message: `expected a wave above ${before.wave}, that of ${steps[before.step]} (${before.object.name}), found ${wave}`,
      },
    ];
  });
}

export const waveRules: readonly ObjectRule[] = [
  { code: "argocd/wave-not-integer", severity: "error", check: malformedWaves },
  { code: "argocd/wave-order", severity: "error", check: waveOrder },
];
