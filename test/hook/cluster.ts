/** A cluster for one test: the imitated API server, a pod's environment and mounted files, and the program in it. */
import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type TestContext } from "vitest";
import { ANNOTATION, ApiServer, type KubernetesObject, NAMESPACE } from "./api-server.ts";

export const PROGRAM = fileURLToPath(new URL("../../hook/healthcheck-port.mjs", import.meta.url));

/** Long after every time limit that a test gives: a program that hangs fails its test, not the whole run. */
const HANGS_AFTER_MS = 60_000;

/** For `describe`: the tests start many processes, so they allow for a busy machine. */
export const SLOW_MACHINE = { timeout: 2 * HANGS_AFTER_MS };

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ClusterOptions {
  /** File name in certificates/, without `.crt`. */
  readonly certificate?: string;
  readonly ca?: string;
  readonly address?: string;
}

export interface Cluster {
  readonly api: ApiServer;
  /** The folder of `token` and `ca.crt`. */
  readonly mount: string;
  writeToken(token: string): void;
  run(options?: RunOptions): Promise<Outcome>;
}

export interface RunOptions {
  /** Default: the usual arguments for `ingresses` and `timeoutSeconds`. */
  readonly args?: readonly string[];
  readonly ingresses?: readonly string[];
  readonly timeoutSeconds?: number;
  /** Default 0: nothing is watched after a patch. */
  readonly watchSeconds?: number;
  /** `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly onStart?: (child: ChildProcess) => void;
}

export const FIRST_TOKEN = "eyJ-first-token-of-the-test";

/** A gateway Service with NodePort 31404 on its status port, and Ingress ingress-services as Git has it. */
export async function startCluster(
  test: Pick<TestContext, "onTestFinished">,
  options: ClusterOptions = {},
): Promise<Cluster> {
  const mount = mkdtempSync(join(tmpdir(), "meshfront-hook-"));
  const api = await ApiServer.start(FIRST_TOKEN, options.certificate, options.address);
  test.onTestFinished(async () => {
    await api.stop();
    rmSync(mount, { recursive: true });
  });
  const tokens: string[] = [];
  const writeToken = (token: string) => {
    tokens.push(token);
    writeFileSync(join(mount, "token"), `${token}\n`);
  };
  writeToken(FIRST_TOKEN);
  const ca = fileURLToPath(new URL(`certificates/${options.ca ?? "cluster-ca"}.crt`, import.meta.url));
  copyFileSync(ca, join(mount, "ca.crt"));
  api.put(gatewayService());
  api.put(ingress("ingress-services", "status-port"));

  const environment = {
    PATH: process.env.PATH,
    KUBERNETES_SERVICE_HOST: options.address ?? "127.0.0.1",
    KUBERNETES_SERVICE_PORT: String(api.port),
    MESHFRONT_SERVICEACCOUNT_DIR: mount,
  };
  const run = async ({
    args,
    ingresses = ["ingress-services"],
    timeoutSeconds = 10,
    watchSeconds = 0,
    env,
    onStart,
  }: RunOptions = {}) => {
    const outcome = await runProgram(
      args ?? usualArguments(ingresses, timeoutSeconds, watchSeconds),
      { ...environment, ...env },
      onStart,
    );
    for (const token of tokens) expect(outcome.stdout + outcome.stderr).not.toContain(token);
    expect(outcome.stderr, "a stack trace").not.toMatch(/^ +at /m);
    return outcome;
  };
  return { api, mount, writeToken, run };
}

export function usualArguments(
  ingresses: readonly string[],
  timeoutSeconds: number,
  watchSeconds: number,
): readonly string[] {
  const named = ingresses.flatMap((name) => ["--ingress", name]);
  const limit = ["--timeout-seconds", String(timeoutSeconds), "--watch-seconds", String(watchSeconds)];
  return ["--namespace", NAMESPACE, "--service", "istio-ingress", "--port", "15021", ...named, ...limit];
}

function runProgram(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onStart: (child: ChildProcess) => void = () => {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      env,
      timeout: HANGS_AFTER_MS,
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject).on("close", (code) => resolve({ code, stdout, stderr }));
    onStart(child);
  });
}

interface ServicePort {
  readonly name?: string;
  readonly protocol?: string;
  readonly port: number;
  readonly nodePort?: number;
}

export const USUAL_PORTS: readonly ServicePort[] = [
  { name: "status-port", protocol: "TCP", port: 15021, nodePort: 31404 },
  { name: "http2", protocol: "TCP", port: 80, nodePort: 30080 },
];

export function gatewayService(
  ports = USUAL_PORTS,
  type = "NodePort",
  annotations: Record<string, string> = {},
): KubernetesObject {
  return { kind: "Service", metadata: { name: "istio-ingress", annotations }, spec: { type, ports } };
}

/** `healthcheckPort` undefined: without the annotation. */
export function ingress(name: string, healthcheckPort?: string): KubernetesObject {
  const annotations = { "alb.ingress.kubernetes.io/scheme": "internal" };
  const named =
    healthcheckPort === undefined ? annotations : { ...annotations, [ANNOTATION]: healthcheckPort };
  return { kind: "Ingress", metadata: { name, annotations: named } };
}
