import { count } from "../core/count.ts";
import { isError, type Problem } from "../core/problem.ts";
import type { DiffReport } from "../manifests/diff/index.ts";
import { withoutAccepted } from "./accepted.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import type { CommittedFiles } from "./committed.ts";
import { compareCommitted } from "./compare-committed.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { readCommitted } from "./git-revision.ts";
import { loadProject, type Project } from "./load-project.ts";
import { exitCodeOfErrors } from "./plan-output.ts";
import { formatOf } from "./report/format.ts";
import { failsStrictly } from "./strict.ts";
import { fitted, isColoured } from "./terminal.ts";

/** What would change in the cluster and in AWS, object by object. Writes nothing, reads no network. */
export const diff: Command = {
  run: async (input: CommandInput): Promise<CommandResult> => {
    const { options } = input;
    const compared = await compareProject(input, loadProject(input));
    if ("failure" in compared) return compared.failure;
    const { differ, report, problems } = compared;
    return {
      exitCode: exitCodeOf(report, problems, options),
      problems,
      summary: summarise(report, differ.nameOfAgainst(report.against)),
      ...present(differ, report, options),
    };
  },
};

type Comparison =
  | { readonly failure: CommandResult }
  | { readonly differ: Differ; readonly report: DiffReport; readonly problems: readonly Problem[] };

/** A project against what is committed, or the result of a command that could not compare them. */
export async function compareProject(
  { disk, root, options }: CommandInput,
  project: Project,
): Promise<Comparison> {
  if (project.exitCode !== exitCodes.clean) {
    const problems = withoutAccepted(project.problems, project.selected);
    return { failure: { ...notCompared, exitCode: project.exitCode, problems } };
  }
  const committed = readCommitted(root, typeof options.against === "string" ? options.against : undefined);
  if (isProblem(committed)) return { failure: outside([...project.problems, committed]) };

  const { failure, problems: objectProblems, ...versions } = compareCommitted(disk, project, committed);
  const before = [...project.problems, ...objectProblems];
  if (failure !== undefined) return { failure: outside([...before, failure]) };
  if (objectProblems.some(isError)) {
    return {
      failure: { ...notCompared, exitCode: exitCodeOfErrors(objectProblems), problems: before },
    };
  }
  const differ = await import("../manifests/diff/index.ts");
  const { problems: readProblems, ...output } = differ.diffOutput(versions);
  const report = differ.reportOf(
    output,
    committed.revision === undefined ? {} : nameRevision(committed.revision),
  );
  return { differ, report, problems: withoutAccepted([...before, ...readProblems], project.selected) };
}

const nameRevision = ({ name, commit }: NonNullable<CommittedFiles["revision"]>) => ({
  revision: name,
  commit,
});

function exitCodeOf(
  { totals, diff: { files } }: DiffReport,
  problems: readonly Problem[],
  options: CommandInput["options"],
): ExitCode {
  if (failsStrictly(problems, options)) return exitCodes.invalid;
  const { critical, warning } = totals.consequences;
  const failOn = options["fail-on"];
  const heavy = failOn === "critical" ? critical : failOn === "warning" ? critical + warning : 0;
  const isDifferent = options["exit-code"] === true && files.length > 0;
  return isDifferent || heavy > 0 ? exitCodes.different : exitCodes.clean;
}

type Differ = typeof import("../manifests/diff/index.ts");

function present(
  { diffJson, markdownReport, statReport, textReport }: Differ,
  report: DiffReport,
  options: CommandInput["options"],
): Pick<CommandResult, "output" | "json"> {
  if (formatOf(options) === "json") return { json: diffJson(report) };
  if (options.stat === true)
    return { output: statReport(report, { isMarkdown: options.format === "markdown" }) };
  if (options.format === "markdown") return { output: markdownReport(report) };
  const colour = isColoured(process.stdout);
  return { output: fitted(textReport(report, { colour }), process.stdout) };
}

function summarise({ against, totals, diff: { files } }: DiffReport, what: string): string {
  const hint = against.revision === undefined ? "; this is no Git repository with a commit" : "";
  if (files.length === 0) return `no differences from ${what}${hint}`;
  const objects = Object.values(totals.objects).reduce((sum, number) => sum + number, 0);
  const { critical } = totals.consequences;
  const warning = critical > 0 ? `, ${critical} critical` : "";
  return `${count(objects, "object")} in ${count(files.length, "file")} ${objects === 1 ? "differs" : "differ"} from ${what}${warning}${hint}`;
}

const notCompared = {
  summary: "not compared",
  json: { against: null, totals: null, consequences: [], objects: [], files: [] },
} as const;

const outside = (problems: readonly Problem[]): CommandResult => ({
  ...notCompared,
  exitCode: exitCodes.outside,
  problems,
});

const isProblem = (result: CommittedFiles | Problem): result is Problem => "severity" in result;
