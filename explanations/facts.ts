import type { Explanations } from "./explanation.ts";

export const factsExplanations: Explanations = {
  "facts/missing-lock": { meaning: "The configuration asks AWS for something, and there is no lock file." },
  "facts/missing-answer": { meaning: "The lock file does not answer a question of the configuration." },
  "facts/unused-answer": { meaning: "The lock file answers what nothing asks any more." },
  "facts/unreadable-file": { meaning: "The lock file cannot be read." },
  "facts/malformed": { meaning: "The lock file is not as meshfront writes it." },
  "facts/edited": {
    meaning: "The answers in the lock file do not belong to its checksum: an edit by hand, or a merge.",
  },
  "facts/merge-conflict": { meaning: "The lock file holds the markers of a Git merge." },
  "facts/wrong-region": { meaning: "The lock file, or an ARN in it, is of another region than the cluster." },
  "facts/wrong-account": {
    meaning: "The lock file, or an ARN in it, is of another account than the cluster.",
  },
  "facts/zone-twice": { meaning: "Two subnets of the answer are in one zone; the controller refuses that." },
  "facts/too-few-zones": { meaning: "The subnets of the answer are in fewer than two zones." },
  "facts/not-covering": { meaning: "The certificate of the answer does not cover a host of its front door." },
  "facts/key-algorithm": {
    meaning: "The certificate of the answer has another key algorithm than `certificate.keyAlgorithm`.",
  },
  "facts/certificate-expires": {
    meaning: "A certificate in the lock file expires within 30 days, or has expired.",
  },
};
