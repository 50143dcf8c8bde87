import type { ConfigRule } from "../finding.ts";
import { hasUserInfo } from "../patterns.ts";

export const repositoryRules: readonly ConfigRule[] = [
  {
    code: "repository/credentials",
    severity: "error",
    // The message must never print what stands before the @.
    check: ({ repository }) =>
      hasUserInfo(repository.url)
        ? [
            {
              path: ["repository", "url"],
              message:
                "expected a URL without credentials, found a user name or password in front of the host",
              suggestion:
                "Remove them, revoke them (they are in Git now), and give Argo CD a repository Secret.",
            },
          ]
        : [],
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
