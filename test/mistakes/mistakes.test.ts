// A hundred mistakes of a person in a hurry, and how each is answered.
import { describe, expect, it } from "vitest";
import { clusterMistakes } from "./clusters.ts";
import { doorMistakes } from "./doors.ts";
import { judge } from "./judge.ts";
import { project } from "./project.ts";
import { synthDryRun } from "./run-in-memory.ts";
import { spellingMistakes } from "./spelling.ts";
import { valueMistakes } from "./values.ts";

const mistakes = [...spellingMistakes, ...valueMistakes, ...doorMistakes, ...clusterMistakes];

it("the project that they are made in is without a fault", async () => {
  expect(await synthDryRun(project)).toEqual({ exitCode: 0, said: [] });
});

it("there are a hundred of them, at least", () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(100);
  expect(new Set(mistakes.map(({ id }) => id)).size).toBe(mistakes.length);
});

describe("is answered with place, cause and way out", () => {
  it.each(mistakes)("$id: $title", async (mistake) => {
    const { verdict, said } = await judge(mistake);
    expect({ verdict, said: verdict === "good" ? [] : said }).toEqual({ verdict: "good", said: [] });
  });
});
