import { ApiObject, Chart } from "cdk8s";

/** Envoy's access log, of errors only. */
export class AccessLogs extends Chart {
  constructor(scope, id, props) {
    super(scope, id, { disableResourceNameHashes: true, ...props });
    new ApiObject(this, "telemetry", {
      apiVersion: "telemetry.istio.io/v1",
      kind: "Telemetry",
      metadata: { name: "access-logs" },
      spec: {
        accessLogging: [{ providers: [{ name: "envoy" }], filter: { expression: "response.code >= 500" } }],
      },
    });
  }
}
