// Thirteen objects of the kinds that one cluster has, as plain data: for speed and for an end-to-end comparison.
import type { JsonObject, JsonValue } from "../../manifests/yaml.ts";

const labels = { "app.kubernetes.io/managed-by": "meshfront", "app.kubernetes.io/part-of": "ingress" };

function application(name: string, wave: number, chart: string, values: JsonObject): JsonObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      annotations: { "argocd.argoproj.io/sync-wave": String(wave) },
      finalizers: ["resources-finalizer.argocd.argoproj.io"],
      labels,
      name: `demo-${name}`,
      namespace: "argocd",
    },
    spec: {
      destination: { name: "demo", namespace: "istio-system" },
      project: "demo",
      revisionHistoryLimit: 3,
      source: {
        chart,
        helm: { releaseName: name, valuesObject: values },
        repoURL: "https://charts.example.com/istio",
        targetRevision: "1.29.2",
      },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        retry: { backoff: { duration: "10s", factor: 2, maxDuration: "3m" }, limit: 5 },
        syncOptions: ["CreateNamespace=false", "ServerSideApply=true", "RespectIgnoreDifferences=true"],
      },
    },
  };
}

function ingress(name: string, scheme: string): JsonObject {
  const listenPorts = '[{"HTTP": 80}, {"HTTPS": 443}]';
  const rule = (host: string): JsonValue => ({
    host,
    http: {
      paths: [
        {
          backend: { service: { name: "istio-ingress", port: { number: 80 } } },
          path: "/",
          pathType: "Prefix",
        },
      ],
    },
  });
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      annotations: {
        "alb.ingress.kubernetes.io/certificate-arn":
          "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001",
        "alb.ingress.kubernetes.io/healthcheck-path": "/healthz/ready",
        "alb.ingress.kubernetes.io/healthcheck-port": "15021",
        "alb.ingress.kubernetes.io/listen-ports": listenPorts,
        "alb.ingress.kubernetes.io/load-balancer-attributes":
          "routing.http2.enabled=true,idle_timeout.timeout_seconds=60",
        "alb.ingress.kubernetes.io/scheme": scheme,
        "alb.ingress.kubernetes.io/ssl-redirect": "443",
        "alb.ingress.kubernetes.io/subnets": "subnet-0a1,subnet-0b2,subnet-0c3",
        "alb.ingress.kubernetes.io/target-type": "ip",
      },
      labels,
      name: `istio-${name}`,
      namespace: "istio-ingress",
    },
    spec: {
      ingressClassName: "alb",
      rules: [rule(`shop.${name}.example.com`), rule(`api.${name}.example.com`)],
    },
  };
}

const program = Array.from(
  { length: 60 },
  (_, line) => `  if (status[${line}] === undefined) {\n    throw new Error("no address: ${line}");\n  }\n`,
);

const job: JsonObject = {
  apiVersion: "batch/v1",
  kind: "Job",
  metadata: {
    annotations: {
      "argocd.argoproj.io/hook": "PostSync",
      "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
    },
    labels,
    name: "alb-verify",
    namespace: "istio-ingress",
  },
  spec: {
    activeDeadlineSeconds: 900,
    backoffLimit: 2,
    template: {
      metadata: { annotations: { "sidecar.istio.io/inject": "false" } },
      spec: {
        containers: [
          {
            command: ["node", "/program/hook.mjs"],
            env: [
              { name: "TIMEOUT_SECONDS", value: "840" },
              { name: "INGRESSES", value: "istio-public,istio-internal" },
            ],
            image: "node:20.20.2-alpine",
            name: "verify",
            resources: {
              limits: { cpu: "100m", memory: "128Mi" },
              requests: { cpu: "10m", memory: "64Mi" },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ["ALL"] },
              readOnlyRootFilesystem: true,
            },
            volumeMounts: [{ mountPath: "/program", name: "program", readOnly: true }],
          },
        ],
        restartPolicy: "Never",
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: "RuntimeDefault" } },
        serviceAccountName: "alb-verify",
        volumes: [{ configMap: { name: "alb-verify" }, name: "program" }],
      },
    },
  },
};

const named = (apiVersion: string, kind: string, name: string, rest: JsonObject): JsonObject => ({
  apiVersion,
  kind,
  metadata: { labels, name, namespace: "istio-ingress" },
  ...rest,
});

export const ordinaryObjects: readonly JsonObject[] = [
  application("istio-base", 0, "base", { defaultRevision: "default" }),
  application("istiod", 1, "istiod", {
    autoscaleMin: 2,
    meshConfig: { accessLogFile: "/dev/stdout", enableTracing: false },
  }),
  application("istio-ingress", 2, "gateway", { service: { type: "ClusterIP" }, replicaCount: 2 }),
  application("gateway", 3, "gateway-objects", {}),
  ingress("public", "internet-facing"),
  ingress("internal", "internal"),
  named("networking.istio.io/v1", "Gateway", "public", {
    spec: {
      selector: { istio: "ingress" },
      servers: [
        { hosts: ["*.public.example.com"], port: { name: "http", number: 80, protocol: "HTTP" } },
        { hosts: ["*.internal.example.com"], port: { name: "http-internal", number: 80, protocol: "HTTP" } },
      ],
    },
  }),
  named("networking.istio.io/v1", "VirtualService", "shop", {
    spec: {
      gateways: ["public"],
      hosts: ["shop.public.example.com"],
      http: [{ route: [{ destination: { host: "shop.shop.svc.cluster.local", port: { number: 8080 } } }] }],
    },
  }),
  named("v1", "ServiceAccount", "alb-verify", { automountServiceAccountToken: true }),
  named("rbac.authorization.k8s.io/v1", "Role", "alb-verify", {
    rules: [
      { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: ["get"] },
      {
        apiGroups: [""],
        resourceNames: ["alb-state"],
        resources: ["configmaps"],
        verbs: ["get", "patch", "create"],
      },
    ],
  }),
  named("rbac.authorization.k8s.io/v1", "RoleBinding", "alb-verify", {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "alb-verify" },
    subjects: [{ kind: "ServiceAccount", name: "alb-verify", namespace: "istio-ingress" }],
  }),
  named("v1", "ConfigMap", "alb-verify", {
    data: { "hook.mjs": `import { request } from "node:https";\n\n${program.join("")}` },
  }),
  job,
];
