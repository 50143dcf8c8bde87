// Why helm could not be asked at all. That a chart refuses values is no failure of helm, but an answer.
import type { Problem } from "../../core/problem.ts";
import { visible } from "../../core/show.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";

/** Ends the asking; the command reports `problem` and ends with `exitCode`. */
export class HelmFailure extends Error {
  readonly problem: Problem;
  readonly exitCode: ExitCode;

  constructor(problem: Omit<Problem, "severity">, exitCode: ExitCode = exitCodes.outside) {
    super(problem.message);
    this.problem = { ...problem, severity: "error" };
    this.exitCode = exitCode;
  }
}

const install =
  "Install Helm 3 or 4 (https://helm.sh/docs/intro/install), or leave --charts out: then what was measured of Istio's charts decides.";

export const missingHelm = (): HelmFailure =>
  new HelmFailure({
    code: "helm/missing",
    message: "expected the program `helm` on the PATH, found none: no value was asked",
    suggestion: install,
  });

export const oldHelm = (version: string): HelmFailure =>
  new HelmFailure({
    code: "helm/version",
    message: `expected helm 3 or newer on the PATH, found ${version}: no value was asked`,
    suggestion: install,
  });

export const unusableHelm = (found: string): HelmFailure =>
  new HelmFailure({
    code: "helm/failed",
    message: `expected the program \`helm\` on the PATH to answer: ${visible(found)}`,
    suggestion: "Try `helm version` in this shell.",
  });

/** helm fails on the chart itself. */
export const failedOnChart = (title: string, refusal: string): HelmFailure =>
  new HelmFailure({
    code: "helm/failed",
    message: `expected helm to render the ${title}, also without your values; it says ${refusal}`,
    suggestion: "Try `helm template` with that chart: it is damaged, or needs another version of helm.",
  });

export const noObjects = (title: string): HelmFailure =>
  new HelmFailure({
    code: "helm/failed",
    message: `expected \`helm template\` to print the objects of the ${title} as YAML, found something else`,
    suggestion: "Try it in this shell: `helm` may be a wrapper that prints text of its own.",
  });

export const tooMuchOutput = (args: readonly string[], bytes: number): HelmFailure =>
  new HelmFailure({
    code: "helm/failed",
    message: `expected at most ${bytes / 1024 / 1024} MiB from \`helm ${args[0]}\`, found more`,
    suggestion: "Try it in this shell: no chart of Istio prints as much.",
  });

export const silentHelm = (args: readonly string[], seconds: number): HelmFailure =>
  new HelmFailure(
    {
      code: "helm/timeout",
      message: `expected \`helm ${args[0]}\` to end within ${seconds} s, and ended it`,
      suggestion: "Try it in this shell, or allow more time: --timeout 5m.",
    },
    exitCodes.timeout,
  );
