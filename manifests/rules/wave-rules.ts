// Sync waves: whole numbers in quotes, and above those of everything that has to be there first.
import {
  applicationTable,
  istioCharts,
  nameOfKind,
  projectWave,
  tryFindRow,
} from "../../config/applications.ts";
import { show } from "../../core/format-value.ts";
import { type Application, argoprojGroup, childrenOf } from "./application.ts";
import {
  type ObjectFinding,
  type ObjectRule,
  type ObjectScope,
  oncePerScope,
  type RenderedObject,
} from "./object-rule.ts";

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

/** An Application that the table of Applications has no row for: nobody knows when it may come, and what it creates. */
function unknownApplications(scope: ObjectScope): readonly ObjectFinding[] {
  return childrenOf(scope)
    .filter(({ source, folder }) => source.chart !== "" || folder.length > 0) // a rule of its own
    .filter((child) => rowOf(child) === undefined)
    .map(({ object, source, folder }) => {
      if (source.chart !== "")
        return {
          object,
          path: ["spec", "source", "chart"],
          message: `expected one of the charts ${istioCharts.join(", ")}, found ${show(source.chart)}: neither its wave nor the kinds it creates are known`,
        };
      const found = [...new Set(folder.map(nameOfKind))].join(", ");
      return {
        object,
        path: ["spec", "source", "path"],
        message: `expected a folder with the kinds of one Application, found ${found} in ${source.path}/: neither its wave nor what it waits for is known`,
      };
    });
}

const rowOf = ({ source, folder }: Application) =>
  tryFindRow(source.chart, folder, source.path.slice(source.path.lastIndexOf("/") + 1));

interface Step {
  readonly object: RenderedObject;
  readonly what: string;
  /** Of the table. */
  readonly planned: number;
  /** What it says. */
  readonly wave: number;
}

/** The wave as Argo CD counts it: 0 where there is none or no number. */
function waveOf(object: RenderedObject): number {
  const value = object.annotations[waveAnnotation];
  return typeof value === "string" && wholeNumber.test(value) ? Number(value) : 0;
}

const stepsOf = oncePerScope((scope): readonly Step[] => {
  const children = childrenOf(scope);
  const projects =
    children.length === 0 ? [] : scope.ofKind("AppProject").filter(({ group }) => group === argoprojGroup);
  return [
    ...projects.map((object) => ({
      object,
      what: "the AppProject",
      planned: projectWave,
      wave: waveOf(object),
    })),
    ...children.flatMap((child) => {
      const row = rowOf(child);
      if (row === undefined) return [];
      return [{ object: child.object, what: row.what, planned: row.wave, wave: waveOf(child.object) }];
    }),
  ].sort((a, b) => a.planned - b.planned);
});

function waveOrder(scope: ObjectScope): readonly ObjectFinding[] {
  const all = stepsOf(scope);
  return all.flatMap(({ object, planned, wave }) => {
    // The highest wave of any earlier step is what this one has to wait for.
    const before = all.filter((other) => other.planned < planned).sort((a, b) => b.wave - a.wave)[0];
    if (before === undefined || before.wave < wave) return [];
    return [
      {
        object,
        path: wavePath,
        message: `expected a wave above ${before.wave}, that of ${before.what} (${before.object.name}), found ${wave}`,
      },
    ];
  });
}

/** A new door that the controller refuses never becomes healthy: a later wave would wait for it for ever. */
function afterDoors(scope: ObjectScope): readonly ObjectFinding[] {
  const doors = stepsOf(scope).filter(({ what }) => what === applicationTable.ingress.what);
  const first = doors.sort((a, b) => a.wave - b.wave)[0];
  if (first === undefined) return [];
  return stepsOf(scope)
    .filter(({ wave }) => wave > first.wave)
    .map(({ object, wave }) => ({
      object,
      path: wavePath,
      message: `expected a wave not above ${first.wave}, that of the front door ${first.object.name}, found ${wave}: it would wait for ever for a door that the controller refuses`,
    }));
}

export const waveRules: readonly ObjectRule[] = [
  { code: "argocd/wave-not-integer", severity: "error", check: malformedWaves },
  { code: "argocd/unknown-application", severity: "error", check: unknownApplications },
  { code: "argocd/wave-order", severity: "error", check: waveOrder },
  { code: "argocd/wave-after-doors", severity: "error", check: afterDoors },
];
