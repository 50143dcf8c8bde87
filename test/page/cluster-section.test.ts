import { expect, it } from "vitest";
import { clusterSection } from "../../page/cluster-section.ts";
import { graphOf } from "../graph/graphs.ts";

it("a certificate that ends within 30 days stands out among the facts", () => {
  const cells = (made: string) => {
    const lock = {
      formatVersion: 1 as const,
      generatedBy: "meshfront lookup" as const,
      cluster: "demo",
      account: "111122223333",
      region: "eu-west-1",
      answers: {
        "certificate:*.example.com": {
          arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890",
          names: ["*.example.com"],
          keyAlgorithm: "RSA_2048",
          notAfter: "2027-01-31",
          chosenBy: "only match",
        },
      },
    };
    const cluster = { graph: graphOf({}), picture: undefined, lock, problems: [] };
    const { markup } = clusterSection(cluster, { made, isOpen: true });
    return /<td[^>]*>[^<]*2027-01-31[^<]*<\/td>/.exec(markup)?.[0];
  };
  expect(cells("2026-12-01")).toBe("<td>2027-01-31, in 61 days</td>");
  expect(cells("2027-01-01")).toBe('<td class="marked">! 2027-01-31, in 30 days</td>');
  expect(cells("2027-02-01")).toBe('<td class="marked">! 2027-01-31, over</td>');
});
