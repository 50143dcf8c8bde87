import { describe, test } from "vitest";
import { describeCharts } from "./helm/chart-cases.ts";
import { imitation, realHelms } from "./helm/helm-programs.ts";

describeCharts("check --charts, with an imitation of helm", imitation);

const helms = realHelms();
for (const folder of helms) describeCharts(`check --charts, with the helm in ${folder}`, folder);

describe.runIf(helms.length === 0)("check --charts, with helm", () => {
  test.skip("no helm on the PATH, in MESHFRONT_TEST_HELM or of the test bed: only the imitation was asked");
});
