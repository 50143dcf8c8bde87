import { describe, expect, it } from "vitest";
import { virtualServicesOf } from "../../config/virtual-services.ts";
import {
  type Content,
  load,
  loadFragment,
  minimalCluster,
  printed,
  printedOfRules,
} from "./minimal-cluster.ts";

const nothing = "expected a map with keys such as cluster, istio and ingresses, found";
const advice = "\n  `meshfront init` writes one to start from.";
const problem = (place: string, text: string): string => `clusters/demo.yaml:${place} error ${text}`;
const unreadable = (place: string, text: string): string => problem(place, `config/unreadable-file: ${text}`);
const syntax = (place: string, text: string): string => problem(place, `config/yaml-syntax: ${text}`);

describe("a file that is not one map", () => {
  it.each([
    ["nothing", "", "1:1", "nothing"],
    ["comments only", "# to be written\n\n# soon\n", "1:1", "nothing"],
    ["blanks only", " \n\n", "1:1", "nothing"],
    ["null", "~\n", "1:1", "nothing"],
    ["a list", "- cluster: demo\n", "1:1", "a list"],
    ["text", "cluster\n", "1:1", '"cluster"'],
    ["a number", "5\n", "1:1", "5"],
    ["a map after a separator and a comment", "# x\n---\n[]\n", "3:1", "a list"],
  ])("with %s is told what to hold", (_, content, place, found) => {
    expect(printed(load(content))).toBe(problem(place, `config/not-a-map: ${nothing} ${found}${advice}`));
  });
});

describe("bytes that are no text", () => {
  const withByte = (byte: number): Uint8Array => {
    const bytes = new TextEncoder().encode("cluster:\n  name: ?\n");
    bytes[bytes.indexOf(0x3f)] = byte;
    return bytes;
  };
  const asUtf8 = "expected UTF-8 text, found other bytes\n  Save the file as UTF-8.";

  it.each<[string, Content, string]>([
    ["invalid UTF-8 in the second line", withByte(0xff), unreadable("2:9", asUtf8)],
    ["Latin-1", withByte(0xe9), unreadable("2:9", asUtf8)],
    ["UTF-16", new Uint8Array(Buffer.from(`\ufeff${minimalCluster}`, "utf16le")), unreadable("1:1", asUtf8)],
    [
      "a NUL",
      "cluster:\n  name: de\0mo\n",
      unreadable("2:11", "expected text, found the control character U+0000\n  Remove it."),
    ],
    [
      "an escape sequence in a comment",
      "# \u001b[31mred\n",
      unreadable("1:3", "expected text, found the control character U+001B\n  Remove it."),
    ],
    [
      "a control character of the upper half",
      "# \u009b31m\n",
      unreadable("1:3", "expected text, found the control character U+009B\n  Remove it."),
    ],
    [
      "carriage returns alone",
      minimalCluster.replaceAll("\n", "\r"),
      unreadable(
        "1:9",
        "expected text, found the control character U+000D\n  Save the file with LF as line ends.",
      ),
    ],
    [
      "five megabytes",
      `${minimalCluster}# ${"x".repeat(5 * 1024 * 1024)}`,
      unreadable(
        "1:1",
        "expected a file of at most 256 KiB, found 5121 KiB\n  Split it: one small file per cluster.",
      ),
    ],
  ])("%s is named with its place", (_, content, expected) => {
    expect(printed(load(content))).toBe(expected);
  });

  it.each([
    ["a byte-order mark", `\ufeff${minimalCluster}`],
    ["CRLF", minimalCluster.replaceAll("\n", "\r\n")],
    ["tabs and emoji in comments", `${minimalCluster}#\t\u{1F600}\n`],
    ["no line break at the end", minimalCluster.trimEnd()],
    ["separators around the document", `---\n${minimalCluster}...\n`],
  ])("%s is no reason to refuse a file", (_, content) => {
    expect(printed(load(content))).toBe("");
  });
});

describe("broken YAML", () => {
  it.each([
    [
      "a tab as indentation",
      "cluster:\n\tname: x\n",
      "2:1",
      "a tab in front of a line\n  Put blanks in its place, two for each level.",
    ],
    [
      "an open list",
      "a: [\n",
      "2:1",
      "a mistake: Flow sequence in block collection must be sufficiently indented and end with a ]\n  Correct the YAML at this place.",
    ],
    [
      "an open quote",
      'a: "x\n',
      "2:1",
      'a mistake: Missing closing "quote\n  Correct the YAML at this place.',
    ],
    [
      "a second document",
      `${minimalCluster}---\n${minimalCluster}`,
      "10:1",
      "a second document\n  Keep one here, without `---` separators: one file per cluster.",
    ],
    [
      "a directive",
      "%FOO bar\n---\na: 1\n",
      "1:1",
      "a directive that means nothing here\n  Remove the line that begins with %.",
    ],
    [
      "a list as key",
      "? [a, b]\n: c\n",
      "1:3",
      "a key that is a map or a list\n  Write a name before the colon.",
    ],
  ])("%s is told at its place", (_, content, place, text) => {
    expect(printed(load(content))).toContain(syntax(place, `expected valid YAML, found ${text}`));
  });

  it.each([
    [
      "a key twice",
      `${minimalCluster}cluster: {}\n`,
      "10:1",
      'expected each key once, found "cluster" again, first at line 1\n  Keep one: otherwise the other would be lost silently.',
    ],
    [
      "a key twice in one line",
      "a: { b: 1, b: 2 }\n",
      "1:12",
      'expected each key once, found "b" again, first at line 1\n  Keep one: otherwise the other would be lost silently.',
    ],
    [
      "a key once as number and once as text",
      'a: { 1: x, "1": y }\n',
      "1:12",
      'expected each key once, found "1" again, first at line 1\n  Keep one: otherwise the other would be lost silently.',
    ],
    [
      "YAML 1.1",
      `%YAML 1.1\n---\n${minimalCluster}`,
      "1:1",
      "expected valid YAML, found a directive that means nothing here\n  Remove the line that begins with %.",
    ],
    [
      "a tag",
      "a: !Ref x\n",
      "1:9",
      'expected a value without a tag, found "!Ref"\n  Write the value itself.',
    ],
    [
      "binary",
      "a: !!binary aGk=\n",
      "1:13",
      'expected a value without a tag, found "!!binary"\n  Write the value itself.',
    ],
    [
      "a set",
      "a: !!set { x }\n",
      "1:10",
      'expected a value without a tag, found "!!set"\n  Write the value itself.',
    ],
  ])("%s is refused", (_, content, place, text) => {
    expect(printed(load(content))).toBe(syntax(place, text));
  });

  it("of an unresolved merge is one problem", () => {
    const content = `${minimalCluster}<<<<<<< HEAD\nrouts: []\n=======\nroutes: []\n>>>>>>> feature\n`;
    expect(printed(load(content))).toBe(
      syntax("10:1", "expected valid YAML, found the markers of a merge conflict\n  Resolve the conflict."),
    );
  });

  it("is told completely", () => {
    expect(printed(load("a: { x: 1, x: 2 }\nb: !Ref y\na: 3\n"))).toBe(
      [
        syntax(
          "1:12",
          'expected each key once, found "x" again, first at line 1\n  Keep one: otherwise the other would be lost silently.',
        ),
        syntax("2:9", 'expected a value without a tag, found "!Ref"\n  Write the value itself.'),
        syntax(
          "3:1",
          'expected each key once, found "a" again, first at line 1\n  Keep one: otherwise the other would be lost silently.',
        ),
      ].join("\n"),
    );
  });
});

describe("anchors and aliases", () => {
  it("may repeat a door, and `<<` may vary it", () => {
    const result =
      load(`${minimalCluster.replace("services:", "services: &door")}    tags: &tags { team: a, cost: b }
  more:
    <<: *door
    hosts: [more.example.com]
    tags: { <<: [{ team: c }, *tags], stage: d }
`);
    expect(printed(result)).toBe("");
    expect(result.clusters[0]?.config.ingresses[0]).toMatchObject({
      key: "more",
      hosts: ["more.example.com"],
      certificates: [{ domain: "app.example.com" }],
      tags: { team: "c", cost: "b", stage: "d" },
    });
  });

  it("do not hide where a mistake stands", () => {
    const text = `
      ingresses:
        services: &door
          hosts: [app.example.com]
          certificate: { domain: app.example.com }
          scheme: publik
        more: { <<: *door, hosts: [MORE.example.com] }
        most: *door
    `;
    const places = loadFragment(text).problems.map(({ line, column, path }) => [`${line}:${column}`, path]);
    expect(places).toEqual([
      ["3:13", "ingresses.services.hosts[0]"], // that of `most` as well
      ["5:5", "ingresses.services.scheme"],
      ["5:5", "ingresses.more.scheme"],
      ["5:5", "ingresses.most.scheme"],
      ["6:30", "ingresses.more.hosts[0]"],
    ]);
  });

  it("point into the first of several merged maps that has the key", () => {
    const text = `
      ingresses:
        services:
          tags: &a { team: 1 }
          attributes: &b { team: x, other: y }
        more:
          tags: { <<: [*a, *b] }
    `;
    const places = loadFragment(text).problems.map(({ line, column, path }) => `${line}:${column} ${path}`);
    expect(places).toContain("3:16 ingresses.more.tags.team");
  });

  it("that explode are stopped before they do", () => {
    const nine = (item: string): string => `[${Array(9).fill(item).join(", ")}]`;
    const lines = ["x", "*a", "*b", "*c", "*d", "*e"].map(
      (item, index) => `${"abcdef"[index]}: &${"abcdef"[index]} ${nine(item)}`,
    );
    expect(printed(load(lines.join("\n")))).toBe(
      problem(
        "5:28",
        "config/too-large: expected at most 50000 values, each alias counted as what it stands for, found more\n  Split the file, or use fewer aliases.",
      ),
    );
  });

  it("that merge a large map again and again are stopped before they do", () => {
    const keys = Array.from({ length: 500 }, (_, index) => `k${index}: 1`);
    const text = `a: &a { ${keys.join(", ")} }\nb:\n${"- { <<: *a }\n".repeat(1_000)}`;
    expect(load(text).problems.map(({ code, line }) => `${line} ${code}`)).toEqual(["101 config/too-large"]);
  });

  it("stand for the last anchor above them that has their name", () => {
    const text = `
      ingresses:
        services: { tags: &a { team: &b x, part: *b }, attributes: { k: &b y } }
        more: { hosts: [more.example.com], certificate: { domain: more.example.com }, tags: *a }
        most: { hosts: [most.example.com], certificate: { domain: most.example.com }, tags: { part: *b } }
    `;
    const doors = loadFragment(text).clusters[0]?.config.ingresses ?? [];
    expect(Object.fromEntries(doors.map(({ key, tags }) => [key, tags.part]))).toEqual({
      services: "x",
      more: "x",
      most: "y",
    });
  });

  it.each([
    [
      "stands in its own anchor",
      "a: &a\n  b: *a\n",
      "2:6",
      'expected an alias of something complete, found "*a" inside its own anchor\n  Write the value out.',
    ],
    [
      "merges its own anchor",
      "a: &a\n  <<: *a\n",
      "2:7",
      'expected an alias of something complete, found "*a" inside its own anchor\n  Write the value out.',
    ],
    [
      "has no anchor",
      "hosts: *.example.com\n",
      "1:8",
      'expected an anchor above its alias, found none for "*.example.com"\n  Define it, or put text that begins with * in quotes.',
    ],
    [
      "merges a list",
      "a: &a [1]\nb: { <<: *a }\n",
      "2:10",
      "expected a map, an alias of one or a list of these after <<, found something else\n  Merge maps.",
    ],
  ])("one that %s is refused", (_, content, place, text) => {
    expect(printed(load(content))).toBe(syntax(place, text));
  });
});

describe("nesting", () => {
  const tooDeep = "config/too-deep: expected at most 64 levels of maps and lists, found more\n  Flatten it.";
  const maps = (levels: number): string => `${"{ a: ".repeat(levels)}1${" }".repeat(levels)}`;

  it("of 64 levels is taken", () => {
    expect(printedOfRules(loadFragment(`istio: { istiod: { values: ${maps(61)} } }`))).toBe("");
    expect(printed(loadFragment(`istio: { istiod: { values: ${maps(62)} } }`))).toContain(tooDeep);
  });

  it.each([
    ["maps in flow style", `a: ${maps(3000)}\n`],
    ["lists in flow style", `a: ${"[".repeat(3000)}${"]".repeat(3000)}\n`],
    ["open lists", "[".repeat(5000)],
    ["lists in block style", `${"- ".repeat(5000)}a\n`],
    ["maps in block style", Array.from({ length: 400 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
    [
      "aliases of aliases",
      `a0: &a0 { x: 1 }\n${Array.from({ length: 90 }, (_, n) => `a${n + 1}: &a${n + 1} { x: *a${n} }\n`).join("")}`,
    ],
  ])("of thousands of levels is one clear error: %s", (_, content) => {
    const { problems } = load(content);
    expect(problems.map(({ code }) => code)).toEqual(["config/too-deep"]);
    expect(printed(load(content))).toContain(tooDeep);
  });
});

describe("values that are no plain data", () => {
  const unsafe = (place: string, text: string): string => problem(place, `config/unsafe-value: ${text}`);
  const reserved = (key: string): string =>
    `expected another key, found ${key}, a name of JavaScript's own\n  Rename the key.`;
  const inexact = (text: string): string =>
    `expected a number that every program reads alike, found "${text}"\n  Put it in quotes if it is text, or write a smaller number.`;

  it.each([
    ["at the root", "__proto__: { a: 1 }", unsafe("1:1", reserved("__proto__"))],
    ["beside known keys", "cluster: { constructor: x }", unsafe("1:12", reserved("constructor"))],
    ["as a door", "ingresses: { constructor: {} }", unsafe("1:14", reserved("constructor"))],
    [
      "in free maps",
      "ingresses: { services: { tags: { __proto__: x } } }",
      unsafe("1:34", reserved("__proto__")),
    ],
    [
      "where cdk8s would stop at it",
      "hook: { nodeSelector: { constructor: x } }",
      unsafe("1:25", reserved("constructor")),
    ],
    [
      "deep in Helm values",
      "istio: { istiod: { values: { env: [{ constructor: 1 }] } } }",
      unsafe("1:38", reserved("constructor")),
    ],
    [
      "in quotes",
      'gateways: { ingress: { values: { labels: { "__proto__": a } } } }',
      unsafe("1:44", reserved("__proto__")),
    ],
  ])("reserved keys are refused %s", (_, text, expected) => {
    expect(printed(loadFragment(text))).toBe(expected);
  });

  it("other names of JavaScript's own are keys like any other", () => {
    const keys = "{ toString: a, hasOwnProperty: b, valueOf: c, prototype: d }";
    expect(printed(loadFragment(`gateways: { ingress: { values: { labels: ${keys} } } }`))).toBe("");
  });

  it.each([
    ["infinity", "traceSampling: .inf", unsafe("1:45", inexact(".inf"))],
    ["not a number", "traceSampling: .nan", unsafe("1:45", inexact(".nan"))],
    [
      "more digits than a number has",
      "env: { ID: 12345678901234567890 }",
      unsafe("1:41", inexact("12345678901234567890")),
    ],
    [
      "an escaped NUL",
      'env: { A: "x\\0y" }',
      unsafe("1:40", 'expected text without control characters, found U+0000 in "x\\u0000y"\n  Remove it.'),
    ],
    [
      "half a character",
      'env: { A: "x\\ud83d" }',
      unsafe("1:40", 'expected text without control characters, found U+D83D in "x\\ud83d"\n  Remove it.'),
    ],
    [
      "a control character in a key",
      'env: { "A\\e": x }',
      unsafe("1:37", 'expected text without control characters, found U+001B in "A\\u001b"\n  Remove it.'),
    ],
  ])("%s is refused", (_, values, expected) => {
    expect(printed(loadFragment(`istio: { istiod: { values: { ${values} } } }`))).toBe(expected);
  });

  it("line breaks, tabs and emoji are text", () => {
    expect(printed(loadFragment('istio: { istiod: { values: { env: { A: "a\\n\\tb \u{1F600}" } } } }'))).toBe(
      "",
    );
  });

  it("do not keep other mistakes back, and are not told twice", () => {
    const text = `
      cluster: { name: "de\\0mo", regoin: x }
      ingresses: { services: { name: internal-x } }
    `;
    expect(loadFragment(text).problems.map(({ code }) => code)).toEqual([
      "config/unsafe-value",
      "config/unknown-key",
      "alb/name-grammar",
    ]);
  });
});

describe("unquoted Helm values that YAML 1.1 reads differently", () => {
  it.each([
    ["no", "false"],
    ["On", "true"],
    ["y", "true"],
    ["0755", "an octal number"],
    ["1_000", "a number"],
    ["0b11", "a number"],
    ["0o17", "text in one version and a number in the other"],
    ["1e3", "text in one version and a number in the other"],
    ["22:30:15", "a number to the base 60"],
    ["2026-11-22", "a date"],
    ["2026-11-22T10:00:00Z", "a date"],
  ])("%s is refused, and taken in quotes", (text, reading) => {
    const values = (value: string): string => `istio: { istiod: { values: { env: { A: [x, ${value}] } } } }`;
    expect(printed(loadFragment(values(text)))).toBe(
      problem(
        "1:44",
        `config/ambiguous-scalar: expected a value that every YAML reader takes alike, found ${text}, which YAML 1.1 (Helm) reads as ${reading}\n  Quote it for text ("${text}"), or write true, false or a decimal number.`,
      ),
    );
    expect(printed(loadFragment(values(`"${text}"`)))).toBe("");
  });

  it.each(["true", "false", "10", "0", "-1", "1.5", "0x1F", "yesterday", "12:30:99x", "1.31.1"])(
    "%s is taken",
    (text) => {
      expect(printed(loadFragment(`istio: { istiod: { values: { env: { A: ${text} } } } }`))).toBe("");
    },
  );

  it("are text where meshfront alone reads them", () => {
    expect(printed(loadFragment("ingresses: { services: { tags: { since: 2026-11-22, owner: no } } }"))).toBe(
      "",
    );
  });
});

it("labels of the gateway that are no text, and cannot become one, are told", () => {
  const text = "gateways: { ingress: { values: { labels: { a: { toString: null }, b: [{}], c: 1 } } } }";
  expect(loadFragment(text).problems.map(({ code }) => code)).toContain("istio/null-value");
});

describe("very long text", () => {
  it("is shown in part", () => {
    const long = "x".repeat(30_000);
    const key = long.slice(0, 1000); // YAML's own limit is 1024
    const text = `
      cluster: { name: ${long} }
      ${key}: 1
      ingresses: { services: { name: ${long}, annotations: { ${key}: x }, hosts: ["${long}"] } }
    `;
    const { problems } = loadFragment(text);
    expect(problems.map(({ code }) => code).sort()).toEqual([
      "alb/annotation",
      "alb/name-grammar",
      "config/invalid-value",
      "config/invalid-value",
      "config/unknown-key",
    ]);
    for (const { message, path } of problems) expect(`${message}${path}`.length).toBeLessThan(400);
  });
});

// A time limit of the test runner ends these where work grows with the square of the input.
describe("thousands of entries in a file of legal size", () => {
  const lines = (count: number, line: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => `${line(index)}\n`).join("");

  it.each([
    ["unknown keys", `${minimalCluster}${lines(4000, (index) => `unknown${index}: 1`)}`, 4000],
    ["keys twice", `a: 1\n${lines(4000, () => "a: 1")}`, 4000],
    [
      "bad hosts",
      `gateways:\n  ingress:\n    hosts:\n${lines(4000, (index) => `    - H${index}.example.com`)}`,
      4003,
    ],
    [
      "good hosts",
      `${minimalCluster}  more:\n    certificate: { domain: a.example }\n    hosts:\n${lines(4000, (index) => `    - h${index}.example.com`)}`,
      1, // a warning: so many rules are more than the default quota
    ],
    ["aliases of one map", `a: &a { x: 1 }\nb:\n${lines(4000, () => "- *a")}`, 5],
  ])("%s are all judged", (_, content, problems) => {
    expect(load(content).problems).toHaveLength(problems);
  });

  const routes = (count: number, path: (index: number) => string): string =>
    `routes:\n${lines(
      count,
      (index) =>
        `  - { name: r${index}, hosts: [app.example.com], ingress: services, service: { name: s, namespace: n, port: 80 }${path(index)} }`,
    )}`;

  it("routes of one path are one finding, and a short one", () => {
    const { problems } = loadFragment(routes(2200, () => ""));
    expect(problems.map(({ code }) => code)).toEqual(["istio/route-overlap"]);
    expect(JSON.stringify(problems).length).toBeLessThan(1000);
  });

  it("routes of many paths on one host are one VirtualService", () => {
    const { problems, clusters } = loadFragment(routes(2000, (index) => `, path: /r${index}`));
    expect(problems).toEqual([]);
    const services = clusters.flatMap(({ config }) =>
      config.gateways.flatMap((gateway) => virtualServicesOf(config, gateway)),
    );
    expect(services.map(({ name, routes: all }) => [name, all.length])).toEqual([["r0", 2000]]);
  });

  it("routes with hosts in common are one finding, and a short one", () => {
    const hosts = Array.from({ length: 60 }, (_, index) => `h${index}.example.com`);
    const text = `ingresses: { services: { hosts: [${hosts}], certificate: { domain: "*.example.com" } } }\nroutes:\n${lines(
      1500,
      (index) =>
        `  - { name: r${index}, hosts: [${hosts[index % 60]}, ${hosts[(index + 1) % 60]}], ingress: services, service: { name: s, namespace: n, port: 80 }, path: /r${index} }`,
    )}`;
    const { problems } = loadFragment(text);
    expect(problems.map(({ code }) => code)).toEqual(["istio/route-hosts-shared"]);
    expect(JSON.stringify(problems).length).toBeLessThan(2000);
  });
});

it("a wrong key hides no name that is not the file's", () => {
  const codes = load(`${minimalCluster.replace("name: demo", "name: other")}istoi: {}\n`).problems.map(
    ({ code }) => code,
  );
  expect(codes).toEqual(expect.arrayContaining(["config/unknown-key", "cluster/file-name"]));
  const missing = load(minimalCluster.replace("  name: demo\n", "")).problems.map(({ code }) => code);
  expect(missing).toEqual(["config/missing-key"]);
});
