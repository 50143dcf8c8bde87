import { describe, expect, it } from "vitest";
import { mermaid } from "../../graph/mermaid.ts";
import { door, graphOf } from "./graphs.ts";

/** A regular expression is the one place where people may write anything. */
const brought = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: a, namespace: istio-ingress }
spec:
  gateways: [istio-gateway]
  hosts: [a.example.com]
  http:
    - match: [{ uri: { regex: '/"api";#<b>\`x\`' } }]
      route: [{ destination: { host: a.apps.svc.cluster.local, port: { number: 8080 } } }]
`;

const sample = () =>
  graphOf(
    {
      ingresses: { services: door("*.example.com", "b.example.org") },
      manifests: [{ path: "own/a.yaml", wave: "gateway" }],
    },
    { "own/a.yaml": brought },
  );

describe("a flowchart in Mermaid's language", () => {
  it("has a box for each thing and an arrow for each step, and marks what stands out", () => {
    const lines = mermaid(sample())
      .split("\n")
      .map((line) => line.trim());
    expect(lines[0]).toBe("flowchart LR");
    const box = (text: string) => /^(n\d+)\[/.exec(lines.find((line) => line.includes(text)) ?? "")?.[1];
    const steps = [
      "b.example.org<br",
      "load balancer ",
      "gateway pods ",
      "Gateway istio",
      "VirtualService ",
      "Service apps/a",
    ];
    const ids = steps.map(box);
    expect(ids).not.toContain(undefined);
    for (const [index, id] of ids.slice(1).entries()) expect(lines).toContain(`${ids[index]} --> ${id}`);
    expect(lines.filter((line) => line.endsWith(":::marked"))).toEqual([
      expect.stringMatching(/b\.example\.org.*! no route known here"\]:::marked$/),
    ]);
  });

  it("writes whatever Mermaid, Markdown or HTML would read by its number", () => {
    const text = mermaid(sample());
    expect(text).toContain("host #42;.example.com<br/>");
    expect(text).toContain("#126; /#34;api#34;#59;#35;#60;b>#96;x#96;");
    const labels = [...text.matchAll(/"([^"]*)"/g)].map(([, label = ""]) => label.replaceAll("<br/>", ""));
    expect(labels.filter((label) => !/^(?:[A-Za-z0-9 .,:/!()>-]|#\d+;)*$/.test(label))).toEqual([]);
  });
});
