// The objects of the output as the tests read them: parsed YAML, with the shapes of the kinds that are looked into.
import type { JsonObject, JsonValue } from "../../core/json.ts";

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
}

interface Destination {
  readonly server?: string;
  readonly name?: string;
  readonly namespace: string;
}

export interface IgnoredDifference {
  readonly group: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
}

export interface Application extends KubernetesObject {
  readonly kind: "Application";
  readonly spec: {
    readonly project: string;
    readonly destination: Destination;
    readonly source: {
      readonly repoURL: string;
      readonly targetRevision: string;
      readonly path?: string;
      readonly chart?: string;
      readonly helm?: { readonly releaseName: string; readonly valuesObject: JsonObject };
    };
    readonly ignoreDifferences?: readonly IgnoredDifference[];
    readonly syncPolicy: {
      readonly syncOptions?: readonly string[];
      readonly retry: { readonly limit: number; readonly refresh: boolean };
    };
  };
}

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

export interface AppProject extends KubernetesObject {
  readonly kind: "AppProject";
  readonly spec: {
    readonly sourceRepos: readonly string[];
    readonly destinations: readonly Destination[];
    readonly clusterResourceWhitelist?: readonly GroupKind[];
    readonly namespaceResourceWhitelist: readonly GroupKind[];
  };
}

export interface Ingress extends KubernetesObject {
  readonly kind: "Ingress";
  readonly metadata: KubernetesObject["metadata"] & {
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly ingressClassName: string;
    readonly rules: readonly {
      readonly host: string;
      readonly http: {
        readonly paths: readonly {
          readonly backend: {
            readonly service: { readonly name: string; readonly port: { readonly number: number } };
          };
        }[];
      };
    }[];
  };
}

export interface Gateway extends KubernetesObject {
  readonly kind: "Gateway";
  readonly spec: {
    readonly selector: Readonly<Record<string, string>>;
    readonly servers: readonly {
      readonly port: { readonly number: number; readonly protocol: string };
      readonly hosts: readonly string[];
    }[];
  };
}

export interface VirtualService extends KubernetesObject {
  readonly kind: "VirtualService";
  readonly spec: { readonly gateways: readonly string[]; readonly hosts: readonly string[] };
}

export interface ConfigMap extends KubernetesObject {
  readonly kind: "ConfigMap";
  readonly data: Readonly<Record<string, string>>;
}

export interface Role extends KubernetesObject {
  readonly kind: "Role";
  readonly rules: JsonValue;
}

export interface RoleBinding extends KubernetesObject {
  readonly kind: "RoleBinding";
  readonly roleRef: JsonValue;
  readonly subjects: JsonValue;
}

export interface JobSpec {
  readonly activeDeadlineSeconds: number;
  readonly backoffLimit: number;
  readonly template: {
    readonly metadata: { readonly labels: Readonly<Record<string, string>> };
    readonly spec: {
      readonly serviceAccountName: string;
      readonly containers: readonly [{ readonly args: readonly string[]; readonly image: string }];
      readonly volumes: readonly { readonly configMap: { readonly name: string } }[];
    };
  };
}

export interface Job extends KubernetesObject {
  readonly kind: "Job";
  readonly spec: JobSpec;
}

export interface CronJob extends KubernetesObject {
  readonly kind: "CronJob";
  readonly spec: { readonly jobTemplate: { readonly spec: JobSpec } };
}

type Known =
  | Application
  | AppProject
  | Ingress
  | Gateway
  | VirtualService
  | ConfigMap
  | Role
  | RoleBinding
  | Job
  | CronJob;

/** The objects of one kind, as the type of that name. */
export function ofKind<K extends Known["kind"]>(
  objects: readonly KubernetesObject[],
  kind: K,
): readonly Extract<Known, { readonly kind: K }>[] {
  const isWanted = (object: KubernetesObject): object is Extract<Known, { readonly kind: K }> =>
    object.kind === kind;
  return objects.filter(isWanted);
}

/** API group and kind, as AppProjects name them. */
export const groupKindOf = ({ apiVersion, kind }: KubernetesObject): GroupKind => ({
  group: apiVersion.includes("/") ? apiVersion.replace(/\/.*$/, "") : "",
  kind,
});
