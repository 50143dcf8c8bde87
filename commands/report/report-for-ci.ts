// The formats that only CI asks for; main.ts loads this for them and nobody else.
import type { CommandResult } from "../command.ts";
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
  if (format === "github") return githubReport(command, problems);
  const { explanations } = await import("../../explanations/index.ts");
  return sarifReport({ ...result, problems }, explanations);
}
