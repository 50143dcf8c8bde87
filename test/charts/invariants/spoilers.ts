// How each invariant is broken, one spoilt output at a time: an invariant that nothing breaks proves nothing.
import { type Output, parse } from "../output.ts";

export interface Spoiler {
  /** Part of a sentence: what is done to the output. */
  readonly change: string;
  readonly spoil: (output: Output) => Output;
}

/** Replaces text in the files whose path matches. */
function replaced(path: RegExp, from: string | RegExp, to: string): Spoiler {
  const spoil = (output: Output): Output => {
    const files = output.files.map((file) => {
      const text = path.test(file.path) ? file.text.replace(from, to) : file.text;
      return text === file.text ? file : { ...file, text, objects: parse(text) };
    });
    if (files.every((file, index) => file === output.files[index])) {
      throw new Error(`no file that matches ${path} holds ${from}`);
    }
    return { ...output, files };
  };
  return { change: `${from} is ${JSON.stringify(to)} in ${path.source}`, spoil };
}

/** Gives a file another path. */
const moved = (from: string, to: string): Spoiler => ({
  change: `${from} is at ${to}`,
  spoil: (output) => ({
    ...output,
    files: output.files.map((file) => (file.path === from ? { ...file, path: to } : file)),
  }),
});

/** By name of the invariant; all of them spoil the output for the usual cluster with one route, `web`. */
export const spoilers: Readonly<Record<string, readonly Spoiler[]>> = {
  "every file has a plain path below dist/<cluster>/ or argocd/": [
    moved("dist/demo/gateway/gateway.yaml", "dist/demo/gateway/../gateway.yaml"),
    moved("dist/demo/gateway/gateway.yaml", "dist/other/gateway/gateway.yaml"),
  ],
  "no two files have the same path": [moved("dist/demo/gateway/gateway.yaml", "argocd/demo.yaml")],
  "every file begins with the header and ends with one line break": [
    replaced(/gateway\.yaml/, /^#.*\n/, ""),
    replaced(/gateway\.yaml/, /\n$/, "\n\n"),
  ],
  "no file has a carriage return or a tab at the start of a line": [replaced(/gateway\.yaml/, "\n", "\r\n")],
  "every file holds objects with a version, a kind and a name": [
    replaced(/gateway\/gateway/, /\n[\s\S]*/, "\n{}\n"),
  ],
  "every object has a namespace": [replaced(/ingress\.yaml/, "  namespace: istio-ingress\n", "")],
  "no two objects are the same one for Kubernetes": [
    replaced(/recheck\.yaml/, /healthcheck-recheck/g, "ingress-services-healthcheck"),
  ],
  "every label and annotation is a text that is not empty": [
    replaced(/ingress\.yaml/, '"443"', '""'),
    replaced(/ingress\.yaml/, '"443"', "443"),
    replaced(/hook\.yaml/, 'inject: "false"', "inject: false"),
  ],
  "the waves follow the dependencies strictly": [
    replaced(/istiod\.yaml/, '"1"', '"0"'),
    replaced(/project\.yaml/, '"-1"', '"0"'),
    replaced(/recheck\.yaml/, 'wave: "4"', 'wave: "3"'),
  ],
  "specs of Applications and AppProjects have no null, empty map or empty list": [
    replaced(/istiod\.yaml/, "destination:", "info: []\n  destination:"),
    replaced(/argocd\/demo/, "destination:", "ignore: {}\n  destination:"),
  ],
  "every sync option is one that Argo CD knows": [
    replaced(/istiod\.yaml/, "CreateNamespace=true", "CreateNamespaces=true"),
  ],
  "differences are respected on sync if and only if some are ignored": [
    replaced(/ingress-services\.yaml/, "      - Respect", "      - Disrespect"),
    replaced(/istiod\.yaml/, "- CreateNamespace", "- RespectIgnoreDifferences=true\n      - CreateNamespace"),
  ],
  "every ignored annotation stands on the object that is named": [
    replaced(/ingress-services\.yaml/, "io~1health", "io/health"),
    replaced(/ingress\.yaml/, "healthcheck-port:", "healthcheck-ports:"),
    replaced(/ingress-services\.yaml/, "name: ingress-services\n", "name: other\n"),
  ],
  "every Application with a folder finds objects in it": [
    replaced(/applications\/gateway/, "dist/demo/gateway", "dist/demo/gate"),
  ],
  "every folder is read by exactly one Application": [
    replaced(/applications\/gateway/, "dist/demo/gateway", "dist/demo/recheck"),
  ],
  "every Helm source names its release and an exact version": [
    replaced(/istiod\.yaml/, "releaseName: istiod", 'releaseName: ""'),
    replaced(/istiod\.yaml/, /targetRevision: .*/, 'targetRevision: "*"'),
  ],
  "a root retries for ever, a child a few times, and both take new commits": [
    replaced(/istiod\.yaml/, "limit: 5", "limit: -1"),
    replaced(/argocd\/demo/, "refresh: true", "refresh: false"),
  ],
  "deleting the root deletes everything, in the order of the waves": [
    replaced(/istiod\.yaml/, / {2}finalizers:\n.*\n/, ""),
  ],
  "every Application is allowed its source, its destination and its kinds by its AppProject": [
    replaced(/project\.yaml/, / {4}- group: batch\n {6}kind: Job\n/, ""),
    replaced(/project\.yaml/, / {4}- group: ""\n {6}kind: Namespace\n/, ""),
    replaced(/project\.yaml/, "namespace: istio-ingress", "namespace: other"),
    replaced(/project\.yaml/, "https://github.com", "https://gitlab.com"),
    replaced(/argocd\/demo/, "      kind: Application\n", "      kind: ApplicationSet\n"),
  ],
  "an AppProject allows nothing that none of its Applications needs": [
    replaced(/project\.yaml/, "kind: Job", 'kind: Job\n    - group: ""\n      kind: Secret'),
    replaced(/project\.yaml/, "sourceRepos:", "sourceRepos:\n    - https://example.com"),
  ],
  "every rule of an Ingress leads to a port of the gateway's Service, in its namespace": [
    replaced(/ingress\.yaml/, "number: 80", "number: 8080"),
    replaced(/applications\/istio-ingress/, "releaseName: istio-ingress", "releaseName: other"),
  ],
  "every health-check port is the name of the Service's status port, or its fixed NodePort": [
    replaced(/ingress\.yaml/, "status-port", "http-status"),
    replaced(/ingress\.yaml/, "status-port", '"31404"'),
  ],
  "every Ingress is answered by the ALB controller, on NodePorts, from plain HTTP": [
    replaced(/ingress\.yaml/, "target-type: instance", "target-type: ip"),
  ],
  "no Ingress joins a group": [
    replaced(/ingress\.yaml/, "annotations:", "annotations:\n    alb.ingress.kubernetes.io/group.name: all"),
  ],
  "the Gateway selects the pods of the gateway chart": [
    replaced(/gateway\/gateway/, "istio: ingress", "istio: ingressgateway"),
  ],
  "the Gateway listens on the port and for the hosts that the Ingresses send": [
    replaced(/gateway\/gateway/, "app.example.com", "other.example.com"),
  ],
  "every VirtualService names the Gateway beside it, and hosts of an Ingress": [
    replaced(/virtualservice-web/, "istio-gateway", "istio-system/istio-gateway"),
    replaced(/virtualservice-web/, "app.example.com", "other.example.com"),
  ],
  "every door in mode discovered has a hook, and no other door": [
    replaced(/hook\.yaml/, "kind: Job", "kind: Pod"),
  ],
  "one recheck serves the doors in mode discovered, unless it is off": [
    replaced(/recheck\.yaml/, "kind: CronJob", "kind: Pod"),
  ],
  "a hook is a PostSync hook with a name of its own that goes before the next one and after success": [
    replaced(/hook\.yaml/, "hook: PostSync", "hook: Postsync"),
  ],
  "a program in a ConfigMap has the bytes of hook/healthcheck-port.mjs": [
    replaced(/hook\.yaml/, "    // Points", "    // points"),
  ],
  "every program runs as the account that the RoleBinding beside it names, without a sidecar": [
    replaced(/hook\.yaml/, /serviceAccountName: .*/, "serviceAccountName: default"),
    replaced(/recheck\.yaml/, 'inject: "false"', 'inject: "true"'),
  ],
  "every program may get its Service, get and patch its Ingresses, and nothing else": [
    replaced(/hook\.yaml/, "      - patch\n", "      - patch\n      - delete\n"),
    replaced(/hook\.yaml/, / {4}resourceNames:\n {6}- ingress-services\n/, ""),
  ],
  "every program is pointed at Ingresses of the output and at the Service they send to": [
    replaced(/hook\.yaml/, "--service=istio-ingress", "--service=other"),
  ],
  "every Job ends by itself, after its program had the time it was given": [
    replaced(/hook\.yaml/, /activeDeadlineSeconds: .*/, "activeDeadlineSeconds: 120"),
  ],
};
