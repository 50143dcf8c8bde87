import { type Config, discoveredDoorsOf } from "../config.ts";
import type { ConfigRule, Finding } from "../finding.ts";
import { normaliseHook } from "../normalise.ts";
import { defaultHook } from "../schema.ts";

/** Lowest and highest number of each cron field; names are three letters. */
const cronFields = [
  { name: "minute", low: 0, high: 59, words: [] },
  { name: "hour", low: 0, high: 23, words: [] },
  { name: "day of month", low: 1, high: 31, words: [] },
  { name: "month", low: 1, high: 12, words: "jan feb mar apr may jun jul aug sep oct nov dec".split(" ") },
  { name: "day of week", low: 0, high: 6, words: "sun mon tue wed thu fri sat".split(" ") },
] as const satisfies readonly CronField[];

interface CronField {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Names for the numbers from `low` on. */
  readonly words: readonly string[];
}

/** The first cron field the CronJob controller would refuse, or undefined. */
function badCronField(schedule: string): { readonly name: string; readonly text: string } | undefined {
  if (schedule.startsWith("@")) return undefined;
  const texts = schedule.split(" ");
  return cronFields
    .map((field, index) => ({ ...field, text: texts[index] ?? "" }))
    .find(({ text, ...field }) => !text.split(",").every((part) => isCronPart(part, field)));
}

function isCronPart(part: string, { low, high, words }: CronField): boolean {
  const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
  if (match === null || Number(match[3]) === 0) return false;
  const numbers = [match[1], match[2]]
    .filter((text) => text !== undefined)
    .map((text) => (/^\d+$/.test(text) ? Number(text) : low + words.indexOf(text.toLowerCase())));
  const [first, second] = numbers;
  const inRange = numbers.every((number) => number >= low && number <= high);
  return inRange && (first === undefined || second === undefined || first <= second);
}

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
};

/** A quantity of CPU or memory, as patterns.ts takes them, in cores or bytes. */
function amountOf(quantity: string): number {
  const [unit = ""] = /[A-Za-z]+$/.exec(quantity) ?? [];
  return Number.parseFloat(quantity) * (units[unit] ?? 1);
}

function resourceFindings({ hook: { resources } }: Config): Finding[] {
  const { requests, limits } = resources;
  return (["cpu", "memory"] as const).flatMap((name) => {
    const [request, limit] = [requests[name], limits[name]];
    if (request === undefined || limit === undefined || amountOf(request) <= amountOf(limit)) return [];
    return [
      {
        path: ["hook", "resources", "requests", name],
        message: `expected a request not above the limit of ${limit}, found ${request}: Kubernetes would refuse the hook's pods`,
        suggestion: `Raise hook.resources.limits.${name} as well.`,
      },
    ];
  });
}

/** As the API server has it (Kubernetes 1.36, pkg/apis/core/validation, ValidateTolerations): it would refuse the pods. */
function tolerationFindings({ hook: { tolerations = [] } }: Config): Finding[] {
  return tolerations.flatMap(({ key, operator = "Equal", value, effect, tolerationSeconds }, index) => {
    const path = ["hook", "tolerations", index];
    const refusal = (name: string, message: string, suggestion: string) => ({
      path: [...path, name],
      message: `${message}: Kubernetes would refuse the hook's pods`,
      suggestion,
    });
    return [
      ...(tolerationSeconds !== undefined && effect !== "NoExecute"
        ? [
            refusal(
              "tolerationSeconds",
              `expected effect NoExecute beside tolerationSeconds, found ${effect ?? "none"}`,
              "Remove tolerationSeconds: the others never put a running pod out.",
            ),
          ]
        : []),
      ...(operator === "Exists" && value !== undefined && value !== ""
        ? [
            refusal(
              "value",
              `expected no value beside operator Exists, found ${value}`,
              "Remove one of the two.",
            ),
          ]
        : []),
      ...(operator === "Equal" && key === undefined
        ? [
            refusal(
              "operator",
              "expected operator Exists where no key is named, found Equal",
              "Name the taint's key, or write operator: Exists to tolerate every taint.",
            ),
          ]
        : []),
    ];
  });
}

const isWithoutHook = (config: Config): boolean =>
  config.gateways.every((gateway) => discoveredDoorsOf(config, gateway).length === 0);

/** Keys that say what would hold without them are not seen: they change nothing either way. */
function unusedFindings(config: Config): Finding[] {
  if (!isWithoutHook(config)) return [];
  const unwritten = new Map(Object.entries(normaliseHook(defaultHook)));
  const why =
    config.argocd.managedBy === "eks"
      ? "with the EKS capability for Argo CD no health check is discovered by a hook"
      : "no door of this cluster has its health check discovered by the hook";
  return Object.entries(config.hook)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(unwritten.get(key)))
    .map(([key]) => ({
      path: ["hook", key],
      message: `hook.${key} has no effect: ${why}`,
      suggestion: "Remove it, or write it to clusters/defaults.yaml for the clusters that have a hook.",
    }));
}

export const hookRules: readonly ConfigRule[] = [
  {
    code: "hook/recheck-schedule",
    severity: "error",
    check: ({ hook }) => {
      const bad = hook.recheck === undefined ? undefined : badCronField(hook.recheck);
      if (bad === undefined) return [];
      return [
        {
          path: ["hook", "recheck"],
          message: `expected a ${bad.name} as cron reads it, found ${JSON.stringify(bad.text)} in ${JSON.stringify(hook.recheck)}`,
          suggestion: 'Five fields: minute hour day month weekday, for example "*/2 * * * *".',
        },
      ];
    },
  },
  {
    code: "hook/recheck-off",
    severity: "warning",
    check: (config) =>
      config.hook.recheck !== undefined || isWithoutHook(config)
        ? []
        : [
            {
              path: ["hook", "recheck"],
              message:
                "without a recheck a NodePort that moves outside of a sync leaves the health checks on the old port, silently",
              suggestion: "Set a schedule, or use healthCheck.mode named, which follows by itself.",
            },
          ],
  },
  { code: "hook/requests-above-limits", severity: "error", check: resourceFindings },
  { code: "hook/toleration", severity: "error", check: tolerationFindings },
  { code: "hook/without-effect", severity: "warning", isOfOwnFile: true, check: unusedFindings },
  {
    code: "hook/image-unpinned",
    severity: "warning",
    check: ({ hook }) => {
      const [, tag] = /:([\w.-]+)$/.exec(hook.image.replace(/@sha256:.*$/, "")) ?? [];
      if (hook.image.includes("@sha256:") || (tag !== undefined && tag !== "latest")) return [];
      return [
        {
          path: ["hook", "image"],
          message: `expected an image with a fixed tag or digest, found ${hook.image}`,
          suggestion: "Name a version: a program with rights in the cluster should not change by itself.",
        },
      ];
    },
  },
];
