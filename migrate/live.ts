import type { JsonObject } from "../core/json.ts";

/**
 * What was found in the files that `migrate` was given, told in one language whatever the files were. Readers (migrate/read)
 * make it, everything after them reads nothing else. It holds nothing secret: readers leave secrets behind.
 */
export interface LiveState {
  readonly objects: readonly LiveObject[];
  readonly releases: readonly LiveRelease[];
  readonly awsFacts: readonly AwsFact[];
  /** What no reader knows, one entry each: listed in the report, never dropped in silence. */
  readonly unrecognised: readonly Unrecognised[];
  /** What the reader itself had to say of a file, such as a plan that failed or values that are only a guess. */
  readonly notes: readonly ReaderNote[];
  /** For the hand-over: one entry for each state or plan. */
  readonly terraform: readonly TerraformSource[];
  /**
   * Texts that this file calls sensitive, until the files are merged: another file may hold a copy (a release Secret has a secret value
   * in clear). A set, so that JSON.stringify shows none of them.
   */
  readonly secrets?: ReadonlySet<string>;
}

/** Where something stood: the file as the user named it, and inside it a Terraform address or the n-th document (from 1). */
export interface Origin {
  readonly file: string;
  readonly address?: string;
  readonly document?: number;
}

/** A Kubernetes object as the input has it. Of a Secret only apiVersion, kind, name, namespace and labels are kept. */
export interface LiveObject {
  readonly manifest: JsonObject;
  readonly origin: Origin;
  /** Paths of what was taken out because it is secret. */
  readonly withheld?: readonly string[];
  /** It has a uid: somebody read it from a cluster. */
  readonly isRead?: boolean;
  /** True where the input cannot show foreign annotations (Terraform's kubectl_manifest, kubernetes_ingress_v1): equal to what was applied, not proven equal to what lives. */
  readonly configuredOnly?: boolean;
}

/** A release of a chart, from Terraform's helm_release or from Helm's own release Secret. */
export interface LiveRelease {
  readonly name: string;
  readonly namespace: string;
  /** Chart name as in Chart.yaml: base, istiod, gateway, cni, ztunnel, … */
  readonly chart: string;
  /** Version of the chart that is live, without a leading v where the chart has none. */
  readonly version: string | undefined;
  readonly repository: string | undefined;
  /** What the user gave (not the chart's defaults), merged. Secrets are taken out. */
  readonly values: JsonObject;
  /** Why the values are a guess, if they are one: a sentence that ends with the command which would tell. */
  readonly guess?: string;
  /** A values file alone: neither version nor repository is known, and of a gateway not even the name until it is found. */
  readonly isValuesFile?: true;
  /** Paths of values that were taken out because they are secret (paths only, never the values). */
  readonly withheld: readonly string[];
  readonly origin: Origin;
}

/** A fact of AWS that a lock file can hold. */
export type AwsFact =
  | {
      readonly kind: "subnet";
      readonly id: string;
      readonly zone: string;
      readonly cidr: string;
      readonly vpcId: string;
      readonly tags: Readonly<Record<string, string>>;
      readonly origin: Origin;
    }
  | {
      readonly kind: "certificate";
      readonly arn: string;
      readonly domain?: string;
      readonly names: readonly string[];
      readonly keyAlgorithm: string;
      readonly notAfter?: string;
      readonly origin: Origin;
    }
  | { readonly kind: "webAcl"; readonly arn: string; readonly name?: string; readonly origin: Origin }
  | { readonly kind: "cluster"; readonly name: string; readonly arn?: string; readonly origin: Origin };

/** A resource or document of a kind that migrate does not know. */
export interface Unrecognised {
  readonly what: string;
  readonly reason: string;
  readonly origin: Origin;
}

/** What a reader has to say of a file. `code` is stable, the message is for people; an `error` refuses the migration. */
export interface ReaderNote {
  readonly code: string;
  readonly severity: "error" | "warning" | "note";
  readonly message: string;
  readonly advice: string;
  readonly origin: Origin;
}

/** A state or plan, as far as the hand-over needs it. */
export interface TerraformSource {
  readonly file: string;
  readonly program: "terraform" | "opentofu";
  readonly version: string | undefined;
  readonly resources: readonly TerraformResource[];
}

/** One instance of a managed resource. */
export interface TerraformResource {
  /** The whole address as the program prints it, keys included. */
  readonly address: string;
  readonly type: string;
  /** `helm_release.istiod` without module and key. */
  readonly resource: string;
  /** Module path without keys, outermost first: [] for the root, ["front", "mesh"] for module.front["demo"].module.mesh. */
  readonly modules: readonly string[];
  /** True where the resource or one of its modules has an instance key. */
  readonly keyed: boolean;
  /** Provider address with alias and module as the raw state has it; undefined where the input does not say. */
  readonly provider: string | undefined;
  /** Whether meshfront would manage what this resource made. */
  readonly kind: "release" | "object" | "other";
}
