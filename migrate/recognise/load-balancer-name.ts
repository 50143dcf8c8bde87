// What the AWS Load Balancer Controller calls a load balancer for which nobody chose a name.
// Source: aws-load-balancer-controller pkg/ingress/model_build_load_balancer.go (buildLoadBalancerName); recomputed equal
// to what the real model builder printed of twelve public set-ups.
import { sha256 } from "../../core/sha256.ts";

export interface LoadBalancerIdentity {
  /** As the controller's flag --cluster-name has it. */
  readonly clusterName: string;
  readonly namespace: string;
  readonly name: string;
  readonly scheme: string;
}

export function computedLoadBalancerName({
  clusterName,
  namespace,
  name,
  scheme,
}: LoadBalancerIdentity): string {
  const hash = sha256(`${clusterName}${namespace}/${name}${scheme}`);
  return `k8s-${letters(namespace, 8)}-${letters(name, 8)}-${hash.slice(0, 10)}`;
}

const letters = (text: string, length: number): string => text.replace(/[^A-Za-z0-9]/g, "").slice(0, length);

export interface LoadBalancerAddress {
  readonly name: string;
  readonly region: string;
}

/** `internal-NAME-123456789.REGION.elb.amazonaws.com`, as AWS makes it and the Ingress' status says it. */
export function tryReadAddress(hostname: string): LoadBalancerAddress | undefined {
  const [, name, region] =
    /^(?:internal-)?(.+)-\d+\.([a-z0-9-]+)\.elb\.amazonaws\.com(?:\.cn)?$/.exec(hostname) ?? [];
  return name === undefined || region === undefined ? undefined : { name, region };
}
