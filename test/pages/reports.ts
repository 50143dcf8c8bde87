// Reports to look at: of the demo with a change and with text that wants to be markup, and of fleets.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readPagePrograms } from "../../commands/read-programs.ts";
import { nodeReadFileSystem } from "../../core/read-disk.ts";
import type { LockFile } from "../../facts/lock-schema.ts";
import { pictureStyle } from "../../graph/picture/svg.ts";
import { reportPage } from "../../page/report-page.ts";
import { clusterFile, demoTree, runMain } from "../commands/program.ts";
import { commitAll, initialise } from "../commands/repository.ts";
import { door, graphsIn, route } from "../graph/graphs.ts";
import { makeProject, type Tree, writeTree } from "../manifests/output-tree.ts";

export const hostile = `</script></style><img src=x onerror="document.title='broken'">`;

const brought = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: istio-ingress }
spec:
  gateways: [istio-gateway]
  hosts: [shop.example.com]
  http:
    - match: [{ uri: { regex: ${JSON.stringify(`/${hostile}`)} } }]
      route: [{ destination: { host: shop.shop.svc.cluster.local, port: { number: 80 } } }]
`;

/** The demo in a repository, with a door that is taken off the internet since. */
export async function changedDemo(): Promise<string> {
  const root = makeProject(demoTree());
  initialise(root);
  commitAll(root);
  const path = join(root, "clusters/demo.yaml");
  const changed = readFileSync(path, "utf8")
    .replace(
      "    hosts: [app.example.com]\n",
      "    hosts: [app.example.com, shop.example.com]\n    scheme: internal\n    subnets: { ids: [subnet-0e1d2c3b4a5968771, subnet-0f1e2d3c4b5a69782] }\n",
    )
    .concat("manifests: [{ path: own/shop.yaml, wave: gateway }]\n");
  writeFileSync(path, changed);
  writeTree(root, { "own/shop.yaml": brought });
  return reportOf(root, "--against", "HEAD");
}

/** The path of the page that `report` writes. */
export async function reportOf(root: string, ...args: readonly string[]): Promise<string> {
  const { stderr } = await runMain(root, ["report", "--out", "report.html", ...args]);
  if (!stderr.includes("report.html written")) throw new Error(stderr);
  return join(root, "report.html");
}

const names = (size: number): readonly string[] =>
  Array.from({ length: size }, (_, index) => `cluster-${String(index).padStart(3, "0")}`);

/** As people have them: two doors, some routes, a few findings. */
const fleetTree = (size: number): Tree =>
  Object.assign(
    {},
    ...names(size).map((name) =>
      clusterFile(name, [], {
        ingresses: {
          services: door(`app.${name}.example.com`, `shop.${name}.example.com`),
          addons: { ...door(`grafana.${name}.example.com`), inboundCidrs: ["203.0.113.0/24"] },
        },
        routes: [
          route("app", "services", [`app.${name}.example.com`]),
          route("shop", "services", [`shop.${name}.example.com`]),
          route("grafana", "addons", [`grafana.${name}.example.com`]),
        ],
      }),
    ),
  );

const lock: LockFile = {
  formatVersion: 1,
  generatedBy: "meshfront lookup",
  cluster: "any",
  account: "111122223333",
  region: "eu-west-1",
  answers: {
    vpc: { id: "vpc-0d4e5f60718293a44", chosenBy: "tag aws:eks:cluster-name on a security group" },
    "certificate:*.example.com": {
      arn: "arn:aws:acm:eu-west-1:111122223333:certificate/0f8c2b5e-6a1d-4c57-9e3b-2d7a41c6e890",
      names: ["*.example.com", "example.com"],
      keyAlgorithm: "RSA_2048",
      notAfter: "2027-09-30",
      chosenBy: "only match",
    },
    "subnets:public": {
      subnets: ["a", "b", "c"].map((zone, index) => ({
        id: `subnet-0a1b2c3d4e5f6071${index}`,
        zone: `eu-west-1${zone}`,
        cidr: `10.0.${index}.0/24`,
      })),
      chosenBy: "one public subnet in each zone",
    },
  },
};

/** The page of a fleet, as text. */
export function fleetPage(size: number): string {
  const programs = readPagePrograms(nodeReadFileSystem);
  const clusters = graphsIn(makeProject(fleetTree(size))).map((graph) => ({
    graph,
    picture: undefined,
    lock,
    problems: [
      {
        code: "istio/chart-version",
        severity: "warning" as const,
        message: "a message of the usual length, with what was expected and what was found in this file",
        file: graph.file,
        line: 3,
        column: 5,
        suggestion: "Do this, or that.",
      },
    ],
  }));
  return reportPage({
    made: "2026-12-01",
    version: "0.0.0",
    clusters,
    problems: [],
    change: undefined,
    explanations: {},
    programs: { ...programs, style: programs.style + pictureStyle },
  });
}
