// After a change of the output: MESHFRONT_UPDATE_GOLDEN=1 npx vitest run test/golden, then read the diff.
import { describe, expect, it } from "vitest";
import { acceptOutput, committedOutput, freshOutput, goldenCases, isAccepting } from "./golden-cases.ts";

const accepting = isAccepting(process.env);
const withCommittedOutput = goldenCases.filter(({ name }) => name !== "demo");

describe.each(withCommittedOutput)("the golden case $name", (golden) => {
  if (accepting) {
    it("was accepted as it is today", () => acceptOutput(golden, freshOutput(golden)));
  }

  it("gives exactly the files that are committed", () => {
    expect(Object.keys(freshOutput(golden))).toEqual(Object.keys(committedOutput(golden)));
  });

  it("gives each file byte for byte as it is committed", () => {
    const committed = committedOutput(golden);
    for (const [path, text] of Object.entries(freshOutput(golden))) {
      expect.soft(text, path).toBe(committed[path]);
    }
  });
});

describe("golden files", () => {
  it("are accepted only where a person asks for it", () => {
    expect(isAccepting({})).toBe(false);
    expect(isAccepting({ MESHFRONT_UPDATE_GOLDEN: "1" })).toBe(true);
  });

  it("are never accepted in CI", () => {
    expect(() => isAccepting({ MESHFRONT_UPDATE_GOLDEN: "1", CI: "true" })).toThrow(/in CI/);
    expect(isAccepting({ CI: "true" })).toBe(false);
  });
});
