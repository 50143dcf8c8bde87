// Which files say the versions of the selected clusters, and whether the step is one that Istio supports. Pure.
import type { Config } from "../../config/config.ts";
import { compareIstioVersions, newestKnown, parseIstioVersion } from "../../config/istio-versions.ts";
import type { InputFile } from "../../config/load.ts";
import { nameOfFile } from "../../config/name-of-file.ts";
import { listed } from "../../core/listed.ts";
import type { Problem } from "../../core/problem.ts";
import { hasVersion, withVersion } from "./edit-version.ts";

export interface EditedFile {
  readonly file: string;
  readonly text: string;
  readonly from: string;
}

export interface UpgradeRequest {
  readonly version: string;
  readonly chosen: readonly Config[];
  readonly all: readonly Config[];
  readonly files: readonly InputFile[];
  readonly defaults: InputFile | undefined;
}

/** All that is to be written, or everything that is in the way. */
export function planUpgrade(request: UpgradeRequest): readonly EditedFile[] | readonly Problem[] {
  const { version, chosen } = request;
  const behind = chosen.filter(({ istio }) => istio.version !== version);
  const problems = behind.flatMap((config) => tryRefuseStep(config, version) ?? []);
  if (problems.length > 0) return problems;
  const results = behind.map((config) => editOf(config, request));
  const refused = results.filter((result): result is Problem => "code" in result);
  if (refused.length > 0) return refused;
  const edits = results.filter((result): result is EditedFile => "text" in result);
  return [...new Map(edits.map((edit) => [edit.file, edit])).values()];
}

/** One minor at a time, and never back: CRDs and proxies of the newer one are there already. */
function tryRefuseStep({ file, istio }: Config, version: string): Problem | undefined {
  const [from, to] = [parseIstioVersion(istio.version), parseIstioVersion(version)];
  if (compareIstioVersions(version, istio.version) < 0)
    return stepProblem(
      file,
      `expected a version newer than ${istio.version}, found ${version}`,
      "To go back, revert the commit that upgraded: docs/how-to/roll-back.md says what does not come back.",
    );
  if (from.major === to.major && to.minor - from.minor <= 1) return undefined;
  const next = newestKnown(`${from.major}.${from.minor + 1}`) ?? `${from.major}.${from.minor + 1}.0`;
  return stepProblem(
    file,
    `expected a step of one minor from ${istio.version}, found ${version}: Istio supports no more at once`,
    `Run \`meshfront upgrade istio ${next}\` first, roll it out, and go on from there.`,
  );
}

const stepProblem = (file: string, message: string, suggestion: string): Problem => ({
  code: "usage/upgrade-step",
  severity: "error",
  message,
  suggestion,
  file,
});

function editOf(
  config: Config,
  { version, chosen, all, files, defaults }: UpgradeRequest,
): EditedFile | Problem {
  const own = files.find(({ file }) => file === config.file);
  const textOf = (input: InputFile | undefined) => Buffer.from(input?.bytes ?? "").toString();
  const isInDefaults = !hasVersion(textOf(own)) && hasVersion(textOf(defaults));
  if (isInDefaults) {
    const others = all.filter((each) => {
      const text = textOf(files.find(({ file }) => file === each.file));
      return !chosen.includes(each) && !hasVersion(text);
    });
    // A part of them gets the version into its own files: it moves alone.
    if (others.length === 0 && defaults !== undefined) return edited(defaults, config, version);
  }
  return own === undefined ? byHand(config.file, "it is gone") : edited(own, config, version);
}

function edited(input: InputFile, { istio }: Config, version: string): EditedFile | Problem {
  const result = withVersion(Buffer.from(input.bytes).toString(), version);
  if ("problem" in result) return byHand(input.file, result.problem);
  return { file: input.file, text: result.text, from: istio.version };
}

const byHand = (file: string, why: string): Problem => ({
  code: "usage/upgrade-by-hand",
  severity: "error",
  message: `expected a file in which istio.version can be replaced; ${why}`,
  suggestion: "Edit the version by hand; nothing was written.",
  file,
});

/** Who is left at an older version, by stage: what comes next. */
export function remaining(
  all: readonly Config[],
  chosen: readonly Config[],
  version: string,
): readonly string[] {
  const left = all.filter(
    (config) => !chosen.includes(config) && compareIstioVersions(config.istio.version, version) < 0,
  );
  const stages = [...new Set(left.map(({ cluster }) => cluster.stage))];
  return stages.map((stage) => {
    const names = left.filter(({ cluster }) => cluster.stage === stage).map(({ file }) => nameOfFile(file));
    const shown = names.length > 5 ? `${names.length} clusters` : listed(names);
    return stage === undefined ? `without a stage: ${shown}` : `stage ${stage} (-l stage=${stage}): ${shown}`;
  });
}
