import type { Explanations } from "./explanation.ts";

const argocdFollows =
  "Argo CD applies what is committed, not what the configuration says: the cluster follows this file.";

export const outputExplanations: Explanations = {
  "output/busy": {
    meaning:
      "Another `synth` writes the same project, on this machine, and did not end within a quarter of a minute.",
    why: "Two that write at once could leave the output of neither.",
    fix: "The message names the process. A lock of a process that is gone is taken over by itself.",
  },
  "output/ignored": {
    meaning: "A `.gitignore` leaves the output out: a warning of `synth`, an error of `check`.",
    why: "`dist/` is in the `.gitignore` of most JavaScript projects. `git add` then takes none of it along, `check` is content on the machine where `synth` ran, and Argo CD finds nothing.",
    fix: "Add `!/dist/` and `!/dist/**` to the `.gitignore` in the project's folder, which decides before those above it. `meshfront init` does so.",
    sources: ["Git 2.39, gitignore(5)"],
  },
  "output/stale": {
    meaning:
      "`check`: a file is as an earlier `synth` wrote it, but the configuration, the facts or meshfront changed since.",
    why: "The change is in Git and reaches no cluster: Argo CD reads the output only.",
    fix: "Run `meshfront synth`, read the diff and commit it with the change that caused it. If nobody changed anything, compare `meshfront version` here and where the output was written.",
  },
  "output/edited": {
    meaning: "`check`: a generated file was changed by hand, or by a merge, since `synth` wrote it.",
    why: `${argocdFollows} The next \`synth\` overwrites the edit without a question.`,
    fix: "Find the edit with `git log -p -- <file>`, make the change in the cluster file that its first line names, then run `meshfront synth`.",
  },
  "output/merge-conflict": {
    meaning: "`check`: a generated file holds the markers of a merge conflict.",
    why: "Argo CD cannot read it, and stops with its last state.",
    fix: "Resolve conflicts in `clusters/` first, in lock files by `meshfront lookup`. Of an inventory in conflict take either side. Then `meshfront synth` writes the files anew; no generated file has to be merged by hand.",
  },
  "output/missing": {
    meaning: "`check`: a file that `synth` would write is not there.",
    why: "Argo CD prunes what it held, or never creates it.",
    fix: "Run `meshfront synth` and commit the file. If it is new and `git status` does not show it, a `.gitignore` hides it.",
  },
  "output/line-endings": {
    meaning: "`check`: a file has CRLF where `synth` writes LF, and is the same otherwise.",
    why: "The content hash in the inventory is that of other bytes, and a diff shows every line.",
    fix: "Git's `core.autocrlf` does it at checkout. Put `dist/** -text` and `argocd/** -text` into `.gitattributes`, run `meshfront synth` and commit both.",
  },
  "output/obsolete": {
    meaning: "`check`: a file that an earlier `synth` wrote is not asked for by any configuration any more.",
    why: "Argo CD goes on applying it: a door or a cluster that was taken out stays.",
    fix: "Run `meshfront synth`. Where an Application, AppProject, Ingress or Gateway goes, it wants `--allow-removal`.",
  },
  "output/leftover": {
    meaning: "`check`: a temporary file of a `synth` that was interrupted.",
    why: "None in the cluster: its name does not end as a manifest's. It has no place in a commit.",
    fix: "Run `meshfront synth`: it removes it and finishes what the other began.",
  },
  "output/inventory-stale": {
    meaning:
      "`check`: the files are right, but the inventory does not list them as they are, or is not there.",
    why: "`synth` removes only what the inventory lists; what it does not know stays and is applied.",
    fix: "Run `meshfront synth` and commit the inventory.",
  },
  "output/removal": {
    meaning: "An Application, AppProject, Ingress or Gateway, or a whole cluster, would disappear.",
    why: "Argo CD prunes it: an Ingress takes its load balancer along, and a new one has another address; an Application takes everything it deployed.",
    fix: "If that is meant, run `meshfront synth --allow-removal=<name>`, with the key of the door, the name of the Application or that of the cluster. After a rename it is not: see how a door and a cluster are renamed.",
  },
  "output/replacement": {
    meaning: "A change of the scheme makes the controller replace a door's load balancer.",
    why: "A load balancer cannot change from internal to internet-facing or back. The controller deletes it, a protected one too, and then creates another with another DNS name; nothing is served in between.",
    fix: "If that is meant, run `meshfront synth --allow-replacement=<door>`. To serve all the time, make a second door, let DNS follow, and take out the first.",
    sources: [
      "AWS Load Balancer Controller v3.5.0, pkg/deploy/elbv2/load_balancer_synthesizer.go: deletes first; run with controller 3.5.0",
    ],
  },
  "output/blocked": {
    meaning: "Something stands where a file belongs, and meshfront did not write it.",
    why: "`synth` would destroy it, so it writes nothing at all.",
    fix: "Move it away. A file that only lost its first line is restored by `git restore`.",
  },
  "output/folder": {
    meaning: "A folder of the output is a file or a symbolic link.",
    why: "meshfront follows no link: two clusters could own the same files, or files outside of the project.",
    fix: "Put a real folder in its place.",
  },
  "output/foreign-file": {
    meaning:
      "A file in the output that meshfront did not write, or a folder in `dist/` with a name that no cluster can have; it is left alone.",
    why: "Argo CD applies every `.yaml`, `.yml`, `.json` and `.jsonnet` file of a folder that it syncs, with the rights of the cluster's project. `synth` warns; for `check` it is an error, because the folder is not what `synth` alone would leave.",
    fix: "Keep own manifests in a folder and an Application of their own; delete what an editor or a system left.",
  },
  "output/protected-load-balancer": {
    meaning: "A door goes whose load balancer is protected against deletion.",
    why: "The controller of load balancers leaves a protected one. It says so in its log and in no Event; the Ingress keeps its finalizer, the Application of the door waits for the Ingress, and the root is OutOfSync (run, 3.5.0).",
    fix: "Set `deletion_protection.enabled` to `false` in the door's `attributes`, let Argo CD sync that, then remove the door. Where the deletion has begun, `kubectl annotate` the live Ingress as the message says: it is gone within half a minute (run).",
  },
  "output/unrecorded-file": {
    meaning: "A generated file that no inventory lists: an interrupted run or a merge left it.",
    why: "`synth` removes only what an inventory lists, and Argo CD applies it for as long as it is in Git.",
    fix: "Delete it. After a merge that took one side's inventory, look for others of the kind.",
  },
  "output/inventory-malformed": {
    meaning: "An inventory is not as meshfront writes it.",
    why: "It decides what is removed, so nothing is guessed from it.",
    fix: "`git restore -- <file>`; if Git has none, delete it and run `meshfront synth`.",
  },
  "output/inventory-version": {
    meaning: "A newer meshfront wrote the inventory.",
    why: "What it means by its entries is not known here, and it decides what is removed.",
    fix: "Use that newer meshfront, in CI too.",
  },
  "output/inventory-path": {
    meaning:
      "An inventory names a path outside its folder; it decides what is removed, so it is not followed.",
    why: "A commit could make `synth` delete any file of whoever runs it.",
    fix: "Ask who wrote it, then `git restore -- <file>`.",
  },
  "output/cdk8s-folder": {
    meaning:
      "`cdk8s synth` would write into the project, `dist/` or `argocd/`, and it deletes its folder before each run.",
    fix: "Set `output: .cdk8s` in cdk8s.yaml and call cdk8s without `--output`.",
  },
  "output/disk": {
    meaning: "The operating system refused to read or write.",
    why: "Each file is its old or its new self, because it comes to its name complete; a run that was stopped may have done some of them.",
    fix: "Mend what the message names, then run `meshfront synth` again: it does the rest.",
  },
};
