import * as z from "zod/mini";
import { about, listOf, type OwnKeys, resultOf, text } from "./result.ts";

const cluster = z.strictObject({
  name: text("Name of the cluster."),
  stage: z.nullable(z.string()).check(about("`cluster.stage`; null where the file does not say.")),
  region: text("AWS region."),
  account: z.nullable(z.string()).check(about("AWS account, 12 digits; null where the file does not say.")),
  istio: text("Version of Istio's charts."),
  loadBalancers: listOf(z.string(), "Names of its load balancers."),
  certificatesUntil: z
    .nullable(z.string())
    .check(
      about("Day on which the first certificate in the lock file ends (YYYY-MM-DD); null where it has none."),
    ),
  labels: z.record(z.string(), z.string()).check(about("`cluster.labels`.")),
});

export const listResult = resultOf("list", {
  clusters: listOf(cluster, "The selected clusters whose files can be understood, by name."),
});

export type ListKeys = OwnKeys<typeof listResult>;
