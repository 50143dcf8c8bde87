import type { Explanations } from "./explanation.ts";

export const repositoryExplanations: Explanations = {
  "repository/credentials": {
    meaning: "`repository.url` holds a user name or password; the message does not print it.",
  },
  "repository/file-url": {
    meaning: "A `file:` URL works only where Argo CD's repo-server sees the same disk.",
  },
};
