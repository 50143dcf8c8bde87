// OpenTofu and the kubectl provider, real ones, built once from the Go module proxy into a folder outside of Git. A cold build
// takes some twelve minutes on two cores; only migrate.e2e.ts asks for it.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findOrInstallGo, Unavailable } from "../../tools/go-toolchain.mjs";

const MODULES = fileURLToPath(new URL("opentofu/", import.meta.url));
const CACHE = fileURLToPath(new URL("../../.cache/e2e/", import.meta.url));
const PROVIDER = "registry.opentofu.org/gavinbunney/kubectl/1.19.0";

/** Program -> its module below opentofu/, its package, and where it stands in the cache. */
const PROGRAMS = {
  provider: {
    path: "github.com/gavinbunney/terraform-provider-kubectl",
    file: `mirror/${PROVIDER}/${process.platform}_${process.arch === "x64" ? "amd64" : process.arch}/terraform-provider-kubectl_v1.19.0`,
  },
  tofu: { path: "github.com/opentofu/opentofu/cmd/tofu", file: "tofu" },
} as const;

export interface OpenTofu {
  readonly program: string;
  /** Names the folder that providers come from: nothing is downloaded. */
  readonly cliConfig: string;
}

/** A text: why there is none on this machine. */
export async function findOrBuildOpenTofu(progress: (line: string) => void): Promise<OpenTofu | string> {
  const folder = join(CACHE, `opentofu-${cacheKey()}`);
  mkdirSync(folder, { recursive: true });
  try {
    for (const [module, { path, file }] of Object.entries(PROGRAMS)) {
      if (existsSync(join(folder, file))) continue;
      const go = await findOrInstallGo({ folder: join(MODULES, module), progress });
      const flags = ["-trimpath", "-buildvcs=false", "-ldflags", "-s -w"];
      await go(`building ${module}`, ["build", ...flags, "-o", join(folder, file), path]);
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return error.message;
  }
  const cliConfig = join(folder, "cli.tfrc");
  const mirror = `filesystem_mirror {\n    path = ${JSON.stringify(join(folder, "mirror"))}\n  }`;
  writeFileSync(cliConfig, `provider_installation {\n  ${mirror}\n}\n`);
  return { program: join(folder, PROGRAMS.tofu.file), cliConfig };
}

function cacheKey(): string {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const module of Object.keys(PROGRAMS))
    for (const file of ["go.mod", "go.sum"]) hash.update(readFileSync(join(MODULES, module, file)));
  return hash.digest("hex").slice(0, 16);
}

/** A root module in a folder of its own, against one cluster. */
export class TofuProject {
  readonly folder: string;
  readonly #tofu: OpenTofu;
  readonly #kubeconfig: string;

  constructor(tofu: OpenTofu, folder: string, kubeconfig: string) {
    mkdirSync(folder, { recursive: true });
    this.folder = folder;
    this.#tofu = tofu;
    this.#kubeconfig = kubeconfig;
  }

  /** Standard output, whatever the exit code; `-detailed-exitcode` has one of its own. */
  async run(...words: readonly string[]): Promise<{ readonly stdout: string; readonly code: number }> {
    const env = {
      ...process.env,
      TF_CLI_CONFIG_FILE: this.#tofu.cliConfig,
      KUBE_CONFIG_PATH: this.#kubeconfig,
      TF_IN_AUTOMATION: "1",
    };
    const options = { cwd: this.folder, env, maxBuffer: 64 * 1024 * 1024 };
    try {
      const { stdout } = await promisify(execFile)(this.#tofu.program, words, options);
      return { stdout, code: 0 };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }; // of execFile
      if (code === 2 && words.includes("-detailed-exitcode")) return { stdout, code };
      throw new Error(`tofu ${words.join(" ")}: exit code ${code}\n${stdout}\n${stderr}`);
    }
  }
}
