// On which ports the load balancer listens today, and whether plain HTTP is sent to HTTPS.
// Source: aws-load-balancer-controller pkg/ingress/model_build_listener.go: without listen-ports HTTPS 443 where
// certificate-arn stands there, else HTTP 80; run on public set-ups.
import type { Findings } from "../finding.ts";
import { type Listener, tryReadListeners } from "./alb-values.ts";
import { type IngressView, isAction, redirectsToHttps, takesEveryPath } from "./ingress-view.ts";
import { titleOf } from "./objects.ts";

export type ListenersKind = "redirect" | "https" | "http";

export function listenersOf(view: IngressView, findings: Findings): ListenersKind {
  const about = titleOf(view.object);
  const listeners = readListeners(view, findings);
  sayOtherPorts(listeners, about, findings);
  const hasHttps = listeners.some(({ protocol }) => protocol === "HTTPS");
  const hasHttp = listeners.some(({ protocol }) => protocol === "HTTP");
  if (!hasHttps) return httpOnly(view, findings);
  if (!hasHttp) {
    sayRedirectWithoutListener(view, about, findings);
    return "https";
  }
  if (!redirects(view)) sayUnencrypted(view, about, findings);
  return "redirect";
}

/** As the controller reads them; undefined for text that it cannot read, for which it refuses the whole Ingress. */
export function tryFindListeners(view: IngressView): readonly Listener[] | undefined {
  const text = view.alb["listen-ports"];
  if (text === undefined) return [listenerByDefault(view)];
  const read = tryReadListeners(text);
  return read === undefined || read.length === 0 ? undefined : read;
}

export const listenerByDefault = (view: IngressView): Listener =>
  view.alb["certificate-arn"] === undefined
    ? { protocol: "HTTP", port: 80 }
    : { protocol: "HTTPS", port: 443 };

function readListeners(view: IngressView, findings: Findings): readonly Listener[] {
  const found = tryFindListeners(view);
  if (found !== undefined) return found;
  const byDefault = listenerByDefault(view);
  findings.fault(
    "listen-ports",
    titleOf(view.object),
    `listen-ports cannot be read as JSON: the controller refuses the whole Ingress. Taken as ${byDefault.protocol} ${byDefault.port}, what holds without it.`,
  );
  return [byDefault];
}

function sayOtherPorts(listeners: readonly Listener[], about: string, findings: Findings): void {
  const others = listeners.filter(({ protocol, port }) => port !== (protocol === "HTTPS" ? 443 : 80));
  if (others.length === 0) return;
  const ports = others.map(({ protocol, port }) => `${protocol} ${port}`).join(", ");
  findings.difference(
    "changes exposure",
    "other-ports",
    about,
    `The load balancer listens on ${ports} too; ours listens on 80 and 443 only. Whoever connects there has to move first.`,
  );
}

function httpOnly(view: IngressView, findings: Findings): "http" {
  const about = titleOf(view.object);
  if (wantsRedirect(view))
    findings.fault(
      "redirect-without-https",
      about,
      "A redirect to HTTPS is meant (ssl-redirect, or a redirect action), and the load balancer has no HTTPS listener: people are sent where nothing listens. Kept as it listens, HTTP alone; give a certificate for listeners: redirect.",
    );
  const isOpen = view.alb.scheme === "internet-facing";
  findings.step(
    "http-only",
    about,
    `The door speaks plain HTTP${isOpen ? " to the internet" : ""}. Ours keeps that and warns of it (alb/http-only); accept it with a reason, or give it a certificate.`,
  );
  return "http";
}

const wantsRedirect = (view: IngressView): boolean =>
  view.alb["ssl-redirect"] !== undefined ||
  view.paths.some((path) => isAction(path) && redirectsToHttps(view, path.service));

function sayRedirectWithoutListener(view: IngressView, about: string, findings: Findings): void {
  if (wantsRedirect(view))
    findings.fault(
      "redirect-without-http",
      about,
      "A redirect to HTTPS is meant (ssl-redirect, or a redirect action), and nothing listens on 80: whoever types the name without https:// gets no answer. Kept as it listens (listeners: https); listeners: redirect adds port 80.",
    );
}

/** `ssl-redirect`, or a rule for every path whose action leads to HTTPS. */
export function redirects(view: IngressView): boolean {
  if (view.alb["ssl-redirect"] !== undefined) return true;
  return view.paths.some(
    (path) => isAction(path) && takesEveryPath(path) && redirectsToHttps(view, path.service),
  );
}

function sayUnencrypted(view: IngressView, about: string, findings: Findings): void {
  const dead = Object.keys(view.alb).find(
    (name) => name.startsWith("actions.") && redirectsToHttps(view, name.slice(8)),
  );
  const why = dead === undefined ? "" : ` The redirect in ${dead} is in no rule, so it does nothing.`;
  findings.fault(
    "unencrypted",
    about,
    `Port 80 serves everything unencrypted: there is an HTTP listener and no redirect.${why} Ours sends 80 to 443 (listeners: redirect).`,
    "changes exposure",
  );
}
