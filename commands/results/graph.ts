// The keys of `meshfront graph --json` beside those of every document. Loaded by tests and generators only.
import * as z from "zod/mini";
import { about, listOf, type OwnKeys, resultOf, text, whole } from "./result.ts";

const orNull = <T extends z.core.SomeType>(type: T, description: string) =>
  z.nullable(type).check(about(description));

const texts = (description: string) => listOf(z.string(), description);

const hook = z.strictObject({
  kind: z.enum(["Job", "CronJob"]),
  name: text("`<namespace>/<name>`."),
  when: text("`PostSync`, or a schedule of cron."),
  timeoutSeconds: whole("Its time limit."),
  ingresses: texts("Names of the Ingresses whose health-check port it sets."),
});

const wave = z.strictObject({
  wave: z.int().check(about("Number of the sync wave.")),
  project: orNull(z.string(), "The AppProject of the wave that comes before all Applications."),
  applications: listOf(
    z.strictObject({
      name: text("Name of the Application."),
      what: text("What it is, in a few words."),
      chart: orNull(z.string(), "Chart and version; null where it applies a folder."),
      namespace: text("Where it deploys."),
      hook: orNull(hook, "The program that it runs in the cluster."),
    }),
    "Applications of the wave.",
  ),
});

const server = z.strictObject({
  gateway: text("The Gateway object: `<namespace>/<name>`."),
  port: whole("Its port."),
  protocol: text("HTTP, HTTPS and so on."),
  hosts: texts("What it takes."),
});

const route = z.strictObject({
  virtualService: text("`<namespace>/<name>`."),
  hosts: texts("Hosts of the VirtualService."),
  path: text("A prefix; after `= ` the whole path, after `~ ` a regular expression."),
  service: text("`<namespace>/<name>`, or the host as the VirtualService has it."),
  port: orNull(whole("Port of the Service."), "Null where none is named."),
  isConsole: z.boolean().check(about("Whether it is a console of Istio's samples.")),
});

const host = z.strictObject({
  host: text("As the door has it."),
  routes: listOf(route, "Routes that take requests for it, in the order of each VirtualService."),
  marks: listOf(
    z.strictObject({
      kind: z.enum(["no-route", "no-server", "console-without-log-in"]),
      message: text("For people."),
    }),
    "What a person should notice.",
  ),
});

const listener = z.strictObject({
  port: whole("Its port."),
  protocol: z.enum(["HTTP", "HTTPS"]),
  redirectsTo: orNull(whole("The port."), "Port that it redirects to."),
});

const certificate = z.strictObject({
  arn: z.string(),
  names: orNull(z.array(z.string()), "Null where the cluster file names it by ARN."),
  expires: orNull(z.string(), "Day on which it ends (YYYY-MM-DD), as the lock file has it."),
});

const access = z
  .strictObject({
    from: texts("Ranges and prefix lists, or the security groups that decide."),
    isInternal: z.boolean().check(about("Whether the load balancer has no public address.")),
    logIn: orNull(z.string(), "cognito, oidc or JWT."),
    wantsClientCertificate: z.boolean(),
    isClosed: z
      .union([z.boolean(), z.literal("unknown")])
      .check(about("Whether anything keeps the world out; unknown where security groups decide.")),
  })
  .check(about("Who may connect."));

const door = z.strictObject({
  key: text("Its key below `ingresses`."),
  application: text("The Application that applies its Ingress."),
  ingress: text("`<namespace>/<name>`."),
  loadBalancer: text("Name of the load balancer."),
  scheme: z.enum(["internet-facing", "internal"]),
  listeners: listOf(listener, "Its listeners."),
  sslPolicy: orNull(z.string(), "Null without HTTPS."),
  certificates: listOf(certificate, "The first is the listener's default."),
  webAcl: orNull(
    z.string(),
    "An ARN; `none` where an attached one is detached; null where it stays as it is.",
  ),
  access,
  target: z.strictObject({
    type: z.enum(["instance", "ip"]),
    service: text("`<namespace>/<name>` of the gateway's Service."),
    port: whole("Port of the Service."),
    nodePort: orNull(whole("The NodePort."), "Where the values fix one."),
    protocol: z.enum(["HTTP", "HTTPS"]),
  }),
  healthCheck: z.strictObject({
    mode: z.enum(["discovered", "named", "pinned"]),
    path: text("What is asked for."),
    port: text("Name of the Service's port, or the NodePort that is pinned."),
    intervalSeconds: whole("Between two checks."),
    timeoutSeconds: whole("Until one has failed."),
  }),
  hosts: listOf(host, "Hosts of the door, in the order of the file."),
});

const cluster = z.strictObject({
  name: text("Name of the cluster."),
  file: text("Its cluster file."),
  region: text("AWS region."),
  account: orNull(z.string(), "AWS account, where the cluster file or the lock file tells it."),
  istio: text("Version of Istio's charts."),
  root: text("The Application that syncs all others."),
  gate: z.strictObject({
    configMap: text("`<namespace>/<name>` of the ConfigMap with the health checks."),
    healthChecks: texts("Kinds whose health Argo CD learns from it."),
  }),
  waves: listOf(wave, "In the order of a roll-out."),
  gateways: listOf(
    z.strictObject({
      key: text("Its key below `gateways`."),
      service: text("`<namespace>/<name>` of its Service."),
      pods: z.strictObject({
        selector: z.record(z.string(), z.string()).check(about("Labels of its pods.")),
        min: whole("Least number of them."),
        max: whole("Largest number of them."),
      }),
      servers: listOf(server, "Of all Gateway objects known here that select its pods."),
      doors: listOf(door, "Its load balancers."),
    }),
    "By key.",
  ),
});

export const graphResult = resultOf("graph", {
  clusters: listOf(cluster, "The selected clusters whose files can be understood."),
});

export type GraphKeys = OwnKeys<typeof graphResult>;
