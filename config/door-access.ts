// What keeps people out of a front door: the one list, read by the rules on cluster files and by `diff`.
// A door is looked at as its Ingress says it: annotations of the AWS Load Balancer Controller, by suffix.
import { canonicalRange, coverTheInternet, isCovered } from "../core/address-range.ts";
import { codes } from "../core/code-span.ts";
import { isJsonArray, valueAt } from "../core/json.ts";
import { mutualAuthentication } from "./alb-json-schemas.ts";
import type { IngressConfig, StringMap } from "./config.ts";
import { readJsonText } from "./json-grammar.ts";

/** `unknown`: it depends on something in AWS that nobody here reads. */
export type Held = boolean | "unknown";

/** One thing that lets more people in, and the sentence for the way back where that one is as certain. */
export interface Opening {
  readonly opened: string;
  readonly closed?: string;
}

interface Restriction {
  /** Whether it keeps anybody out. */
  readonly holds: (door: StringMap) => Held;
  /** What lets more people in where `after` takes the place of `before`. */
  readonly openings: (before: StringMap, after: StringMap) => readonly Opening[];
}

/** A restriction that a door has or has not. */
const either = (holds: (door: StringMap) => boolean, opening: Opening): Restriction => ({
  holds,
  openings: (before, after) => (holds(before) && !holds(after) ? [opening] : []),
});

const restrictions: readonly Restriction[] = [
  // The controller's default is `internal`.
  either((door) => (door.scheme ?? "internal") === "internal", {
    opened: "The load balancer can be reached from the internet.",
    closed: "The load balancer can no longer be reached from the internet.",
  }),
  { holds: hasSources, openings: sourceOpenings },
  either(authenticates, {
    opened: "Requests need no authentication any more.",
    closed: "Requests need authentication.",
  }),
  either(wantsClientCertificate, {
    opened: "Clients need no certificate any more.",
    closed: "Clients need a certificate.",
  }),
];

/** Everything that lets more people in where `after` takes the place of `before`. */
export const openingsOf = (before: StringMap, after: StringMap): readonly Opening[] =>
  restrictions.flatMap(({ openings }) => openings(before, after));

/** Whether anything keeps the world out. */
export function isClosed(door: StringMap): Held {
  const held = restrictions.map(({ holds }) => holds(door));
  return held.includes(true) || (held.includes("unknown") ? "unknown" : false);
}

/** Whether `door` lets in all whom `other` lets in, and more. */
export function letsInMore(door: StringMap, other: StringMap): Held {
  if (isClosed(other) === false) return false;
  if (isClosed(door) === false) return true;
  const groups = [door, other].map((each) => securityGroupsOf(each).join());
  if (groups[0] !== groups[1]) return "unknown";
  return openingsOf(other, door).length > 0 && openingsOf(door, other).length === 0;
}

/** A door of a cluster file as its Ingress will say it. */
export const annotationsOfDoor = (door: IngressConfig): StringMap => ({
  ...door.annotations,
  scheme: door.scheme,
  "inbound-cidrs": door.inboundCidrs.join(","),
  // Where somebody wrote the annotation instead, that is what is wrong, and not that the door were open.
  ...(door.prefixLists.length > 0 && { "security-group-prefix-lists": door.prefixLists.join(",") }),
  ...(door.securityGroups !== undefined && { "security-groups": door.securityGroups.ids.join(",") }),
});

const everybody = ["0.0.0.0/0", "::/0"];

export interface Sources {
  readonly ranges: readonly string[];
  readonly prefixLists: readonly string[];
}

/** Whom the controller lets connect. With security groups of one's own it looks at neither. */
export function sourcesOf(door: StringMap): Sources {
  const ranges = listOf(door["inbound-cidrs"]).map((range) => canonicalRange(range) ?? range);
  const prefixLists = listOf(door["security-group-prefix-lists"]);
  return { ranges: ranges.length + prefixLists.length === 0 ? everybody : ranges, prefixLists };
}

export const securityGroupsOf = (door: StringMap): readonly string[] =>
  listOf(door["security-groups"]).sort();

function hasSources(door: StringMap): Held {
  if (securityGroupsOf(door).length > 0) return "unknown";
  return !coverTheInternet(sourcesOf(door).ranges);
}

/** What own security groups let in is not known: leaving them for everybody opens; all else is said by itself. */
function sourceOpenings(before: StringMap, after: StringMap): readonly Opening[] {
  if (securityGroupsOf(after).length > 0) return [];
  const { ranges, prefixLists } = sourcesOf(after);
  if (securityGroupsOf(before).length > 0)
    return coverTheInternet(ranges) ? [{ opened: `Clients from ${codes(ranges)} may connect.` }] : [];
  const old = sourcesOf(before);
  const wider = ranges.filter((range) => !isCovered(range, old.ranges));
  const lists = coverTheInternet(old.ranges) ? [] : prefixLists.filter((id) => !old.prefixLists.includes(id));
  return [
    ...(wider.length === 0 ? [] : [connecting(`Clients from ${codes(wider)}`)]),
    ...(lists.length === 0 ? [] : [connecting(`Clients of the prefix lists ${codes(lists)}`)]),
  ];
}

const connecting = (whom: string): Opening => ({
  opened: `${whom} may connect.`,
  closed: `${whom} may no longer connect.`,
});

/** Whether every request has to show who it is. `allow` lets the others through. */
export function authenticates(door: StringMap): boolean {
  if (door["jwt-validation"] !== undefined) return true;
  const type = door["auth-type"];
  return (type === "cognito" || type === "oidc") && door["auth-on-unauthenticated-request"] !== "allow";
}

/** Only `verify` looks at the certificate; `passthrough` hands on what comes. */
export function wantsClientCertificate(door: StringMap): boolean {
  const ports = readJsonText(mutualAuthentication, door["mutual-authentication"] ?? "");
  return isJsonArray(ports) && ports.some((port) => valueAt(port, ["mode"]) === "verify");
}

const listOf = (value = ""): string[] =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
