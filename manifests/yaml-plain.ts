// Which strings may stand in YAML without quotes. The grammars are those of the readers that matter: the `yaml`
// package in 1.1 (cdk8s) and 1.2 mode, js-yaml, and go-yaml, which is inside kubectl and Argo CD.

/** The usual name, path or image: no space and no final colon, so no indicator of YAML can arise inside. */
const simple = /^(?![eE][-+]?[0-9]+$)[A-Za-z_/](?:[!-~]*[!-9;-~])?$/;

/** An indicator in front, `: ` or ` #` inside, a space or a colon at the end, and every line break. */
const notPlain = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-](?:$|[\t ])|:[\t ]|[\t ]#|[\t :]$|\n/;

/**
 * What only double quotes can carry. Beyond the controls: go-yaml takes U+0085, U+2028 and U+2029 for line breaks and
 * refuses U+007F, U+FFFE and U+FFFF; U+FEFF is a byte order mark. Halves of surrogate pairs match as well.
 */
export const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]/u;

const longestWord = 5;
/**
 * Words that some reader takes for null, a boolean, an infinity or a merge. `=` is the "value" type of YAML 1.1, on
 * which PyYAML fails; no reader takes other mixtures of case for a word.
 */
const words: ReadonlySet<string> = new Set(
  [
    "~ null Null NULL = <<",
    "y Y yes Yes YES n N no No NO true True TRUE false False FALSE on On ON off Off OFF",
    ".nan .NaN .NAN .inf .Inf .INF +.inf +.Inf +.INF -.inf -.Inf -.INF",
  ].flatMap((line) => line.split(" ")),
);

/** YAML 1.1 (yaml.org/type/int, /float), read as widely as the `yaml` package does: `.`, `e1`, 12:30:45, 1_000. */
const yaml11Number =
  /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|(?=[0-9.eE])(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?)$/;
/**
 * go-yaml (resolve.go) drops every underscore before it tries Go's own spellings: `0o17` (also YAML 1.2), `0XFF`, `-_1`,
 * `1e_5`; and a second sign passes behind `0b`, in its version 3 behind `0o` too.
 */
const goNumber =
  /^(?:[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)|0b[-+][01]+|0o[-+][0-7]+)$/;
/** yaml.org/type/timestamp, with months, days and zones of one or two digits. */
const timestamp =
  /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[tT]|[\t ]+)[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:\.[0-9]+)?(?:[\t ]*(?:Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$/;

/** Whether every reader takes the bare text for this very string. */
export function isPlain(text: string): boolean {
  if (text.length <= longestWord && words.has(text)) return false;
  if (simple.test(text)) return true;
  return text !== "" && !notPlain.test(text) && !unprintable.test(text) && !isNumberOrTime(text);
}

/** The long pattern is compiled where a year may stand, and nowhere else. */
const isTime = (text: string): boolean => text[4] === "-" && timestamp.test(text);

function isNumberOrTime(text: string): boolean {
  if (!/^[-+.0-9eE]/.test(text)) return false;
  return yaml11Number.test(text) || goNumber.test(text.replaceAll("_", "")) || isTime(text);
}
