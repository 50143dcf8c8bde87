import { describe, expect, it } from "vitest";
import { wrap } from "../../commands/terminal.ts";
import { textTable } from "../../core/text-table.ts";
import { treeText } from "../../graph/text.ts";
import { treeOf } from "../../graph/tree.ts";
import { door, graphOf, route } from "./graphs.ts";

const plain = { width: Number.POSITIVE_INFINITY, emphasise: (text: string) => text, wrap };

describe("a graph as text", () => {
  it("is a tree from clients to Services, where marked lines begin with an exclamation mark", () => {
    const graph = graphOf({
      ingresses: {
        services: { ...door("*.example.com", "b.example.org"), scheme: "internal", webAcl: "none" },
      },
      routes: [route("a", "services", ["a.example.com"])],
    });
    const text = treeText(treeOf(graph), plain);
    expect(text.slice(text.indexOf("└─ gateway"))).toBe(
      `└─ gateway ingress: Service istio-ingress/istio-ingress, 2 to 5 pods (app=istio-ingress, istio=ingress)
   ├─ Gateway istio-ingress/istio-gateway takes HTTP 80: *.example.com, b.example.org
   └─ load balancer demo-svc-ingress (services): internal, HTTP 80 -> 443, HTTPS 443
      ├─ clients: everybody in reach of the VPC; no log-in
      ├─ certificate: arn:aws:acm:eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001, named by the cluster file: its end is not known here
      ├─ web ACL: none: one that is attached is detached
      ├─ targets: nodes, at NodePort (Kubernetes chooses) of the Service istio-ingress/istio-ingress, port 80, HTTP
      ├─ health check: GET /healthz/ready at the NodePort of status-port, which the hook writes as a number, every 15 s
      ├─ *.example.com
      │  └─ VirtualService istio-ingress/a (a.example.com), / -> apps/a:8080
      └─ b.example.org
         └─ ! no route in clusters/demo.yaml: 404, unless an application team brings a VirtualService
`,
    );
  });

  it("is broken between words where a line ends, and keeps the strokes of the tree", () => {
    const tree = {
      text: "root",
      children: [
        { text: "one two three", children: [{ text: "four five six", isMarked: true }] },
        { text: "seven" },
      ],
    };
    expect(treeText(tree, { ...plain, width: 12, emphasise: (text) => `<${text}>` })).toBe(
      `root
├─ one two
│  │ three
│  └─ <! four>
│       <five>
│       <six>
└─ seven
`,
    );
  });
});

it("a table has columns as wide as their widest cells", () => {
  const rows = [
    ["NAME", "N"],
    ["long-name", "1"],
    ["a", ""],
  ];
  expect(textTable(rows)).toBe("NAME       N\nlong-name  1\na\n");
});
