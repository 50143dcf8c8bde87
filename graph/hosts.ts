// One host of a door: what takes it, and what a person should notice there.
import { anyHost, coversAnyDepth } from "../config/rules/hosts.ts";
import type { AccessGraph } from "./doors.ts";
import type { ServerGraph } from "./own-gateways.ts";
import type { RouteGraph } from "./routes.ts";
import { sourceWords } from "./words.ts";

export interface HostGraph {
  readonly host: string;
  readonly routes: readonly RouteGraph[];
  readonly marks: readonly Mark[];
}

/** What stands out, with a sentence. */
export interface Mark {
  readonly kind: "no-route" | "no-server" | "console-without-log-in";
  readonly message: string;
}

/** For pictures, which tell beside it who may connect. */
export const shortMarks: Readonly<Record<Mark["kind"], string>> = {
  "no-route": "no route known here",
  "no-server": "no Gateway takes it",
  "console-without-log-in": "console without a log-in",
};

interface HostInput {
  readonly host: string;
  readonly file: string;
  readonly access: AccessGraph;
  readonly servers: readonly ServerGraph[];
  readonly routes: readonly RouteGraph[];
}

export function hostGraph({ host, file, access, servers, routes: all }: HostInput): HostGraph {
  const meets = (other: string): boolean => coversAnyDepth(other, host) || coversAnyDepth(host, other);
  const routes = all.filter(({ hosts }) => hosts.some(meets));
  // Of every host the Gateway says which there are.
  const isServed = host === anyHost || servers.some(({ hosts }) => hosts.some(meets));
  return {
    host,
    routes,
    marks: [
      ...(isServed ? [] : [noServer]),
      ...(routes.length > 0 ? [] : [noRoute(file)]),
      ...consoleMarks(routes, access),
    ],
  };
}

const noServer: Mark = {
  kind: "no-server",
  message: "no Gateway known here takes this host: 404",
};

const noRoute = (file: string): Mark => ({
  kind: "no-route",
  message: `no route in ${file}: 404, unless an application team brings a VirtualService`,
});

function consoleMarks(routes: readonly RouteGraph[], access: AccessGraph): readonly Mark[] {
  const open = [...new Set(routes.filter(({ isConsole }) => isConsole).map(({ service }) => service))];
  if (open.length === 0 || access.logIn !== null || access.wantsClientCertificate) return [];
  return open.map((service) => ({
    kind: "console-without-log-in",
    message: `console ${service} without a log-in: ${sourceWords(access)} may connect`,
  }));
}
