import type { RuleCase } from "./rule-case.ts";

export const repositoryCases: readonly RuleCase[] = [
  {
    code: "repository/credentials",
    title: "takes no user name and password over https, and prints neither",
    fails: `
      repository:
        url: https://robot:hunter2@github.com/example/platform.git
    `,
    problems: `
      clusters/demo.yaml:2:3 error repository/credentials: expected a URL without credentials, found a user name or password in front of the host
        Remove them, revoke them (they are in Git now), and give Argo CD a repository Secret.
    `,
    passes: `
      repository:
        url: https://github.com/example/platform.git
    `,
  },
  {
    code: "repository/credentials",
    title: "takes no token in the place of a user name",
    fails: `
      repository: { url: "https://ghp_hunter2@github.com/example/platform.git" }
    `,
    problems: `
      clusters/demo.yaml:1:15 error repository/credentials: expected a URL without credentials, found a user name or password in front of the host
        Remove them, revoke them (they are in Git now), and give Argo CD a repository Secret.
    `,
    passes: `
      repository: { url: "https://github.com/example/plat@form.git" }
    `,
  },
  {
    code: "repository/credentials",
    title: "takes no password over ssh, but the bare user name",
    fails: `
      repository: { url: "ssh://git:hunter2@github.com/example/platform.git" }
    `,
    problems: `
      clusters/demo.yaml:1:15 error repository/credentials: expected a URL without credentials, found a user name or password in front of the host
        Remove them, revoke them (they are in Git now), and give Argo CD a repository Secret.
    `,
    passes: `
      repository: { url: "ssh://git@github.com:22/example/platform.git" }
    `,
  },
  {
    code: "repository/credentials",
    title: "finds a password with a slash in it",
    fails: `
      repository: { url: "https://robot:hunter2/x@github.com/example/platform.git" }
    `,
    problems: `
      clusters/demo.yaml:1:15 error repository/credentials: expected a URL without credentials, found a user name or password in front of the host
        Remove them, revoke them (they are in Git now), and give Argo CD a repository Secret.
    `,
    passes: `
      repository: { url: "git@github.com:example/platform.git" }
    `,
  },
  {
    code: "repository/file-url",
    title: "warns of a URL that only a test can use",
    fails: `
      repository: { url: "file:///srv/git/platform.git" }
    `,
    problems: `
      clusters/demo.yaml:1:15 warning repository/file-url: a file: URL works only where Argo CD's repo-server sees the same disk
        Use it for tests only.
    `,
    passes: `
      repository: { url: "https://git.example.com:8443/platform.git", revision: release/1.2, path: infra/mesh }
    `,
  },
];
