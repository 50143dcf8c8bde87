// What `lookup` does on the network: finds credentials, asks, and gives up in time. The SDK is loaded here, if at all.
import { setMaxListeners } from "node:events";
import type { Problem } from "../core/problem.ts";
import { isAwsCallError } from "../facts/aws-call-error.ts";
import { awsProblems } from "../facts/aws-errors.ts";
import type { AwsContext } from "../facts/aws-failure.ts";
import { type LookupResult, lookUp } from "../facts/lookup.ts";
import { planLookup } from "../facts/plan-lookup.ts";
import type { CallContext, CallEvent } from "../facts/providers/call.ts";
import type { AwsConnection, ConnectOptions } from "../facts/providers/index.ts";
import type { LookupCluster } from "../facts/settle-cluster.ts";
import type { Step } from "./counter.ts";

export interface AskOptions {
  readonly clusters: readonly LookupCluster[];
  /** Of `--profile`. */
  readonly profile: string | undefined;
  readonly timeoutSeconds: number;
  readonly isDebug: boolean;
  readonly progress: (text: string) => void;
  readonly step?: Step | undefined;
}

/** What comes from outside, for tests to replace. */
export interface World {
  readonly connect: (options: ConnectOptions) => Promise<AwsConnection>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
}

export const realWorld: World = {
  // In a bundle of its own: the SDK would make every other command slower (tools/build.mjs).
  connect: async (options) => (await import("../facts/providers/index.ts")).connect(options),
  env: process.env,
  now: () => new Date(),
};

export type Asked = LookupResult | { readonly timeout: Problem };

/** Rejects only for a bug: what AWS or the network does wrong is in the result. */
export async function askAws(options: AskOptions, world: World): Promise<Asked> {
  const waiting = new Map<string, number>();
  const calls = { begun: 0, over: 0 };
  const observe = (event: CallEvent): void => {
    const isOver = event.milliseconds !== undefined;
    calls[isOver ? "over" : "begun"] += 1;
    if (isOver) options.step?.(calls.over, calls.begun, `answered: ${event.action}`);
    waiting.set(event.action, (waiting.get(event.action) ?? 0) + (isOver ? -1 : 1));
    if (options.isDebug) options.progress(debugLine(event));
  };
  const abort = new AbortController();
  // One for each call, and the SDK takes none away; Node would warn of a leak from the eleventh.
  setMaxListeners(0, abort.signal);
  const over = new Promise<"over">((resolve) => {
    abort.signal.addEventListener("abort", () => resolve("over"), { once: true });
  });
  const timer = setTimeout(() => abort.abort(), options.timeoutSeconds * 1_000);
  const asked = ask(options, world, { abortSignal: abort.signal, observe });
  // After the time limit nobody waits for it any more; what it then rejects with is the end of its calls.
  asked.catch(() => {});
  try {
    const result = await Promise.race([asked, over]);
    return result === "over" ? { timeout: timeoutProblem(options.timeoutSeconds, waiting) } : result;
  } finally {
    clearTimeout(timer);
  }
}

/** Credentials first: without them every question would fail alike, and some kinds start a program each time. */
async function ask(options: AskOptions, world: World, callContext: CallContext): Promise<LookupResult> {
  const { clusters, profile, progress } = options;
  const plans = planLookup(clusters.map(({ config }) => config));
  const [first] = plans;
  if (first === undefined) return { outcomes: [], failures: [] };
  for (const { region, configs } of plans) {
    progress(`asking AWS in ${region} for ${configs.map(({ cluster }) => cluster.name).join(", ")}`);
  }
  try {
    const connection = await world.connect({ ...callContext, region: first.region, profile });
    return await lookUp({
      clusters,
      inRegion: connection.inRegion,
      identity: connection.account,
      contextOf: (region, account) => contextFor(region, account, profile, world),
      now: world.now(),
    });
  } catch (error) {
    if (!isAwsCallError(error)) throw error;
    const context = contextFor(first.region, undefined, profile, world);
    return { outcomes: [], failures: awsProblems([error.failure], context) };
  }
}

function contextFor(
  region: string,
  account: string | undefined,
  profile: string | undefined,
  { env }: World,
): AwsContext {
  const name = profile ?? (env.AWS_PROFILE || undefined);
  const source =
    name !== undefined
      ? `profile ${name}`
      : env.AWS_ACCESS_KEY_ID
        ? "the keys in AWS_ACCESS_KEY_ID"
        : "the default credentials";
  const who = account === undefined ? source : `${source} (account ${account})`;
  return { region, profile: name, who, endpoint: endpointOf(env) };
}

/** Host and port only: a URL may hold a password. */
function endpointOf(env: World["env"]): string | undefined {
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true") return undefined;
  const names = [
    "AWS_ENDPOINT_URL_EC2",
    "AWS_ENDPOINT_URL_ACM",
    "AWS_ENDPOINT_URL_WAFV2",
    "AWS_ENDPOINT_URL",
  ];
  const url = names.map((name) => env[name]).find((value) => value !== undefined && value !== "");
  if (url === undefined) return undefined;
  return URL.canParse(url) ? new URL(url).host : "something that is no URL";
}

const timeoutProblem = (seconds: number, waiting: ReadonlyMap<string, number>): Problem => {
  const actions = [...waiting].filter(([, calls]) => calls > 0).map(([action]) => action);
  return {
    code: "lookup/timeout",
    severity: "error",
    message: `expected all answers within ${seconds} s, still waiting for ${actions.length === 0 ? "credentials" : actions.sort().join(", ")}`,
    suggestion:
      "Check this machine's network (the AWS SDK does not use HTTP_PROXY and HTTPS_PROXY), or allow more time: --timeout 2m.",
  };
};

const debugLine = ({ action, milliseconds, result, requestId }: CallEvent): string =>
  milliseconds === undefined
    ? `debug: ${action} …`
    : `debug: ${action} ${result} in ${milliseconds} ms${requestId === undefined ? "" : `, request ${requestId}`}`;
