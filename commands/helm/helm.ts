// The user's own helm, version 3 or 4. This is the only module that runs it: without a shell, with charts that lie in a
// folder, and with settings of its own, so that plugins, repositories and logins of the user play no part.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { JsonObject } from "../../core/json.ts";
import {
  type HelmFailure,
  missingHelm,
  oldHelm,
  silentHelm,
  tooMuchOutput,
  unusableHelm,
} from "./helm-failure.ts";
import { helmWords } from "./helm-words.ts";

/** One release of a chart, as Argo CD would render it. */
export interface Release {
  /** Absolute path of the chart's folder or package. */
  readonly chart: string;
  readonly name: string;
  readonly namespace: string;
  readonly values: JsonObject;
}

/** In helm's own words. */
export interface Refusal {
  readonly refusal: string;
}

export type HelmAnswer = { readonly text: string } | Refusal;

export const isRefusal = (answer: object): answer is Refusal => "refusal" in answer;

export interface Helm {
  /** For example `v4.2.1`. */
  readonly version: string;
  /** The chart's Chart.yaml. */
  readonly showChart: (chart: string) => Promise<HelmAnswer>;
  /** All objects of a release. `isUnchecked`: the chart's schema of values is not asked (helm 3.16 and newer). */
  readonly template: (release: Release, isUnchecked?: boolean) => Promise<HelmAnswer>;
}

/** More at once only waits for processors and memory. */
const mostAtOnce = Math.min(4, availableParallelism());

/** Of one answer. Istio's largest chart prints less than 1 MiB. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Runs `use` with the helm on the PATH. Rejects with a HelmFailure where there is none, where it does not answer within
 * `timeoutSeconds`, and where its answer is none. Nothing that was started is running afterwards.
 */
export async function withHelm<T>(timeoutSeconds: number, use: (helm: Helm) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "meshfront-helm-"));
  const abort = new AbortController();
  const call = atMost(mostAtOnce, (args: readonly string[], input?: string) =>
    runHelm({ args, input, folder, timeoutSeconds, signal: abort.signal }),
  );
  try {
    const version = versionOf(await call(["version", "--short"]));
    return await use({
      version,
      showChart: (chart) => call(["show", "chart", chart]),
      template: ({ chart, name, namespace, values }, isUnchecked = false) => {
        const unchecked = isUnchecked ? ["--skip-schema-validation"] : [];
        const args = ["template", name, chart, "--namespace", namespace, "--values", "-", ...unchecked];
        return call(args, JSON.stringify(values));
      },
    });
  } finally {
    abort.abort();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function versionOf(answer: HelmAnswer): string {
  if (isRefusal(answer)) throw unusableHelm(`it says ${answer.refusal}`);
  const [version, major] = /v(\d+)\.\d+[.\w-]*/.exec(answer.text) ?? [];
  if (version === undefined) throw unusableHelm("`helm version --short` names no version");
  if (Number(major) < 3) throw oldHelm(version);
  return version;
}

interface HelmCall {
  readonly args: readonly string[];
  /** For stdin: values stand in no file and in no list of processes. */
  readonly input: string | undefined;
  readonly folder: string;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
}

function runHelm({ args, input, folder, timeoutSeconds, signal }: HelmCall): Promise<HelmAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn("helm", args, {
      cwd: folder,
      env: helmEnvironment(folder),
      signal,
      killSignal: "SIGKILL",
      windowsHide: true,
    });
    const printed = { stdout: [] as Buffer[], stderr: [] as Buffer[], bytes: 0 };
    const giveUp = (failure: HelmFailure): void => {
      child.kill("SIGKILL");
      // A program that helm started may still hold them open.
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      reject(failure);
    };
    const timer = setTimeout(() => giveUp(silentHelm(args, timeoutSeconds)), timeoutSeconds * 1_000);
    for (const name of ["stdout", "stderr"] as const) {
      child[name].on("data", (chunk: Buffer) => {
        printed[name].push(chunk);
        printed.bytes += chunk.length;
        if (printed.bytes > mostBytes) giveUp(tooMuchOutput(args, mostBytes));
      });
    }
    child.stdin.on("error", () => {}); // it may end without having read them
    child.stdin.end(input ?? "");
    child.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(error.code === "ENOENT" ? missingHelm() : unusableHelm(error.code ?? error.message));
    });
    child.once("close", (code, endedBy) => {
      clearTimeout(timer);
      const [text, words] = [printed.stdout, printed.stderr].map((chunks) =>
        Buffer.concat(chunks).toString(),
      );
      if (code === 0) resolve({ text: text ?? "" });
      else if (code === null) reject(unusableHelm(`it was ended by ${endedBy}`));
      else resolve({ refusal: helmWords(words ?? "", code) });
    });
  });
}

/** No setting of helm or kubectl that this user has: helm's own folders are empty, and there is no cluster. */
function helmEnvironment(folder: string): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !/^(?:HELM_|KUBE)/i.test(name));
  return {
    ...Object.fromEntries(others),
    HELM_CONFIG_HOME: join(folder, "config"),
    HELM_CACHE_HOME: join(folder, "cache"),
    HELM_DATA_HOME: join(folder, "data"),
    KUBECONFIG: join(folder, "none"),
  };
}

/** The same function, of which at most `limit` calls run at a time. */
function atMost<A extends readonly unknown[], T>(
  limit: number,
  run: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (...args) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await run(...args);
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
