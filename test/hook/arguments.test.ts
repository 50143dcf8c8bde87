import { describe, expect, test } from "vitest";
import { SLOW_MACHINE, startCluster, usualArguments } from "./cluster.ts";

const USUAL = usualArguments(["ingress-services"], 20, 0);

/** The usual arguments, with every value of one option replaced; no value: the option is left out. */
function withOption(option: string, ...values: readonly string[]): readonly string[] {
  const kept = USUAL.filter((text, index) => text !== option && USUAL[index - 1] !== option);
  return [...kept, ...values.map((value) => `${option}=${value}`)];
}

describe.concurrent(
  "healthcheck-port.mjs refuses arguments with 2 and asks the API server nothing",
  SLOW_MACHINE,
  () => {
    const missing = [
      "--namespace",
      "--service",
      "--port",
      "--ingress",
      "--timeout-seconds",
      "--watch-seconds",
    ];
    const repeated = ["--namespace", "--service", "--port", "--timeout-seconds", "--watch-seconds"];
    const malformed: readonly (readonly [string, string])[] = [
      ["--namespace", "../kube-system"],
      ["--namespace", "a.b"],
      ["--service", "Istio"],
      ["--service", "a".repeat(64)],
      ["--ingress", "../x"],
      ["--ingress", "x?dryRun=All"],
      ["--ingress", ""],
      ["--ingress", "x\ny"],
      ["--port", "0"],
      ["--port", "status-port"],
      ["--timeout-seconds", "0"],
      ["--timeout-seconds", "2m"],
      ["--watch-seconds", "-1"],
    ];
    const cases: readonly (readonly [string, readonly string[], string])[] = [
      ["no arguments", [], "--namespace is missing"],
      ["an unknown option", [...USUAL, "--force"], "'--force'"],
      ["a positional argument", [...USUAL, "ingress-addons"], "'ingress-addons'"],
      ["an option without its value", [...USUAL, "--ingress"], "'--ingress"],
      ...missing.map((option) => [`no ${option}`, withOption(option), `${option} is missing`] as const),
      ...repeated.map(
        (option) =>
          [`${option} twice`, [...USUAL, ...USUAL.slice(USUAL.indexOf(option)).slice(0, 2)], option] as const,
      ),
      ...malformed.map(
        ([option, value]) =>
          [`${option} ${JSON.stringify(value)}`, withOption(option, value), option] as const,
      ),
      ["a bad Ingress after a good one", [...USUAL, "--ingress", "../x"], '"ingress-services,../x"'],
    ];

    test.for(cases)("%s", async ([, args, found], context) => {
      const { api, run } = await startCluster(context);
      const { code, stdout, stderr } = await run({ args });
      expect(stderr).toMatch(/^error \(exit code 2\): .*Expected --namespace NAME .*\n$/);
      expect(stderr).toContain(found);
      expect(stdout).toBe("");
      expect(code).toBe(2);
      expect(api.requests).toEqual([]);
    });
  },
);

test("healthcheck-port.mjs accepts an Ingress name with dots", async (context) => {
  const { run } = await startCluster(context);
  const { code, stderr } = await run({ ingresses: ["app.example.com"], timeoutSeconds: 1 });
  expect(stderr).toContain("ingress istio-ingress/app.example.com does not exist");
  expect(code).toBe(12);
});
