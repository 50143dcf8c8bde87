import { App, Chart } from "cdk8s";
import { IntOrString, KubeIngress, KubeJob, Quantity } from "cdk8s-plus-29/lib/imports/k8s";
import { Application, AppProject } from "../../imports/argoproj.io.ts";
import { Gateway, VirtualService } from "../../imports/networking.istio.io.ts";

/** An empty chart: the scope of one example object. */
export function chart(): Chart {
  return new Chart(new App(), "test");
}

export function application(): Application {
  return new Application(chart(), "istiod", {
    metadata: {
      name: "demo-istiod",
      namespace: "argocd",
      annotations: { "argocd.argoproj.io/sync-wave": "1" },
      finalizers: ["resources-finalizer.argocd.argoproj.io"],
    },
    spec: {
      project: "demo",
      destination: { server: "https://kubernetes.default.svc", namespace: "istio-system" },
      source: {
        repoUrl: "https://blob.istio.io/istio-release/charts",
        chart: "istiod",
        targetRevision: "1.31.1",
        helm: { releaseName: "istiod", valuesObject: { pilot: { autoscaleMin: 2 } } },
      },
      ignoreDifferences: [
        {
          group: "admissionregistration.k8s.io",
          kind: "ValidatingWebhookConfiguration",
          name: "istio-validator-istio-system",
          jsonPointers: ["/webhooks/0/failurePolicy"],
          jqPathExpressions: [".webhooks[]?.clientConfig.caBundle"],
          managedFieldsManagers: ["pilot-discovery"],
        },
      ],
      syncPolicy: {
        automated: { prune: true, selfHeal: true, enabled: true },
        retry: { limit: 5, refresh: true, backoff: { duration: "10s", factor: 2, maxDuration: "1m" } },
        syncOptions: ["CreateNamespace=true", "RespectIgnoreDifferences=true"],
        managedNamespaceMetadata: { labels: { "istio-injection": "disabled" } },
      },
      revisionHistoryLimit: 3,
    },
  });
}

export function appProject(): AppProject {
  return new AppProject(chart(), "project", {
    metadata: { name: "demo", namespace: "argocd" },
    spec: {
      description: "Istio ingress of demo",
      sourceRepos: ["https://github.com/example/platform.git"],
      sourceNamespaces: ["argocd"],
      destinations: [{ server: "https://kubernetes.default.svc", namespace: "istio-system" }],
      clusterResourceWhitelist: [{ group: "", kind: "Namespace", name: "istio-*" }],
      namespaceResourceWhitelist: [{ group: "apps", kind: "Deployment" }],
      orphanedResources: { warn: true },
    },
  });
}

export function gateway(): Gateway {
  return new Gateway(chart(), "gateway", {
    metadata: { name: "istio-gateway", namespace: "istio-ingress" },
    spec: {
      selector: { istio: "ingress" },
      servers: [
        {
          hosts: ["app.example.com"],
          port: { name: "http", number: 80, protocol: "HTTP", targetPort: 8080 },
          tls: { httpsRedirect: false },
        },
      ],
    },
  });
}

export function virtualService(): VirtualService {
  return new VirtualService(chart(), "kiali", {
    metadata: { name: "kiali", namespace: "istio-ingress" },
    spec: {
      hosts: ["kiali.example.com"],
      gateways: ["istio-gateway"],
      http: [
        {
          match: [{ uri: { prefix: "/kiali" } }],
          route: [{ destination: { host: "kiali.istio-system.svc.cluster.local", port: { number: 20001 } } }],
          timeout: "30s",
        },
      ],
    },
  });
}

export function ingress(): KubeIngress {
  return new KubeIngress(chart(), "ingress", {
    metadata: { name: "ingress-services", annotations: { "alb.ingress.kubernetes.io/scheme": "internal" } },
    spec: {
      ingressClassName: "alb",
      defaultBackend: { service: { name: "istio-ingress", port: { name: "http2" } } },
      rules: [
        {
          host: "app.example.com",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "istio-ingress", port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  });
}

export function job(): KubeJob {
  return new KubeJob(chart(), "job", {
    metadata: { name: "healthcheck" },
    spec: {
      backoffLimit: 2,
      template: {
        metadata: { labels: { "sidecar.istio.io/inject": "false" } },
        spec: {
          restartPolicy: "Never",
          hostAliases: [{ ip: "127.0.0.1", hostnames: ["localhost"] }],
          containers: [
            {
              name: "hook",
              image: "node:24",
              env: [{ name: "POD_IP", valueFrom: { fieldRef: { fieldPath: "status.podIP" } } }],
              ports: [{ containerPort: 8080, hostIp: "127.0.0.1" }],
              resources: {
                limits: { memory: Quantity.fromString("64Mi"), cpu: Quantity.fromNumber(1) },
              },
              livenessProbe: { httpGet: { path: "/", port: IntOrString.fromNumber(8080) } },
              securityContext: { runAsNonRoot: true, capabilities: { drop: ["ALL"] } },
            },
          ],
        },
      },
    },
  });
}
