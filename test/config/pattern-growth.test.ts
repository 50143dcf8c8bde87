// No pattern takes out of all proportion to the length of a text, whatever the text repeats: a compiler must not hang on
// a line that somebody pasted. Compared with the cheapest pattern there is, on the same text.
import { describe, expect, it } from "vitest";
import { annotationFamilies, extraAnnotations, ownedAnnotations } from "../../config/alb-annotation-table.ts";
import { loadBalancerPairs, targetGroupPairs } from "../../config/alb-attributes.ts";
import type { Grammar } from "../../config/alb-grammars.ts";
import * as patterns from "../../config/patterns.ts";
import { redact } from "../../core/format-value.ts";
import { patience, tooMuchGrowth } from "../growth/growth.ts";

type Judge = (text: string) => unknown;

const grammars: Readonly<Record<string, { readonly grammar: Grammar }>> = {
  ...extraAnnotations,
  ...ownedAnnotations,
};

const judges: readonly (readonly [string, Judge])[] = [
  ...Object.entries(patterns).flatMap(([name, value]): (readonly [string, Judge])[] =>
    typeof value === "function" ? [[name, value]] : [[name, (text) => value.regex.test(text)]],
  ),
  ...Object.entries(grammars).map(([suffix, { grammar }]) => [`annotation ${suffix}`, grammar] as const),
  ...annotationFamilies.map(
    ({ regex, grammar }) =>
      [`annotation ${regex.source}`, (text: string) => [regex.test(text), grammar?.(text)]] as const,
  ),
  ["load balancer attribute", (text) => loadBalancerPairs.each("access_logs.s3.prefix", text)],
  ["target group attribute", (text) => targetGroupPairs.each("slow_start.duration_seconds", text)],
  ["redact", redact],
];

const starts = ["", "a", "https://a", "ssh:///", "a@b:", "arn:aws:", "a=", '[{"a":"'];
const units =
  'a|0|-|.|/|,|:|@|=|*| |\\,|\\|a-|a.|a/|a:|a=|a,|.a|/a|,a=b|=\\,b|0.|1,|f@f:0/|::|200-299,|[]|"'.split("|");
const ends = ["", "\u0000", ",\n#"];

type Pump = (repetitions: number) => string;

const pumps: readonly Pump[] = starts.flatMap((start) =>
  units.flatMap((unit) =>
    ends.map(
      (end): Pump =>
        (repetitions) =>
          start + unit.repeat(repetitions) + end,
    ),
  ),
);

/** What may grow too much is what takes much longer than this, which looks at each letter once. */
const cheap: Judge = (text) => /^[^\r]*$/.test(text);
const suspiciousRatio = 400;

/** Short ones first: an exponential pattern would not end with the long ones. */
const shortAndLong = [16, 2_000].map((repetitions) =>
  pumps.map((pump) => {
    const text = pump(repetitions);
    return { pump, repetitions, text, limit: suspiciousRatio * Math.max(duration(cheap, text), 500) };
  }),
);

describe("the time that a pattern takes is in proportion to the text", { timeout: patience }, () => {
  for (const [name, judge] of judges) {
    it(name, async () => {
      for (const texts of shortAndLong) {
        const suspects = texts.filter(({ text, limit }) => duration(judge, text) > limit);
        for (const { pump, repetitions } of suspects) {
          const growth = await tooMuchGrowth([repetitions / 8, repetitions], (size) => {
            const text = pump(size);
            return () => judge(text);
          });
          expect(growth, pump(4)).toBeUndefined();
        }
      }
    });
  }
});

/** In nanoseconds. */
function duration(judge: Judge, text: string): number {
  const started = process.hrtime.bigint();
  judge(text);
  return Number(process.hrtime.bigint() - started);
}
