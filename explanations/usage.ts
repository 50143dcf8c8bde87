import type { Explanations } from "./explanation.ts";

export const usageExplanations: Explanations = {
  "usage/arguments": {
    meaning: "A command, option or word that meshfront does not know, or an option without its value.",
    fix: "`meshfront <command> --help` lists what a command takes; docs/reference/commands.md is the same for all.",
  },
  "usage/chdir": {
    meaning: "The folder given by `--chdir` does not exist.",
    fix: "Name the folder that holds `clusters/`, absolute or from where the command is run.",
  },
  "usage/timeout": {
    meaning: "The value of `--timeout` is no time span between a second and an hour.",
    fix: "Write `90`, `90s` or `2m`, or leave it out: the default is 60 seconds.",
  },
  "usage/unknown-code": {
    meaning: "There is no code or area of that name, which `explain` was asked for.",
    fix: "`meshfront explain` lists all codes; one that a newer meshfront reported is not among them.",
  },
  "usage/unknown-cluster": {
    meaning: "There is no `clusters/<name>.yaml` for the name on the command line.",
    fix: "Write the name of the file without its ending, which is `cluster.name` too.",
  },
  "usage/one-cluster": {
    meaning: "`graph` draws one cluster with `--format mermaid` or `svg`, and several were selected.",
    why: "A flowchart or a picture of many clusters is one that nobody can read.",
    fix: "Name one cluster. `meshfront graph` without a name prints a table of all, `--json` has all of all.",
  },
  "usage/charts": {
    meaning:
      "The folder of `check --charts` is missing, holds something that is no chart, or not the chart that a cluster asks for.",
    fix: "Put one package or folder for each of base, istiod and gateway there; of several versions, the one in `istio.version` is taken. `helm pull` fetches them.",
  },
  "usage/input-too-large": {
    meaning: "A file given to `migrate` is larger than what it reads in one piece.",
    fix: "Give the resources of the mesh alone: manifests from kubectl, Helm's release Secrets, or the state of the module that holds them.",
  },
  "usage/selector": {
    meaning: "`--selector` (`-l`) is no list of labels, or no cluster has them.",
    why: "A run that is about nothing would pass, and look as if all were well.",
    fix: "`-l env=prod,tier!=dev`: all of them have to hold; `env` and `!env` ask whether there is one. Labels are `cluster.labels`; `name`, `region` and `account` count as such. `meshfront list` shows them.",
  },
  "usage/upgrade-step": {
    meaning: "`upgrade istio` was asked for a step backwards, or of more than one minor.",
    why: "Istio supports a control plane that is one minor ahead of its proxies, and an upgrade by one minor at a time.",
    fix: "The message names the next step. To go back, revert the commit: docs/how-to/roll-back.md.",
  },
  "usage/upgrade-by-hand": {
    meaning: "A file in which `istio.version` cannot be replaced as text: an alias, for instance.",
    fix: "Write the version into the file by hand. Nothing was written, also not in other files.",
  },
  "usage/gone-cluster": {
    meaning: "A cluster file that the revision of `--affected-by` has is gone.",
    why: "A run about a part of the clusters removes no output of others, so that of the cluster stays until somebody runs `synth` about all.",
    fix: "`meshfront synth` without a selection, with `--allow-removal=<cluster>`; docs/how-to/remove-a-door.md has the order.",
  },
  "usage/shard": {
    meaning: "`--shard` is no share such as `3/16`.",
    fix: "The number of the job, from 1, and how many there are. A cluster stays in its share whichever others come and go.",
  },
  "usage/app": {
    meaning:
      "`app` in cdk8s.yaml names a program that imports meshfront, in a form that the bin does not start; or a signal ended that program.",
    why: "A project with charts of its own is compiled by its own program: without it `check` would call those objects foreign. No shell reads the line, so that nothing in it is expanded.",
    fix: "Write `app: node main.mjs`, with options of Node before the file if need be, such as `node --import tsx main.ts`.",
  },
  "usage/missing-peer": {
    meaning: "A program runs meshfront's library in a project without cdk8s or constructs.",
    why: "Charts of the program and those of meshfront are built by one copy, so the library brings none. The bin has its own.",
    fix: "Install both beside meshfront, with the command that the message names.",
  },
  "usage/cluster-exists": {
    meaning: "`init` was asked for a cluster that has a file already.",
    fix: "Edit the file and run `meshfront synth`, or give `--cluster` another name. `init` overwrites nothing.",
  },
  "usage/nested-project": {
    meaning: "`init` was run inside of a project.",
    why: "Commands take the nearest project upwards: what is run in this folder would speak of another project than before.",
    fix: "Run it in the folder that the message names: it adds a cluster there.",
  },
  "usage/package-json": {
    meaning: "The package.json that npm would read is no JSON object, so `init` left it alone.",
    fix: "Correct it, then add meshfront to it with the command that the message names.",
  },
};
