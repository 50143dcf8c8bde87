// Objects of Kubernetes' own kinds: cdk8s's ApiObject, with the types of cdk8s-plus-29 and none of its code. Its module of
// all kinds is 2 MB, and its classes add nothing but to drop, without a word, what they do not know; manifests/ refuses that.
import { ApiObject } from "cdk8s";
import type {
  KubeConfigMapProps,
  KubeCronJobProps,
  KubeIngressClassProps,
  KubeIngressProps,
  KubeJobProps,
  KubeRoleBindingProps,
  KubeRoleProps,
  KubeServiceAccountProps,
  Quantity,
} from "cdk8s-plus-29/lib/imports/k8s";
import type { Construct } from "constructs";

/** The kinds in use: a new one is a row here and one in `apiVersions`. */
interface Kinds {
  ConfigMap: KubeConfigMapProps;
  CronJob: KubeCronJobProps;
  Ingress: KubeIngressProps;
  IngressClass: KubeIngressClassProps;
  Job: KubeJobProps;
  Role: KubeRoleProps;
  RoleBinding: KubeRoleBindingProps;
  ServiceAccount: KubeServiceAccountProps;
}

const apiVersions: Readonly<Record<keyof Kinds, string>> = {
  ConfigMap: "v1",
  CronJob: "batch/v1",
  Ingress: "networking.k8s.io/v1",
  IngressClass: "networking.k8s.io/v1",
  Job: "batch/v1",
  Role: "rbac.authorization.k8s.io/v1",
  RoleBinding: "rbac.authorization.k8s.io/v1",
  ServiceAccount: "v1",
};

/** A type of cdk8s-plus-29 as it stands in YAML. Quantity and IntOrString are classes there, of the same shape. */
export type Json<T> = T extends Date
  ? string
  : T extends Quantity
    ? Quantity extends T
      ? string | number
      : Fields<T> // such as HttpHeader, which has a `value` too
    : Fields<T>;
type Fields<T> = { [Key in keyof T]: Json<T[Key]> };

export type Props<Kind extends keyof Kinds> = Json<Kinds[Kind]>;

export function kubernetesObject<Kind extends keyof Kinds>(
  scope: Construct,
  id: string,
  kind: Kind,
  props: Props<Kind>,
): void {
  new ApiObject(scope, id, { apiVersion: apiVersions[kind], kind, ...props });
}
