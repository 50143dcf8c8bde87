// The formats that only CI asks for; main.ts loads this for them and nobody else.
import type { CommandResult } from "../command.ts";
import { sourceFrames } from "../source-frame.ts";
import { githubReport } from "./github.ts";
import { inRepository } from "./paths-in-repository.ts";
import { sarifReport } from "./sarif.ts";

/** What goes to stdout; `root`: the project's folder, absolute. */
export async function reportForCi(
  format: "github" | "sarif",
  command: string,
  result: CommandResult,
  root: string,
): Promise<string> {
  const problems = inRepository(root, result.problems);
  // Problems have other paths there than in the project's folder.
  const frames = new Map(problems.map((problem, index) => [problem, result.problems[index]]));
  const frameOf = sourceFrames(root);
  if (format === "github")
    return githubReport(command, problems, (problem) => frameOf(frames.get(problem) ?? problem));
  const { explanations } = await import("../../explanations/index.ts");
  return sarifReport({ ...result, problems }, explanations);
}
