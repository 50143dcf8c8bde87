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
  "repository/other-path": {
    meaning:
      "`repository.path` is not the folder that Git says the project is in: a warning of `synth`, an error of `check`.",
    why: "Argo CD looks for `dist/` below `repository.path`. What is committed is right, CI is green, and every Application says that its path does not exist.",
    fix: "Write the folder that the message names; `git rev-parse --show-prefix` says the same.",
  },
  "repository/other-url": {
    meaning: "`repository.url` is no remote of the repository that the project is in.",
    why: "Argo CD reads that repository and no other. Where the output is copied there, or the remote is a mirror, all is well; otherwise what is committed here is never synced.",
    fix: "Write the URL of the repository that Argo CD reads. Hosts of different names count as the same where the repositories are called the same: one may be an alias of ssh.",
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
