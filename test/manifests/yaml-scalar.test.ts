import { describe, expect, it } from "vitest";
import { emitDocument } from "../../manifests/yaml.ts";
import { libraries } from "./yaml-readers.ts";

/** The text after `a:` where `text` is the value; every library must read it back. */
function written(text: string): string {
  const yaml = emitDocument({ a: text });
  for (const { read } of libraries) expect(read(yaml)).toEqual({ a: text });
  return yaml.slice("a: ".length, -1);
}

describe("a string is plain", () => {
  it.each([
    ["a name", "istio-ingress"],
    ["a path", "/healthz/ready"],
    ["a URL", "https://charts.example.com/istio#main"],
    ["an ARN", "arn:aws:acm:eu-central-1:111122223333:certificate/0a1b"],
    ["an image", "example.com/proxyv2:1.29.2@sha256:0a1b"],
    ["a version", "1.29.2"],
    ["a quantity", "128Mi"],
    ["a duration", "10s"],
    ["an address range", "10.0.0.0/8"],
    ["a sentence", "idle timeout of 60 seconds, in all zones"],
    ["a list of attributes", "routing.http2.enabled=true,idle_timeout.timeout_seconds=60"],
    ["an indicator that is followed by text", "-a"],
    ["a question mark or a colon that is followed by text", "?a:b"],
    ["a document marker that is not at the margin", "---"],
    ["text in another alphabet, and above U+FFFF", "naïve 日本 😀"],
    ["a word in a mixture of case that no reader knows", "yEs"],
    ["a tab inside", "a\tb"],
    ["a sign without digits", "+"],
  ])("where it is %s", (_, text) => {
    expect(written(text)).toBe(text);
  });

  it("and is never folded, however long", () => {
    expect(written("long line ".repeat(500).trim())).not.toContain("\n");
    expect(written(`${"long line ".repeat(500)}\nnext`).split("\n")).toHaveLength(3);
  });
});

describe("a string is in double quotes", () => {
  it.each([
    ["empty", ""],
    ["a boolean of YAML 1.1", "y", "Yes", "NO", "on", "Off", "true", "FALSE"],
    ["null", "~", "null", "Null", "NULL"],
    [
      "an integer",
      "443",
      "-1",
      "+7",
      "0755",
      "089",
      "1_000",
      "0x1F",
      "0b101",
      "0o17",
      "0O17",
      "0XFF",
      "-0b1",
    ],
    ["a float", "1.10", ".5", "5.", "1e3", "1E-3", "e1", ".", "-.", "1_0.5", ".inf", "-.INF", ".NaN"],
    ["a number once Go has dropped the underscores", "-_1", "1e_5", "0_x1f", "+_.5", "0b-1", "0o+7"],
    ["a sexagesimal", "12:30:45", "1:59", "190:20:30.15"],
    [
      "a date or a time stamp",
      "2001-12-14",
      "2001-1-1",
      "2001-12-14t21:59:43.10-05:00",
      "2001-12-14 21:59:43.10 -5",
    ],
    ["a merge key or the value type", "<<", "="],
    ["led by an indicator", "- a", "-", "? a", "?", ":", "#a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a"],
    ["led by a bracket, brace, comma or single quote", "[a", "]", "{{ .Values }}", "}", ",a", "'a'"],
    ["holding a colon or hash with a space", "a: b", "a #b", "a:", "a:\tb"],
    ["spaced at an end", " a", "a ", "\ta", "a\t"],
  ])("where it is %s", (_, ...texts) => {
    for (const text of texts) expect(written(text)).toBe(JSON.stringify(text));
  });

  it.each([
    ["\0", '"\\u0000"'],
    ["a\x01b", '"a\\u0001b"'],
    ["\x07\b\v\f\r\x1b", '"\\u0007\\b\\u000b\\f\\r\\u001b"'],
    ["a\x7fb\x80", '"a\\u007fb\\u0080"'],
    ["\x85\u2028\u2029", '"\\u0085\\u2028\\u2029"'],
    ["\ufeffa\ufffe\uffff", '"\\ufeffa\\ufffe\\uffff"'],
    ["\"'\\ \x01", '"\\"\'\\\\ \\u0001"'],
  ])("with escapes for what YAML does not print: %j", (text, expected) => {
    expect(written(text)).toBe(expected);
  });
});

it("a string with double quotes and no single ones, that cannot be plain, is in single quotes", () => {
  expect(written('[{"HTTP": 80}, {"HTTPS": 443}]')).toBe(`'[{"HTTP": 80}, {"HTTPS": 443}]'`);
  expect(written('{"it\'s": 1}')).toBe('"{\\"it\'s\\": 1}"');
  expect(written('say "a"')).toBe('say "a"');
  expect(written('"\x01')).toBe('"\\"\\u0001"');
});

describe("text of several lines is a literal block", () => {
  it.each([
    [
      "clipped, where it ends with one line break",
      "if x then\n\treturn\nend\n",
      "|\n  if x then\n  \treturn\n  end",
    ],
    ["stripped, where it ends without one", "a\nb", "|-\n  a\n  b"],
    ["kept, where it ends with blank lines", "a\n\n\n", "|+\n  a\n\n"],
    ["kept, where it ends with a line of spaces", "a\n  \n", "|+\n  a\n    "],
    ["with its indentation, where it starts with a space", "  a\nb\n", "|2\n    a\n  b"],
    ["with its indentation, where blank lines and then a space come first", "\n a", "|2-\n  \n   a"],
    ["with blank lines empty, except a first one", "\na\n\nb\n", "|\n  \n  a\n\n  b"],
    ["with spaces at line ends kept", "a \nb ", "|-\n  a \n  b "],
    [
      "with indicators and document markers as they are",
      "---\n# a: |\n...\n%b\n",
      "|\n  ---\n  # a: |\n  ...\n  %b",
    ],
    ["even where it is line breaks only", "\n\n", "|+\n  \n"],
  ])("%s", (_, text, expected) => {
    expect(written(text)).toBe(expected);
  });

  it("in lists and maps at every depth, to its own indentation", () => {
    const text = emitDocument({ a: [{ b: " x\ny\n" }, [["p\nq"]]] });
    expect(text).toBe("a:\n  - b: |2\n       x\n      y\n  - - - |-\n        p\n        q\n");
  });
});

describe("text of several lines falls back to double quotes", () => {
  it.each([
    ["where a reader would change its carriage returns", "a\r\nb\r\n", '"a\\r\\nb\\r\\n"'],
    ["where it holds a control character", "a\x01\nb", '"a\\u0001\\nb"'],
    ["where it holds a line break that only some readers know", "a\nb\u2028c", '"a\\nb\\u2028c"'],
    ["where a tab comes first, which go-yaml takes for indentation", "\ta\nb", '"\\ta\\nb"'],
    ["where a tab comes first after blank lines", "\n\ta", '"\\n\\ta"'],
    ["where it is nothing but spaces and line breaks", " \n", '" \\n"'],
    ["where its last line is spaces without a line break", "a\n ", '"a\\n "'],
  ])("%s", (_, text, expected) => {
    expect(written(text)).toBe(expected);
  });
});
