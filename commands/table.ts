// The table of commands. Each module is loaded only when its command runs.
import type { CommandEntry, CommandOption } from "./command.ts";
import { diffFormats, graphFormats, reportFormats } from "./report/format.ts";

/** Options that every command has. */
export const commonOptions: Readonly<Record<string, CommandOption>> = {
  chdir: {
    type: "string",
    value: "DIR",
    summary: "Folder of the project, or one in it (default: the current one).",
  },
  json: { type: "boolean", summary: "Print one JSON document to stdout instead of text." },
  quiet: { type: "boolean", short: "q", summary: "Print problems and results only." },
  help: { type: "boolean", short: "h", summary: "Show this help." },
};

/** Of the commands that are about clusters (select-clusters.ts). */
const selectionOptions: Readonly<Record<string, CommandOption>> = {
  selector: {
    type: "string",
    short: "l",
    value: "LABELS",
    summary: "Clusters with these labels only: env=prod,tier!=dev; region, account and name count as labels.",
  },
  "affected-by": {
    type: "string",
    value: "REV",
    summary:
      "Clusters whose inputs changed since the revision of Git: own file, lock, manifests, defaults, package.json, programs.",
  },
  shard: {
    type: "string",
    value: "I/N",
    summary: "Of the selected clusters the share I of N, for a CI matrix; a cluster stays in its share.",
  },
};

const strict: CommandOption = {
  type: "boolean",
  summary: "Exit code 1 for a warning that nobody accepted (`accept` in the cluster file).",
};

export const commands: Readonly<Record<string, CommandEntry>> = {
  synth: {
    summary: "Write dist/ and argocd/ from clusters/*.yaml and the lock files",
    takesCharts: true,
    words: "[cluster…]",
    options: {
      ...selectionOptions,
      "allow-removal": {
        type: "boolean",
        takesNames: true,
        value: "NAME",
        summary:
          "Let Applications, Ingresses, Gateways or whole clusters disappear from the output: all, or the door, Application or cluster that is named.",
      },
      "allow-replacement": {
        type: "boolean",
        takesNames: true,
        value: "NAME",
        summary:
          "Let the controller replace load balancers: all, or that of the door or cluster that is named.",
      },
      "keep-going": {
        type: "boolean",
        summary: "Write the other clusters where the files of some are broken (exit code 1 all the same).",
      },
      "dry-run": { type: "boolean", summary: "Say what would be written and removed, and write nothing." },
      strict,
    },
    details:
      "Renders everything in memory, validates it, then writes only the files that changed and removes only files that\nan earlier run wrote. Needs neither AWS nor a cluster. A failure changes nothing.\nWhat carries traffic goes only by leave, each option as often as needed, a name only after `=`: the key of a door\n(`<cluster>/<key>` where several clusters have it), the name of an Application, or of a cluster.",
    examples: [
      { command: "meshfront synth", comment: "all clusters" },
      { command: "meshfront synth demo --dry-run", comment: "what would change for demo" },
      {
        command: "meshfront synth --allow-removal",
        comment: "after a door or a cluster was taken out; =NAME for one alone",
      },
      {
        command: "meshfront synth --allow-replacement",
        comment: "after the scheme of a door was changed",
      },
    ],
    load: async () => (await import("./synth.ts")).synth,
  },
  check: {
    summary: "Compare the committed output with what synth would write; for CI",
    takesCharts: true,
    words: "[cluster…]",
    options: {
      ...selectionOptions,
      strict,
      format: {
        type: "string",
        choices: reportFormats,
        summary: "How to tell problems: --json for short, annotations of GitHub Actions, or SARIF 2.1.0.",
      },
      charts: {
        type: "string",
        value: "DIR",
        summary: "Ask the charts in DIR (folders or .tgz), by the helm on the PATH, what your values do.",
      },
      timeout: {
        type: "string",
        value: "TIME",
        summary: "With --charts, time for each answer of helm: 90, 90s or 2m (default: 60s).",
      },
    },
    details:
      "Does everything synth does in memory and compares byte for byte. Writes nothing. Where all that a clean run\nread is as it was, that run is repeated. Each file that is not as synth would leave it is an error: stale, edited,\nmissing, obsolete, foreign and so on have a code each.\nExit code 1: a file has to be mended by hand. 6: helm did not answer in time. 5: the disk or helm failed. 4: run lookup.\n2: run synth, read the diff, commit. If several apply, the first of these.",
    examples: [
      { command: "meshfront check", comment: "before a push" },
      { command: "meshfront check --format github", comment: "in GitHub Actions" },
      { command: "meshfront check --strict", comment: "no warning either, but those that are accepted" },
      { command: "meshfront check --json", comment: "for a script" },
      { command: "meshfront check --charts charts", comment: "which of your Helm values do nothing" },
    ],
    load: async () => (await import("./check.ts")).check,
  },
  diff: {
    summary: "Show what would change in the cluster and in AWS, object by object",
    takesCharts: true,
    words: "[cluster…]",
    options: {
      ...selectionOptions,
      against: {
        type: "string",
        value: "REVISION",
        summary: "Git revision to compare with, for example origin/main, a tag or a commit (default: HEAD).",
      },
      format: {
        type: "string",
        choices: diffFormats,
        summary: "How to tell it: --json for short, or a comment on a pull request.",
      },
      stat: {
        type: "boolean",
        summary: "Totals only: objects by kind, consequences by weight, and in how many clusters.",
      },
      "exit-code": { type: "boolean", summary: "Exit code 2 when there are differences." },
      "fail-on": {
        type: "string",
        choices: ["critical", "warning"],
        summary: "Exit code 2 when a change leads to something of that weight, or of more.",
      },
      strict,
    },
    details:
      "Compares what is committed with what synth would write: totals, then what follows from it (a load balancer that is\nreplaced, a door that opens, pods that restart), then each field. Writes nothing, and uses neither network nor\ncredentials. Where there is no Git repository, it compares with the files on disk and says so.",
    examples: [
      { command: "meshfront diff", comment: "before synth and commit" },
      { command: "meshfront diff --against origin/main", comment: "all that a branch changes" },
      { command: "meshfront diff --against origin/main --format markdown", comment: "for a pull request" },
      {
        command: "meshfront diff --against origin/main --fail-on critical",
        comment: "in CI: exit code 2 where something is deleted, replaced or opened",
      },
      { command: "meshfront diff demo --exit-code", comment: "one cluster; exit code 2 if it differs" },
    ],
    load: async () => (await import("./diff.ts")).diff,
  },
  lookup: {
    summary: "Ask AWS for subnets, certificates and web ACLs, and write the lock files",
    words: "[cluster…]",
    options: {
      ...selectionOptions,
      check: {
        type: "boolean",
        summary: "Compare the lock files with AWS and write nothing; for a nightly job.",
      },
      profile: {
        type: "string",
        value: "NAME",
        summary: "Profile of the AWS configuration (default: AWS_PROFILE).",
      },
      timeout: {
        type: "string",
        value: "TIME",
        summary: "Time for all answers: 90, 90s or 2m (default: 60s). Exit code 6 when it is over.",
      },
      debug: { type: "boolean", summary: "Say each call to AWS with its duration; never a secret." },
    },
    details:
      "The only command that leaves the machine. Needs credentials for one AWS account, with the rights that\n`meshfront explain docs/reference/iam-policy.json` prints; regions come from the cluster files. Writes all lock files or, if a question fails,\nnone. Exit code 5: AWS said no, or nothing. With --check, exit code 4: AWS says something else.",
    examples: [
      { command: "meshfront lookup", comment: "all clusters" },
      {
        command: "meshfront lookup demo --profile prod",
        comment: "one cluster, with the credentials of a profile",
      },
      { command: "meshfront lookup --check --json", comment: "every night" },
    ],
    load: async () => (await import("./lookup.ts")).lookup,
  },
  list: {
    summary: "Show the clusters: where they are, what they run, their load balancers and labels",
    words: "[cluster…]",
    options: { ...selectionOptions },
    details:
      "A table of the cluster files, with the day on which the first certificate that AWS answered ends. A file with a mistake\nis missing there, and its problems are told. Reads the files only.",
    examples: [
      { command: "meshfront list", comment: "all clusters" },
      {
        command: "meshfront list -l region=ap-northeast-2",
        comment: "by a label; env=prod,tier!=dev by several",
      },
      { command: "meshfront list --json", comment: "for a script" },
    ],
    load: async () => (await import("./list.ts")).list,
  },
  graph: {
    summary: "Show what is rolled out in which order, and the way of a request to each host",
    takesCharts: true,
    words: "[cluster…]",
    options: {
      ...selectionOptions,
      format: {
        type: "string",
        choices: graphFormats,
        summary:
          "How to tell it: a tree of text, of one cluster a flowchart in Mermaid's language or a picture, or --json for short.",
      },
    },
    details:
      "Waves with their Applications, the gate between them and hooks; then, for each gateway, from clients through load\nbalancers, targets and pods to the Gateway, VirtualServices and Services. What a person should notice begins with `!`: hosts\nwithout a route, consoles without a log-in. Of several clusters that nobody chose it prints a table. Reads the files\nonly, and neither AWS nor a cluster.",
    examples: [
      { command: "meshfront graph demo", comment: "one cluster, as a tree" },
      { command: "meshfront graph", comment: "the fleet, as a table" },
      { command: "meshfront graph demo --format svg", comment: "a picture, for a browser" },
      { command: "meshfront graph --json", comment: "all of all clusters, for a script" },
    ],
    load: async () => (await import("./graph.ts")).graph,
  },
  report: {
    summary: "Make one HTML page of the clusters: ways, waves, findings, facts, and what a change does",
    takesCharts: true,
    words: "[cluster…]",
    options: {
      ...selectionOptions,
      out: { type: "string", value: "FILE", summary: "Write the page to FILE instead of stdout." },
      against: {
        type: "string",
        value: "REVISION",
        summary: "Also what differs from a Git revision, for example origin/main, with what follows from it.",
      },
    },
    details:
      "A page that loads nothing: for a review, an audit or a night at work, to be opened in a browser, searched, printed or sent.\nIt holds what `graph` draws, what `check` finds with explanations, the lock files with the ends of certificates, and with\n--against what `diff` says. Pictures where there are ten clusters at most. Uses neither network nor credentials.\nExit code 5: the file cannot be written, or there is no such revision.",
    examples: [
      { command: "meshfront report --out report.html", comment: "all clusters" },
      {
        command: "meshfront report demo --against origin/main --out change.html",
        comment: "one cluster, with what a branch changes",
      },
    ],
    load: async () => (await import("./report.ts")).report,
  },
  explain: {
    summary: "Say what a problem or a key of the cluster file means, why it matters and how to fix it",
    words: "[code…]",
    options: {},
    details:
      "Takes codes such as alb/subnets, as they stand in every error and warning, areas such as alb, and keys of the\ncluster file. Without a word it lists all codes. Also prints the documents that messages name, such as docs/reference/iam-policy.json.",
    examples: [
      { command: "meshfront explain alb/subnets", comment: "one problem, with an example" },
      { command: "meshfront explain alb", comment: "all codes of an area" },
      { command: "meshfront explain ingresses.services.listeners", comment: "a key: type, default, meaning" },
      { command: "meshfront explain", comment: "all codes" },
      {
        command: "meshfront explain docs/reference/iam-policy.json",
        comment: "what lookup may do in AWS",
      },
    ],
    load: async () => (await import("./explain.ts")).explain,
  },
  init: {
    summary: "Begin a project in a repository of your own, or add a cluster to it",
    beginsProject: true,
    options: {
      cluster: { type: "string", value: "NAME", summary: "Name of the cluster, and of its file." },
      region: { type: "string", value: "REGION", summary: "AWS region of the cluster." },
      repository: {
        type: "string",
        value: "URL",
        summary: "Repository that Argo CD reads (default: that of the Git remote).",
      },
      path: {
        type: "string",
        value: "PATH",
        summary: "Folder of the project in that repository (default: what Git says of this folder).",
      },
      host: {
        type: "string",
        value: "HOST",
        summary: "First host of the first front door (default: app.example.com).",
      },
      cdk8s: { type: "boolean", summary: "Also write what `cdk8s synth` needs." },
    },
    details:
      "Asks nothing and uses no network. Writes clusters/NAME.yaml with the versions of today, a lock file of examples, the\nschemas, package.json, .gitattributes, .gitignore and, where there is a .github/, a workflow; of files that are there it\nchanges nothing but to add a line that is missing. `synth` then works without AWS; `check` refuses the examples until\n`lookup` has asked AWS.",
    examples: [
      {
        command: "meshfront init --cluster prod --region eu-west-1",
        comment: "in a clone of the repository that Argo CD reads",
      },
      {
        command:
          "meshfront init --cluster stage --region eu-west-1 --repository https://github.com/example/platform.git",
        comment: "anywhere",
      },
    ],
    load: async () => (await import("./init.ts")).init,
  },
  migrate: {
    summary: "Write the cluster file of a set-up that runs already, and say what would change",
    beginsProject: true,
    words: "<file…>",
    options: {
      cluster: { type: "string", value: "NAME", summary: "Name of the cluster, and of its file." },
      region: {
        type: "string",
        value: "REGION",
        summary: "AWS region (default: what ARNs and load balancers in the files tell).",
      },
      repository: {
        type: "string",
        value: "URL",
        summary: "Repository that Argo CD reads (default: that of the project, or of the Git remote).",
      },
      "eks-name": {
        type: "string",
        value: "NAME",
        summary:
          "The load balancer controller's --cluster-name, for names of load balancers that nobody chose (default: --cluster).",
      },
      check: { type: "boolean", summary: "Write nothing: 0 equal, 2 differences, 1 refused." },
      format: {
        type: "string",
        value: "FORMAT",
        choices: ["text", "markdown"],
        summary: "How the report is printed: text (default) or markdown.",
      },
    },
    details:
      "Reads any mix, told apart by content: `terraform show -json` of a state or plan, raw state; Kubernetes manifests (YAML or\nJSON, Lists too); Helm's release Secrets; values files. Compares what synth would write with what is live, names each\ndifference with what it leads to, and each fault of what is live. Asks neither AWS nor a cluster; writes no secret.\nExit code 0: equal in effect, 2: written, with differences; 1: refused, nothing written.",
    examples: [
      {
        command: "meshfront migrate state.json --cluster prod --check",
        comment: "what it would say, from `terraform show -json > state.json`",
      },
      {
        command: "meshfront migrate live.yaml releases.yaml --cluster prod",
        comment:
          "from kubectl: ingress,service,gateway,virtualservice -A -o yaml, and secret -A -l owner=helm",
      },
    ],
    load: async () => (await import("./migrate.ts")).migrate,
  },
  upgrade: {
    summary: "Set a newer version of Istio in cluster files, one minor at a time, and show what that changes",
    words: "istio <version> [cluster…]",
    options: {
      ...selectionOptions,
      "dry-run": { type: "boolean", summary: "Show what would change, and write nothing." },
    },
    details:
      "Edits istio.version where it stands: in the cluster's own file, in defaults.yaml where all that take it from there are\nselected, otherwise a line is added to the cluster's file. Comments and order stay. Refuses a step of more than one minor and\none backwards; all files are edited or none. Then `synth`, review, commit, and roll out before the next stage.",
    examples: [
      { command: "meshfront upgrade istio 1.31.4 --dry-run", comment: "what it would change" },
      {
        command: "meshfront upgrade istio 1.31.4 -l region=ap-northeast-2",
        comment: "the clusters of a region first",
      },
    ],
    load: async () => (await import("./upgrade.ts")).upgrade,
  },
  schema: {
    summary: "Print the JSON Schema of cluster files, of defaults.yaml, or of what --json prints",
    words: "[cluster|defaults|result]",
    options: {
      write: {
        type: "boolean",
        summary: "Write all to schema/<name>.schema.json, where editors look for the first two.",
      },
    },
    details:
      "Editors complete and check clusters/*.yaml with the schema `cluster`, which is the default, and clusters/defaults.yaml\nwith `defaults`; see the first line of an example. Scripts may rely on `result`.",
    examples: [
      { command: "meshfront schema --write", comment: "beside your cluster files" },
      { command: "meshfront schema result", comment: "the documents that --json prints" },
    ],
    load: async () => (await import("./schema.ts")).schema,
  },
  completion: {
    summary: "Print a script that completes meshfront's command line in a shell",
    words: "<bash|zsh|fish>",
    options: {},
    details:
      'Completes commands, options, clusters (from clusters/*.yaml) and codes of problems, for a `meshfront` on the PATH.\nOne line installs it:\n\n- bash: `eval "$(meshfront completion bash -q)"` in ~/.bashrc\n- zsh: `eval "$(meshfront completion zsh -q)"` in ~/.zshrc, after compinit\n- fish: `meshfront completion fish -q > ~/.config/fish/completions/meshfront.fish`',
    examples: [{ command: "meshfront completion bash", comment: "to stdout" }],
    load: async () => (await import("./completion.ts")).completion,
  },
  version: {
    summary: "Print the version, and what the output is made for",
    options: {},
    details: "The versions of meshfront, Node.js, and the defaults for Istio and Argo CD.",
    examples: [{ command: "meshfront version --json", comment: "for a bug report" }],
    load: async () => (await import("./version.ts")).version,
  },
};
