import { describe, expect, it } from "vitest";
import { groupProblems } from "../../commands/grouped-problems.ts";
import type { Problem } from "../../core/problem.ts";

const problem = (cluster: string, message: string, line = 3): Problem => ({
  code: "alb/open-console",
  severity: "warning",
  message,
  file: `clusters/${cluster}.yaml`,
  line,
  column: 1,
});

const shown = (problems: readonly Problem[]) =>
  groupProblems(problems).map(({ problem: { file, message }, elsewhere }) => ({ file, message, elsewhere }));

describe("problems of many clusters", () => {
  it("that are the same are one, with every other place", () => {
    expect(shown([problem("a", "open"), problem("b", "open", 7), problem("c", "open")])).toEqual([
      {
        file: "clusters/a.yaml",
        message: "open",
        elsewhere: "The same in 2 more files: clusters/b.yaml:7:1, clusters/c.yaml:3:1",
      },
    ]);
  });

  it("are the same if nothing but the cluster's own name differs", () => {
    const named = (cluster: string) => problem(cluster, `run meshfront lookup for dist/${cluster}/x`);
    expect(shown([named("stage"), named("prod")])).toHaveLength(1);
    expect(shown([named("stage"), problem("prod", "run meshfront lookup for dist/stage/x")])).toHaveLength(2);
  });

  it("are two where one file has the same twice", () => {
    expect(shown([problem("a", "open", 3), problem("a", "open", 9)])).toHaveLength(2);
  });

  it("do not take a word of the sentence for a name", () => {
    expect(shown([problem("a", "found a door"), problem("b", "found b door")])).toHaveLength(2);
    expect(shown([problem("a", "found a door"), problem("b", "found a door")])).toHaveLength(1);
  });

  it("are left alone where they are of no cluster", () => {
    const ofDefaults = problem("defaults", "open");
    expect(shown([ofDefaults, { code: "x/y", severity: "error", message: "open" }])).toHaveLength(2);
  });
});
