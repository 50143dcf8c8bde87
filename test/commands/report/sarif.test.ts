// No validator of SARIF comes with this repository, so the specification's requirements stand here by hand:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (sections in the titles), and what GitHub asks for.
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { sarifReport } from "../../../commands/report/sarif.ts";
import type { Problem } from "../../../core/problem.ts";
import { explanations } from "../../../explanations/index.ts";

const message = z.strictObject({ text: z.string().check(z.minLength(1)) });
const level = z.enum(["error", "warning"]);
const index = z.int().check(z.minimum(0));
const position = z.int().check(z.minimum(1));

/** What this reporter may write, no property more. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.literal("meshfront"),
          version: z.string(),
          rules: z.array(
            z.strictObject({
              id: z.string(),
              shortDescription: message,
              fullDescription: message,
              help: message,
              defaultConfiguration: z.strictObject({ level }),
            }),
          ),
        }),
      }),
      invocations: z.tuple([
        z.strictObject({
          executionSuccessful: z.boolean(),
          exitCode: index,
          exitCodeDescription: z.string(),
        }),
      ]),
      originalUriBaseIds: z.strictObject({ "%SRCROOT%": z.strictObject({ description: message }) }),
      columnKind: z.literal("utf16CodeUnits"),
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: index,
          level,
          message,
          locations: z.tuple([
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation: z.strictObject({
                  // A relative reference (RFC 3986, 4.2) without a colon, a blank or a letter that is not ASCII.
                  uri: z.string().check(z.regex(/^(?:[A-Za-z0-9._~!*'()-]|%[0-9A-F]{2}|\/)+$/)),
                  uriBaseId: z.literal("%SRCROOT%"),
                }),
                region: z.strictObject({ startLine: position, startColumn: z.optional(position) }),
              }),
            }),
          ]),
          partialFingerprints: z.record(z.string(), z.string().check(z.minLength(1))),
        }),
      ),
    }),
  ]),
});

const problem = (changes: Partial<Problem> = {}): Problem => ({
  code: "alb/subnets",
  severity: "error",
  message: "expected two subnets",
  file: "clusters/demo.yaml",
  line: 3,
  ...changes,
});

function runOf(problems: readonly Problem[], exitCode: 0 | 2 | 5 = 2) {
  const text = sarifReport({ exitCode, problems, summary: "done" }, explanations);
  const [run] = sarif.parse(JSON.parse(text)).runs;
  return run;
}

const fingerprintsOf = (problems: readonly Problem[]) =>
  runOf(problems).results.map((result) => result.partialFingerprints["meshfront/v1"]);

describe("--format sarif", () => {
  it("has one result for each problem, with level, message, place and rule (3.27)", () => {
    const { results, tool } = runOf([
      problem({ column: 5, suggestion: "Name one." }),
      problem({ code: "output/edited", severity: "warning" }),
    ]);
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(["alb/subnets", "output/edited"]);
    expect(results[0]).toMatchObject({
      ruleId: "alb/subnets",
      ruleIndex: 0,
      level: "error",
      message: { text: "expected two subnets\nName one." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "clusters/demo.yaml" },
            region: { startLine: 3, startColumn: 5 },
          },
        },
      ],
    });
    expect(results[1]).toMatchObject({ ruleId: "output/edited", ruleIndex: 1, level: "warning" });
  });

  it("describes each rule once, as `explain` does, with its level (3.49)", () => {
    const { rules } = runOf([problem(), problem({ line: 9 }), problem({ code: "output/edited" })]).tool
      .driver;
    expect(rules).toHaveLength(2);
    expect(rules[1]?.shortDescription.text).toBe(explanations["output/edited"]?.meaning);
    expect(rules[1]?.help.text).toContain(explanations["output/edited"]?.fix);
    expect(runOf([problem({ severity: "warning" })]).tool.driver.rules[0]?.defaultConfiguration).toEqual({
      level: "warning",
    });
  });

  it("has a rule of its own for a code that nobody explained", () => {
    expect(runOf([problem({ code: "new/code" })]).tool.driver.rules[0]?.shortDescription.text).toBe(
      "new/code",
    );
  });

  it("is an empty list where there is no problem, which closes what was open", () => {
    expect(runOf([], 0)).toMatchObject({
      results: [],
      invocations: [{ executionSuccessful: true, exitCode: 0 }],
    });
  });

  it("says of a run that did not come to its end that it failed (3.20.14)", () => {
    expect(runOf([problem()], 5).invocations[0].executionSuccessful).toBe(false);
    expect(runOf([problem()], 2).invocations[0].executionSuccessful).toBe(true);
  });

  it("writes paths as URIs (3.4.4)", () => {
    const uri = (file: string) =>
      runOf([problem({ file })]).results[0]?.locations[0].physicalLocation.artifactLocation.uri;
    expect(uri("a b/Größe.yaml")).toBe("a%20b/Gr%C3%B6%C3%9Fe.yaml");
    expect(uri("100%:#?.yaml")).toBe("100%25%3A%23%3F.yaml");
  });

  it("gives a problem without a file the folder of cluster files, because GitHub takes none without a place", () => {
    const { file: _, line: __, ...withoutPlace } = problem();
    expect(runOf([withoutPlace]).results[0]?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "clusters", uriBaseId: "%SRCROOT%" },
      region: { startLine: 1 },
    });
  });

  it("keeps the fingerprint of a problem that moved, and tells two of a kind apart (3.27.17)", () => {
    const [before] = fingerprintsOf([problem({ path: "ingresses.web.subnets" })]);
    const [after] = fingerprintsOf([
      problem({ path: "ingresses.web.subnets", line: 30, message: "found one" }),
    ]);
    expect(after).toBe(before);
    expect(new Set(fingerprintsOf([problem(), problem({ line: 9 }), problem({ file: "b.yaml" })])).size).toBe(
      3,
    );
  });
});
