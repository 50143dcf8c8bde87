import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { githubReport } from "../../../commands/report/github.ts";
import type { Problem } from "../../../core/problem.ts";

interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What the runner makes of the log: its commands, and the other lines (actions/runner, ActionCommand.cs). */
function readAsRunner(log: string): { readonly commands: readonly WorkflowCommand[]; readonly text: string } {
  const commands: WorkflowCommand[] = [];
  const text: string[] = [];
  let resume: string | undefined;
  for (const line of log.split(/\r?\n/)) {
    const match = /^::([a-z0-9-]+)(?: (.*?))?::(.*)$/s.exec(line.trimStart());
    if (resume !== undefined && match?.[1] === resume) resume = undefined;
    else if (resume !== undefined) text.push(line);
    // Without `::` the runner looks for the commands of old, anywhere in the line.
    else if (match === null) expect(line).not.toContain("##[");
    else {
      const [, name = "", properties = "", data = ""] = match;
      if (name === "stop-commands") resume = data;
      commands.push({ name, properties: readProperties(properties), data: unescapeData(data) });
    }
  }
  expect(resume).toBeUndefined();
  return { commands, text: text.join("\n") };
}

const readProperties = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split(",")
      .filter((pair) => pair !== "")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), unescapeProperty(pair.slice(pair.indexOf("=") + 1))]),
  );
const unescapeData = (text: string): string =>
  text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
const unescapeProperty = (text: string): string =>
  unescapeData(text.replaceAll("%3A", ":").replaceAll("%2C", ","));

const problem = (changes: Partial<Problem> = {}): Problem => ({
  code: "alb/subnets",
  severity: "error",
  message: "expected two subnets",
  ...changes,
});
const isAnnotation = ({ name }: WorkflowCommand): boolean => name === "error" || name === "warning";
const annotationsOf = (problems: readonly Problem[]): readonly WorkflowCommand[] =>
  readAsRunner(githubReport("check", problems)).commands.filter(isAnnotation);

describe("--format github", () => {
  it("says nothing where there is nothing to say", () => {
    expect(githubReport("check", [])).toBe("");
  });

  it("makes an annotation with place, title, message and advice of each problem", () => {
    const text = githubReport("check", [
      problem({ file: "clusters/a,b:c%.yaml", line: 3, column: 7, suggestion: "Name one.\nOr 100%." }),
    ]);
    expect(text.split("\n")[0]).toBe(
      "::error file=clusters/a%2Cb%3Ac%25.yaml,line=3,col=7,title=alb/subnets::expected two subnets%0AName one.%0AOr 100%25.",
    );
  });

  it("leaves out what is not known of the place", () => {
    expect(annotationsOf([problem()])).toEqual([
      { name: "error", properties: { title: "alb/subnets" }, data: "expected two subnets" },
    ]);
  });

  it("puts errors first, because GitHub annotates ten of a step, and says in the log how many there are", () => {
    const warnings = Array.from({ length: 12 }, () => problem({ severity: "warning" }));
    const text = githubReport("check", [...warnings, problem()]);
    expect(annotationsOf([...warnings, problem()]).map(({ name }) => name)).toEqual([
      "error",
      ...warnings.map(() => "warning"),
    ]);
    expect(text).toContain(
      "\n::group::meshfront check: 1 error, 12 warnings (GitHub annotates the first 10 of each, these are all)\n",
    );
    expect(githubReport("check", [problem()])).toContain("\n::group::meshfront check: 1 error, 0 warnings\n");
  });

  it("shows all of them in a group of the log, as the text format has them", () => {
    const { commands, text } = readAsRunner(
      githubReport("check", [problem({ file: "a.yaml", line: 1 }), problem({ severity: "warning" })]),
    );
    expect(commands.map(({ name }) => name)).toEqual([
      "error",
      "warning",
      "group",
      "stop-commands",
      "endgroup",
    ]);
    expect(text.trim().split("\n")).toEqual([
      "a.yaml:1 error alb/subnets: expected two subnets",
      "warning alb/subnets: expected two subnets",
    ]);
  });

  const hostile = fc
    .array(
      fc.oneof(
        fc.string(),
        fc.constantFrom(
          "::",
          "\n",
          "\r\n",
          "::set-env name=A::b",
          "##[add-mask]x",
          "%0A",
          ",",
          "::endgroup::",
        ),
      ),
    )
    .map((parts) => parts.join(""));

  it("gives the runner back every message, and no command that a message holds", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ message: hostile, file: hostile }), { minLength: 1 }), (list) => {
        const problems = list.map(({ message, file }) => problem({ message, file }));
        const { commands } = readAsRunner(githubReport("check", problems));
        expect(commands.filter(isAnnotation)).toEqual(
          list.map(({ message, file }) => ({
            name: "error",
            properties: { file, title: "alb/subnets" },
            data: message,
          })),
        );
        expect(commands.filter((command) => !isAnnotation(command)).map(({ name }) => name)).toEqual([
          "group",
          "stop-commands",
          "endgroup",
        ]);
      }),
    );
  });
});
