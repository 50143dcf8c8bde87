// Kubernetes reads `64m` of memory as thousandths of a byte, and takes it.
import { describe, expect, it } from "vitest";
import { loadFragment, printed } from "./minimal-cluster.ts";

const memory = (written: string): string =>
  printed(loadFragment(`hook: { resources: { limits: { memory: "${written}" } } }`));
const cpu = (written: string): string =>
  printed(loadFragment(`hook: { resources: { limits: { cpu: "${written}" } } }`));

describe("the memory of the hook", () => {
  it.each(["64m", "128", "64 Mi", "64mi", "64MB"])("is not %s", (written) => {
    expect(memory(written)).toContain(
      `config/invalid-value: hook.resources.limits.memory: expected an amount of memory in quotes such as 64Mi, found "${written}"`,
    );
  });

  it.each(["128Mi", "1Gi", "134217728", "131072Ki", "0.5Gi", "128M"])("may be %s", (written) => {
    expect(memory(written)).toBe("");
  });
});

describe("the CPU of the hook", () => {
  it.each(["50Mi", "1k", "-1"])("is not %s", (written) => {
    expect(cpu(written)).toContain("expected an amount of CPU in quotes such as 50m or 0.5");
  });

  it.each(["50m", "1", "0.5"])("may be %s", (written) => {
    expect(cpu(written)).toBe("");
  });
});
