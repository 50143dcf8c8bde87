// dist/<cluster>/class/: an IngressClass of EKS Auto Mode, which comes without one for Application Load Balancers.
// Facts: AWS, EKS user guide, "Create an IngressClass to configure an Application Load Balancer". Not run on AWS.
import { ApiObject } from "cdk8s";
import type { Construct } from "constructs";
import { kubernetesObject } from "./kubernetes-object.ts";

const apiGroup = "eks.amazonaws.com";

/** Parameters that say nothing: what they say would beat, silently, the annotations of the Ingresses. */
export function autoModeClass(scope: Construct, name: string): void {
  new ApiObject(scope, "params", {
    apiVersion: `${apiGroup}/v1`,
    kind: "IngressClassParams",
    metadata: { name },
    spec: {},
  });
  kubernetesObject(scope, "class", "IngressClass", {
    metadata: { name },
    spec: {
      controller: `${apiGroup}/alb`,
      parameters: { apiGroup, kind: "IngressClassParams", name },
    },
  });
}
