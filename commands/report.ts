// One page of everything: what `graph`, `check` and `diff` say, and the lock files.
import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { count } from "../core/count.ts";
import { groupBy } from "../core/group-by.ts";
import type { Problem } from "../core/problem.ts";
import { clusterGraph } from "../graph/cluster-graph.ts";
import { pictureStyle, svgElement } from "../graph/picture/svg.ts";
import type { DiffReport } from "../manifests/diff/index.ts";
import { diskProblem } from "../manifests/disk-problem.ts";
import type { ReportCluster } from "../page/content.ts";
import { reportPage } from "../page/report-page.ts";
import { withoutAccepted } from "./accepted.ts";
import { checkProject } from "./check.ts";
import type { Command, CommandInput, CommandResult } from "./command.ts";
import { compareProject } from "./diff.ts";
import { exitCodes } from "./exit-codes.ts";
import { loadProject, type Project } from "./load-project.ts";
import { ownVersion } from "./own-version.ts";
import { readPagePrograms } from "./read-programs.ts";
import type { ReportKeys } from "./results/report.ts";

export const report: Command = {
  run: async (input) => {
    const { options } = input;
    const project = loadProject(input);
    const compared = options.against === undefined ? undefined : await compareProject(input, project);
    if (compared !== undefined && "failure" in compared)
      return {
        ...nothing(project),
        exitCode: compared.failure.exitCode,
        problems: compared.failure.problems,
      };
    const page = await pageOf(input, project, compared?.report);
    const written = typeof options.out === "string" ? writePage(options.out, page.html) : undefined;
    if (written !== undefined && "code" in written)
      return { ...nothing(project), exitCode: exitCodes.outside, problems: [written] };
    const json: ReportKeys = {
      file: written?.file ?? null,
      html: written === undefined ? page.html : null,
      clusters: project.selected.length,
      findings: page.findings,
    };
    const clusters = count(project.selected.length, "cluster");
    return {
      exitCode: project.exitCode,
      problems: withoutAccepted(project.problems, project.selected),
      summary: `${clusters}, ${count(page.findings, "finding")}${written === undefined ? "" : `; ${written.file} written`}`,
      ...(written === undefined && { output: page.html }),
      json,
    };
  },
};

const nothing = (project: Project): Pick<CommandResult, "summary" | "json"> => {
  const json: ReportKeys = { file: null, html: null, clusters: project.selected.length, findings: 0 };
  return { summary: "nothing written", json };
};

/** More pictures would make the page slow and large; the trees say the same. */
const mostPictures = 10;

async function pageOf(input: CommandInput, project: Project, change: DiffReport | undefined) {
  const { problems: found } = await checkProject(
    { ...input, options: { ...input.options, strict: undefined } },
    project,
  );
  const names = new Set(project.selected.map(({ config }) => config.cluster.name));
  const byCluster = groupBy(found, (problem) => clusterOf(problem, names));
  const hasPictures = names.size <= mostPictures;
  const clusters: ReportCluster[] = [];
  for (const cluster of project.selected) {
    const graph = clusterGraph(cluster);
    input.step?.(clusters.length + 1, names.size, `page of ${graph.name}`);
    const picture = hasPictures ? await svgElement(graph) : undefined;
    clusters.push({ graph, picture, lock: cluster.lock, problems: byCluster.get(graph.name) ?? [] });
  }
  const { explanations } = await import("../explanations/index.ts");
  const programs = readPagePrograms(input.disk);
  const html = reportPage({
    made: new Date().toISOString().slice(0, 10),
    version: ownVersion,
    clusters,
    problems: byCluster.get(undefined) ?? [],
    change,
    explanations,
    programs: { ...programs, style: programs.style + pictureStyle },
  });
  return { html, findings: found.length };
}

/** `clusters/demo.yaml`, its lock file, `dist/demo/…` and `argocd/demo.yaml` are about demo. */
function clusterOf({ file = "" }: Problem, names: ReadonlySet<string>): string | undefined {
  const [, name] = /^(?:clusters|argocd|dist)\/([^/]+?)(?:\.lock\.json|\.yaml|\/.*|)$/.exec(file) ?? [];
  return name !== undefined && names.has(name) ? name : undefined;
}

/** Where the person stands, whatever project they ask about. */
function writePage(path: string, html: string): { readonly file: string } | Problem {
  try {
    writeFileSync(resolve(path), html);
    return { file: relative(process.cwd(), resolve(path)) };
  } catch (error) {
    return diskProblem(error, path, "Nothing else was written.");
  }
}
