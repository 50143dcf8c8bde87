import { ApiObject, Chart } from "cdk8s";

/** This gateway refuses whoever is in none of the offices. */
export class OfficeOnly extends Chart {
  constructor(scope, id, { gateway, offices }) {
    super(scope, id, { namespace: gateway.namespace, disableResourceNameHashes: true });
    new ApiObject(this, "policy", {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: id },
      spec: {
        // The label that the gateway chart makes of the release.
        selector: { matchLabels: { istio: gateway.release.replace(/^istio-/, "") } },
        action: "ALLOW",
        rules: [{ from: [{ source: { remoteIpBlocks: offices } }] }],
      },
    });
  }
}
