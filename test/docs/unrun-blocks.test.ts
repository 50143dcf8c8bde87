// The blocks that no test carries out, because they need AWS, a cluster, Helm or GitHub: as far as one can tell from here,
// they are right.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { commands, commonOptions } from "../../commands/table.ts";
import { demoTree } from "../commands/program.ts";
import { makeProject } from "../manifests/output-tree.ts";
import { type Page, readPage, readPages } from "./pages.ts";

interface Block {
  readonly file: string;
  /** Whether commands.test.ts, or a test below, carries it out. */
  readonly isRun: boolean;
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = readPages().flatMap(blocksOf);

/** All fenced blocks, also those that are indented in a list. */
function blocksOf({ file, text }: Page): readonly Block[] {
  return [...text.matchAll(/^(<!-- .* -->\n)?( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].map(
    ([, mark, indentation = "", language = "", body = ""]) => ({
      file,
      isRun: mark !== undefined,
      language,
      text: body.replaceAll(new RegExp(`^${indentation}`, "gm"), ""),
    }),
  );
}

const of = (...languages: readonly string[]) => blocks.filter(({ language }) => languages.includes(language));

describe("a block of a document", () => {
  // rules.md shows what YAML readers refuse; CHANGELOG.md has two files side by side.
  const yaml = of("yaml").filter(({ file }) => !["docs/reference/rules.md", "CHANGELOG.md"].includes(file));

  test("in YAML can be read", () => {
    const errors = yaml.flatMap(({ file, text }) =>
      [...parseAllDocuments(text)].flatMap((document) =>
        document.errors.map(({ message }) => `${file}: ${message}`),
      ),
    );
    expect(errors).toEqual([]);
    expect(yaml.length).toBeGreaterThan(30);
  });

  test("in JSON can be read", () => {
    expect(of("json").filter(({ text }) => JSON.parse(text) === null)).toEqual([]);
  });

  test("calls meshfront with commands and options that there are", () => {
    const calls = of("sh", "yaml").flatMap(({ file, text }) =>
      [...text.matchAll(/npx (?:--no-install )?meshfront ([^\n#|&>)`]*)/g)].map(([, words = ""]) => ({
        file,
        words: words.trim().split(/\s+/),
      })),
    );
    expect(calls.length).toBeGreaterThan(60);
    expect(calls.filter(({ words }) => !isCall(words)).map(({ file, words }) => ({ file, words }))).toEqual(
      [],
    );
  });
});

/** What the commands need that no test of documents has. */
const outside: Readonly<Record<string, RegExp>> = {
  "a cluster": /\b(?:kubectl|argocd|helm) /,
  "an account of AWS": /\baws |\bmeshfront lookup\b/,
  "a load balancer": /\bcurl /,
  "files from a cluster": /\bmeshfront migrate\b/,
  "the registry of packages": /\bnpm /,
  "another program in package.json": /\bgit add package\.json /,
};

test("a block of commands is carried out, or calls what no test has", () => {
  const unrun = of("sh").filter(({ isRun }) => !isRun);
  const needless = unrun.filter(({ text }) => !Object.values(outside).some((needs) => needs.test(text)));
  expect(needless).toEqual([]);
  expect(unrun.length).toBeGreaterThan(20);
});

function isCall([name = "", ...words]: readonly string[]): boolean {
  const command = commands[name];
  if (command === undefined) return false;
  const known = Object.keys({ ...commonOptions, ...command.options });
  return words
    .filter((word) => word.startsWith("--"))
    .every((word) => known.includes(word.slice(2).replace(/=.*/, "")));
}

test("what argocd-by-helm.md makes of argocd-cm.yaml is a chart's values with the same keys", () => {
  const { text } = readPage("docs/how-to/argocd-by-helm.md");
  const [, script = ""] = /<!-- makes the values -->\n```sh\n(.*?)```/s.exec(text) ?? [];
  const tree = demoTree();
  const folder = makeProject(tree);
  execFileSync("sh", ["-e", "-c", script], { cwd: folder });
  const values = readFileSync(join(folder, "argocd-values.yaml"), "utf8");
  const { data } = parse(String(tree["argocd/argocd-cm.yaml"]));
  expect(parse(values)).toEqual({ configs: { cm: data } });
  expect(Object.keys(data)).toHaveLength(3);
});

test("the nightly workflow asks for an identity, and takes its roles from the matrix", () => {
  const [workflow] = of("yaml").filter(({ text }) => text.startsWith("name: meshfront lookup\n"));
  const { permissions, jobs } = parse(workflow?.text ?? "");
  expect(permissions).toEqual({ contents: "read", "id-token": "write" });
  const used = JSON.stringify(jobs.lookup.steps).match(/matrix\.(\w+)/g) ?? [];
  expect([...new Set(used)].sort()).toEqual(
    Object.keys(jobs.lookup.strategy.matrix.include[0])
      .map((key) => `matrix.${key}`)
      .sort(),
  );
});
