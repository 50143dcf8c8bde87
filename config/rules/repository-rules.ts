import type { ConfigRule } from "../finding.ts";
import { hasUserInfo } from "../patterns.ts";

/** Azure DevOps and Bitbucket show URLs with the name of the organisation or user. A token is longer, or has digits and capitals mixed. */
const isNameOnly = (url: string): boolean =>
  /^https:\/\/[A-Za-z][A-Za-z0-9_.-]{0,38}@[^@]*$/.test(url) &&
  !/^https:\/\/(?:gh[a-z]_|github_pat|glpat|x-|ATBB)/i.test(url);

export const repositoryRules: readonly ConfigRule[] = [
  {
    code: "repository/credentials",
    severity: "error",
    // The message must never print what stands before the @.
    check: ({ repository: { url } }) => {
      if (!hasUserInfo(url)) return [];
      const message = `expected a URL without credentials, found a user name${isNameOnly(url) ? "" : " or password"} in front of the host`;
      const suggestion = isNameOnly(url)
        ? "Remove the user name and the @: Argo CD takes both from its repository Secret. (If it is a token, revoke it: it is in Git now.)"
        : "Remove them, revoke them (they are in Git now), and give Argo CD a repository Secret.";
      return [{ path: ["repository", "url"], message, suggestion }];
    },
  },
  {
    code: "repository/file-url",
    severity: "warning",
    check: ({ repository }) =>
      repository.url.startsWith("file:")
        ? [
            {
              path: ["repository", "url"],
              message: "a file: URL works only where Argo CD's repo-server sees the same disk",
              suggestion: "Use it for tests only.",
            },
          ]
        : [],
  },
];
