// Stage 1: what somebody meant who wrote the near relative of a value, written out: the URL of a host, the name of a web
// ACL without its key, a number of replicas. Nothing is advised that the schema would refuse again.

import { domainToASCII } from "node:url";
import { isJsonArray, type JsonValue, type Path } from "../core/json.ts";
import { didYouMean } from "../core/suggest.ts";
import { sufficientPatch } from "./istio-versions.ts";
import * as patterns from "./patterns.ts";

const write = (text: string): string => `Write ${text}.`;
const fits = ({ regex }: patterns.Pattern, text: string): boolean => regex.test(text);

/**
 * What to write instead of `found`, which stands at `path`; undefined where nobody can tell what was meant. `written`:
 * its characters in the file.
 */
export function adviseOnRelative(path: Path, found: JsonValue, written?: string): string | undefined {
  if (typeof found === "string") {
    const trimmed = found.trim();
    if (trimmed !== found && trimmed !== "") return adviseOnBreak(found);
    if (/^\S+#/.test(found)) return "For a comment, put a blank before #.";
  }
  const key = path.findLast((segment) => typeof segment === "string");
  return key !== undefined && Object.hasOwn(relatives, key)
    ? relatives[key]?.(found, path, written)
    : undefined;
}

const adviseOnBreak = (text: string): string =>
  text.endsWith("\n")
    ? "It ends with a line break (a block scalar, `|` or `>`): write it on one line."
    : "Remove the blanks or line breaks at its ends.";

type Advise = (found: JsonValue, path: Path, written?: string) => string | undefined;

const ofText =
  (advise: (found: string, path: Path) => string | undefined): Advise =>
  (found, path) =>
    typeof found === "string" ? advise(found, path) : undefined;

/** `https://API.example.com:443/v1/` is `api.example.com`. */
function hostIn(text: string): string | undefined {
  const bare = text.replace(/^[a-z][a-z+.-]*:\/\//i, "").replace(/[/:?#].*$/s, "");
  const wildcard = bare.startsWith("*.") ? "*." : "";
  const host = wildcard + domainToASCII(bare.slice(wildcard.length).replace(/\.$/, ""));
  return host !== text && fits(patterns.host, host) ? host : undefined;
}

const adviseOnHost = ofText((found) => {
  const host = hostIn(found);
  if (host !== undefined) return write(found.startsWith("*") ? JSON.stringify(host) : host);
  return found.includes("_") ? "Take another name: no host of HTTP holds a `_`." : undefined;
});

const adviseOnRange = ofText((found) => {
  if (/^\d+(?:\.\d+){3}$/.test(found)) return write(`${found}/32`);
  return /^[0-9a-f:]*::?[0-9a-f:]*$/i.test(found) ? write(`${found}/128`) : undefined;
});

const adviseOnCertificate = ofText((found, path) => {
  const key = path.at(-1) === "certificate" ? "certificate: " : "";
  if (fits(patterns.certificateArn, found)) return write(`${key}{ arn: "${found}" }`);
  const host = fits(patterns.host, found) ? found : hostIn(found);
  if (host === undefined) return undefined;
  return write(`${key}{ domain: ${host.startsWith("*") ? JSON.stringify(host) : host} }`);
});

const adviseOnWebAcl = ofText((found) => {
  if (found === "") return "Remove the line to leave the web ACL as it is, or write none to detach it.";
  if (fits(patterns.webAclArn, found)) return write(`webAcl: { arn: "${found}" }`);
  return fits(patterns.webAclName, found) ? write(`webAcl: { name: ${found} }`) : undefined;
});

const adviseOnSubnets: Advise = (found) => {
  const ids = isJsonArray(found) ? found : [found];
  const isId = (id: JsonValue): id is string => typeof id === "string" && fits(patterns.subnetId, id);
  return ids.length > 0 && ids.every(isId) ? write(`subnets: { ids: [${ids.join(", ")}] }`) : undefined;
};

const adviseOnId = ofText((found) =>
  /^[\w.-]+$/.test(found) && !found.startsWith("subnet-")
    ? `A name is a tag: write subnets: { tags: { Name: ${found} } } if all of them carry it, or the ids.`
    : undefined,
);

const schemes: Readonly<Record<string, string>> = {
  public: "internet-facing",
  external: "internet-facing",
  internet: "internet-facing",
  private: "internal",
};

const adviseOnScheme = ofText((found) => {
  const meant = schemes[found.toLowerCase()];
  return meant === undefined ? undefined : write(meant);
});

const adviseOnReplicas: Advise = (found) =>
  typeof found === "number" && Number.isSafeInteger(found) && found > 0
    ? write(`replicas: { min: ${found}, max: ${found} }`)
    : undefined;

const adviseOnVersion: Advise = (found, [root], written) => {
  if (root === "argocd") return undefined;
  const text = (written ?? String(found)).replace(/^v/i, "");
  if (fits(patterns.istioVersion, text)) return write(text);
  const patch = sufficientPatch(text);
  return patch === undefined ? undefined : `Write an exact version with all three numbers, such as ${patch}.`;
};

const adviseOnAccount = ofText((found) =>
  /^\d+$/.test(found) ? `It has 12 digits, and zeros in front count; found ${found.length}.` : undefined,
);

const adviseOnPath = ofText((found, [root]) => {
  const folder = found.replace(/^(?:\.?\/)+|\/+$/g, "");
  return root === "repository" && fits(patterns.folder, folder) ? write(folder) : undefined;
});

const adviseOnUrl = ofText((found) => {
  const url = `https://${found}`;
  return /^[\w-]+(?:\.[\w-]+)+\/\S+$/.test(found) && fits(patterns.repositoryUrl, url)
    ? write(url)
    : undefined;
});

const adviseOnClusterName = ofText((found, [root]) => {
  const name = found.toLowerCase().replaceAll("_", "-");
  if (root !== "cluster" || !fits(patterns.dnsLabel, name)) return undefined;
  return fits(patterns.eksName, found)
    ? `Write name: ${name}, call the file ${name}.yaml, and add eksName: ${found}.`
    : write(name);
});

const adviseOnPort: Advise = (found) =>
  typeof found === "string" ? "Write the number of the Service's port, not its name." : undefined;

const relatives: Readonly<Record<string, Advise>> = {
  hosts: adviseOnHost,
  domain: adviseOnHost,
  inboundCidrs: adviseOnRange,
  certificate: adviseOnCertificate,
  webAcl: adviseOnWebAcl,
  subnets: adviseOnSubnets,
  ids: adviseOnId,
  scheme: adviseOnScheme,
  replicas: adviseOnReplicas,
  version: adviseOnVersion,
  account: adviseOnAccount,
  path: adviseOnPath,
  url: adviseOnUrl,
  name: adviseOnClusterName,
  port: adviseOnPort,
};

/** The nearest of a closed set of words. */
export const adviseOnChoice = (found: JsonValue, choices: readonly unknown[]): string | undefined =>
  typeof found === "string"
    ? didYouMean(
        found,
        choices.filter((choice) => typeof choice === "string"),
      )
    : undefined;
