// The program of this project: meshfront's verbs, with two charts beside its own.
import { run } from "meshfront";
import { AccessLogs } from "./charts/access-logs.mjs";
import { OfficeOnly } from "./charts/office-only.mjs";

/** Of the offices; a list that other tools of this repository use too. */
const offices = ["203.0.113.0/24", "2001:db8:1::/48"];

process.exitCode = await run(process.argv.slice(2), {
  // Applied with the Gateway, before any front door.
  gatewayCharts(app, cluster) {
    for (const gateway of cluster.gateways)
      new OfficeOnly(app, `office-only-${gateway.key}`, { gateway, offices });
  },
  // Applied with the front doors.
  charts(app, cluster) {
    const [{ namespace }] = cluster.gateways;
    new AccessLogs(app, "access-logs", { namespace });
  },
});
