// File systems that cannot be written, or not enough: mounted in a namespace of the test's own, which ends with it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { makeProject, readTree, type Tree } from "../manifests/output-tree.ts";
import { binary, goldenProject, newProject } from "./program.ts";

/** Runs a script as root of a namespace of mounts of its own. `$MOUNT` is a folder to mount on. */
function inNamespace(script: string, project: string, mount = makeProject()) {
  const env = { PATH: process.env.PATH, MOUNT: mount, PROJECT: project, NODE: process.execPath, CLI: binary };
  const options = { env, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync("unshare", ["-rm", "sh", "-euc", script], options);
  return { status, lines: (stdout ?? "").trim().split("\n"), stderr };
}

const canMount =
  inNamespace('mount -t tmpfs tmpfs "$MOUNT" && mount -o remount,ro "$MOUNT"', "", tmpdir()).status === 0;
const why = canMount ? "" : " (skipped: this user may not mount in a namespace of its own)";

/** Runs meshfront in `$MOUNT`, its streams together on stdout, and prints the exit code on a line of its own. */
const meshfront = `meshfront() { code=0; (cd "$MOUNT" && "$NODE" "$CLI" "$@" 2>&1) || code=$?; echo "exit code $code"; }`;

describe.skipIf(!canMount)(`a read-only file system${why}`, () => {
  const readOnly = `${meshfront}
    mount -t tmpfs tmpfs "$MOUNT"; cp -r "$PROJECT/." "$MOUNT"; mount -o remount,ro "$MOUNT"`;

  it("is checked like any other, and is good enough for a synth that has nothing to write", () => {
    const { lines } = inNamespace(`${readOnly}; meshfront check -q; meshfront synth -q`, goldenProject());
    expect(lines).toEqual(["exit code 0", "exit code 0"]);
  });

  it.each([
    ["with an output that is stale", `rm "$PROJECT/dist/demo/gateway/gateway.yaml"`, goldenProject],
    ["without any output", "true", newProject],
  ])("%s stops synth with exit code 5 and the reason", (_, change, project) => {
    const { lines } = inNamespace(`${change}; ${readOnly}; meshfront synth`, project());
    expect(lines.at(-1)).toBe("exit code 5");
    expect(lines[0]).toMatch(
      /^dist\S* error output\/disk: cannot use dist\S*: EROFS: read-only file system, /,
    );
    expect(lines[1]).toContain(
      "The file system is mounted read-only: run meshfront where the checkout is writable.",
    );
  });

  it("stops schema --write with exit code 5 and the reason", () => {
    const { lines } = inNamespace(`${readOnly}; meshfront schema --write`, newProject());
    expect(lines[0]).toMatch(/^schema\/cluster\.schema\.json error output\/disk: .*EROFS/);
    expect(lines.at(-1)).toBe("exit code 5");
  });
});

describe.skipIf(!canMount)(`a disk that is full${why}`, () => {
  /** A run on `kibibytes`, what it left behind, then more space, another run and a check. */
  const script = (kibibytes: number): string => `${meshfront}
    mount -t tmpfs -o size=${kibibytes}k tmpfs "$MOUNT"; cp -r "$PROJECT/." "$MOUNT"
    meshfront synth; (cd "$MOUNT"; find dist argocd -type f -exec sha256sum {} + 2>/dev/null || true)
    mount -o remount,size=8m "$MOUNT"; meshfront synth -q; meshfront check -q`;

  const hashesOf = (tree: Tree): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(tree).map(([path, text]) => [
        path,
        createHash("sha256").update(text, "latin1").digest("hex"),
      ]),
    );

  it.each([32, 64, 80, 92])(
    "at %d KiB stops synth with exit code 5; each file is whole; more space and another run finish it",
    (kibibytes) => {
      const { lines } = inNamespace(script(kibibytes), newProject());
      expect(lines.slice(-2)).toEqual(["exit code 0", "exit code 0"]);
      expect(lines[0]).toMatch(/ error output\/disk: cannot use \S+: ENOSPC: no space left on device/);
      expect(lines[1]).toMatch(
        /^ {2}Free space on this disk .* Running meshfront synth again is safe and does the rest\.$/,
      );
      expect(lines[3]).toBe("exit code 5");
      const whole = hashesOf(readTree(goldenProject()));
      // What was begun is under a temporary name: the next run, after which `check` is clean, removes it.
      for (const line of lines.slice(4, -2).filter((each) => !each.endsWith(".meshfront-tmp"))) {
        const [hash, path = ""] = line.split(/ +/);
        expect({ path, hash }).toEqual({ path, hash: whole.get(path) });
      }
    },
  );
});
