// Objects for the examples of rules on objects: excerpts, and what the minimal cluster of README.md gets with short ways to
// spoil it.

/** An example that no longer holds what is to be changed would show a rule that does not fail. */
const changed = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`the example does not hold ${from}`);
  return text.replace(from, to);
};

export const gatewayExample = `# dist/demo/gateway/gateway.yaml
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: istio-gateway, namespace: istio-ingress }
spec:
  selector: { app: istio-ingress, istio: ingress }
  servers:
    - port: { number: 80, name: http, protocol: HTTP }
      hosts: [app.example.com]`;

export const gatewayWith = (from: string, to: string): string => changed(gatewayExample, from, to);

export const routeExample = `${gatewayExample}
# dist/demo/gateway/virtualservice-web.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web, namespace: istio-ingress }
spec:
  gateways: [istio-gateway]
  hosts: [app.example.com]
  http:
    - route:
        - destination: { host: web.web.svc.cluster.local, port: { number: 80 } }`;

export const routeWith = (from: string, to: string): string => changed(routeExample, from, to);

const certificateArn =
  "arn:aws:acm:ap-northeast-2:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000001";

export const ingressExample = `# dist/demo/ingress-services/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ingress-services
  namespace: istio-ingress
  annotations:
    alb.ingress.kubernetes.io/backend-protocol: HTTP
    alb.ingress.kubernetes.io/certificate-arn: ${certificateArn}
    alb.ingress.kubernetes.io/healthcheck-interval-seconds: "15"
    alb.ingress.kubernetes.io/healthcheck-path: /healthz/ready
    alb.ingress.kubernetes.io/healthcheck-port: status-port
    alb.ingress.kubernetes.io/healthcheck-protocol: HTTP
    alb.ingress.kubernetes.io/healthcheck-timeout-seconds: "5"
    alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80},{"HTTPS":443}]'
    alb.ingress.kubernetes.io/load-balancer-name: demo-svc-ingress
    alb.ingress.kubernetes.io/scheme: internet-facing
    alb.ingress.kubernetes.io/ssl-policy: ELBSecurityPolicy-TLS13-1-2-2021-06
    alb.ingress.kubernetes.io/ssl-redirect: "443"
    alb.ingress.kubernetes.io/subnets: subnet-0aaaaaaaaaaaaaaa1,subnet-0aaaaaaaaaaaaaaa2
    alb.ingress.kubernetes.io/target-type: instance
spec:
  ingressClassName: alb
  rules:
    - host: app.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: istio-ingress, port: { number: 80 } } }`;

export const ingressWith = (from: string, to: string): string => changed(ingressExample, from, to);

/**
 * Text of an example file with one object. Only the fields that the explained rule looks at are in it: that rule alone
 * is asked about it.
 */
export const objectFile = (
  path: string,
  apiVersion: string,
  kind: string,
  ...fields: readonly string[]
): string => [`# ${path}`, `apiVersion: ${apiVersion}`, `kind: ${kind}`, ...fields].join("\n");

/** A child Application of the cluster demo. */
export const childFile = (child: string, ...fields: readonly string[]): string =>
  objectFile(
    `dist/demo/applications/${child}.yaml`,
    "argoproj.io/v1alpha1",
    "Application",
    ...withName(`demo-${child}`, fields),
  );

/** The root Application of the cluster demo. */
export const rootFile = (...fields: readonly string[]): string =>
  objectFile("argocd/demo.yaml", "argoproj.io/v1alpha1", "Application", ...withName("demo-root", fields));

/** The AppProject of the children of demo. */
export const projectFile = (...fields: readonly string[]): string =>
  objectFile(
    "dist/demo/applications/project.yaml",
    "argoproj.io/v1alpha1",
    "AppProject",
    ...withName("demo", fields),
  );

const withName = (name: string, fields: readonly string[]): readonly string[] =>
  fields.some((field) => field.startsWith("metadata:")) ? fields : [`metadata: { name: ${name} }`, ...fields];

/** Several files of one example. */
export const files = (...texts: readonly string[]): string => texts.join("\n");
