// What `init` was told and what it reads of the repository around it -> what it will write about.
import { realpathSync } from "node:fs";
import { dnsLabel, folder, host, type Pattern, region, repositoryUrl } from "../../config/patterns.ts";
import type { Problem } from "../../core/problem.ts";
import type { CommandInput } from "../command.ts";
import { type GitCheckout, tryReadCheckout } from "../git-checkout.ts";
import { wrongOption } from "../wrong-option.ts";

export interface InitOptions {
  readonly cluster: string;
  readonly region: string;
  readonly host: string;
  readonly repository: { readonly url: string; readonly revision: string; readonly path: string };
  readonly withCdk8s: boolean;
  /** Undefined outside of Git. */
  readonly checkout: GitCheckout | undefined;
}

/** All that is missing or wrong at once. */
export function readOptions({ disk, root, options }: CommandInput): InitOptions | readonly Problem[] {
  const checkout = tryReadCheckout(disk, realpathSync(root));
  const problems: Problem[] = [];
  const value = (name: string, { regex, expected }: Pattern, found: string | undefined): string => {
    const given = typeof options[name] === "string" ? options[name] : found;
    if (given === undefined) problems.push(missing(name, expected));
    else if (!regex.test(given)) problems.push(wrongOption("init", name, expected, given));
    return given ?? "";
  };
  const cluster = value("cluster", dnsLabel, undefined);
  const inRegion = value("region", region, undefined);
  const name = value("host", host, "app.example.com");
  const path = value("path", folder, checkout?.prefix ?? ".");
  const url = value("repository", repositoryUrl, urlOf(checkout));
  if (problems.length > 0) return problems;
  const repository = { url, revision: checkout?.branch ?? "main", path };
  return { cluster, region: inRegion, host: name, repository, withCdk8s: options.cdk8s === true, checkout };
}

/** Of the first remote that Argo CD could read, without the password that somebody may have put there. */
export const urlOf = (checkout: GitCheckout | undefined): string | undefined =>
  checkout?.remotes
    .map(({ url }) => url.replace(/^https:\/\/[^@/]*@/, "https://"))
    .find((url) => repositoryUrl.regex.test(url) && !url.startsWith("file:"));

const asked: Readonly<Record<string, string>> = {
  cluster: "NAME",
  region: "REGION",
  repository: "URL",
};

const usage = "meshfront init --cluster NAME --region REGION --repository URL";

const missing = (name: string, expected: string): Problem => ({
  code: "usage/arguments",
  severity: "error",
  message:
    name === "repository"
      ? "expected a Git remote with the URL of the repository that Argo CD reads, found none"
      : `expected --${name}: ${expected}`,
  suggestion: `Add --${name} ${asked[name]}, as in \`${usage}\`.`,
});
