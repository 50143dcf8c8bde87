import type { Explanations } from "./explanation.ts";

export const repositoryExplanations: Explanations = {
  "repository/credentials": {
    meaning: "`repository.url` holds a user name or password; the message does not print it.",
    why: "It would stand in Git twice, in the cluster file and in the Applications, and in Argo CD for everybody who may read an Application.",
    fix: "Remove and revoke it, and give Argo CD a Secret of the type `repository`.",
    sources: [
      "Argo CD 3.5, docs/user-guide/private-repositories.md and docs/operator-manual/declarative-setup.md",
    ],
    example: {
      fails: "repository: { url: https://user:secret@github.com/example/platform.git }",
      passes: "repository: { url: https://github.com/example/platform.git }",
    },
  },
  "repository/file-url": {
    meaning: "A `file:` URL works only where Argo CD's repo-server sees the same disk.",
    why: "Elsewhere every Application that reads the repository is Unknown, because there is nothing to read.",
    fix: "Use it for tests only; otherwise an https or ssh URL.",
    sources: ["run on Argo CD 3.5.7: a bare repository on the repo-server's disk is read"],
    example: {
      fails: "repository: { url: file:///srv/git/platform.git }",
      passes: "repository: { url: ssh://git@git.example.com/platform.git }",
    },
  },
};
