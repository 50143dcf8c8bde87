import { discoveredIngresses } from "../config.ts";
import type { ConfigRule } from "../finding.ts";

/** Lowest and highest number of each cron field; names are three letters. */
const cronFields = [
  { name: "minute", low: 0, high: 59 },
  { name: "hour", low: 0, high: 23 },
  { name: "day of month", low: 1, high: 31 },
  { name: "month", low: 1, high: 12 },
  { name: "day of week", low: 0, high: 6 },
] as const;

/** The first cron field the CronJob controller would refuse, or undefined. */
function badCronField(schedule: string): { readonly name: string; readonly text: string } | undefined {
  if (schedule.startsWith("@")) return undefined;
  const texts = schedule.split(" ");
  return cronFields
    .map((field, index) => ({ ...field, text: texts[index] ?? "" }))
    .find(({ text, low, high }) => !text.split(",").every((part) => isCronPart(part, low, high)));
}

function isCronPart(part: string, low: number, high: number): boolean {
  const match = /^(?:\*|(\d+|[A-Za-z]{3})(?:-(\d+|[A-Za-z]{3}))?)(?:\/(\d+))?$/.exec(part);
  if (match === null || match[3] === "0") return false;
  const numbers = [match[1], match[2]].filter((text) => text !== undefined && /^\d+$/.test(text)).map(Number);
  const [first, second] = numbers;
  const inRange = numbers.every((number) => number >= low && number <= high);
  return inRange && (first === undefined || second === undefined || first <= second);
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
          suggestion: 'Five fields: minute hour day month weekday, for example "*/10 * * * *".',
        },
      ];
    },
  },
  {
    code: "hook/recheck-off",
    severity: "warning",
    check: (config) =>
      config.hook.recheck !== undefined || discoveredIngresses(config).length === 0
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
