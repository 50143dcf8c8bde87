// `istio.version` in the text of a cluster file: only these characters change, comments and order stay. Pure.
import { isMap, isPair, isScalar, parseDocument, type YAMLMap } from "yaml";

/** The new text, or why the file has to be edited by hand. */
export type Edited = { readonly text: string } | { readonly problem: string };

/** Whether the file itself says a version. */
export const hasVersion = (text: string): boolean => {
  const istio = istioOf(text);
  return istio !== undefined && isMap(istio) && istio.has("version");
};

export function withVersion(text: string, version: string): Edited {
  const document = parseDocument(text, { keepSourceTokens: true });
  if (document.errors.length > 0 || !isMap(document.contents))
    return { problem: "it cannot be read as YAML" };
  const istio = document.contents.get("istio", true);
  if (istio === undefined) return { text: `${text.replace(/\n*$/, "\n")}istio:\n  version: ${version}\n` };
  if (!isMap(istio)) return { problem: "`istio` is an alias, or no map" };
  const pair = istio.items.find((item) => isScalar(item.key) && item.key.value === "version");
  if (pair === undefined) return insertInto(text, istio, version);
  const range = isScalar(pair.value) ? pair.value.range : undefined;
  if (range === undefined || range === null) return { problem: "`istio.version` is an alias" };
  const [start, end] = range;
  const quote = /^["']/.exec(text.slice(start, end))?.[0] ?? "";
  return { text: `${text.slice(0, start)}${quote}${version}${quote}${text.slice(end)}` };
}

function istioOf(text: string): unknown {
  const { contents } = parseDocument(text);
  return isMap(contents) ? contents.get("istio", true) : undefined;
}

/** As the first key, in the form that the map has. */
function insertInto(text: string, istio: YAMLMap, version: string): Edited {
  const [first] = istio.items;
  const start = istio.range?.[0];
  if (start === undefined) return { problem: "`istio` cannot be found in it" };
  if (istio.flow === true) {
    const isEmpty = first === undefined;
    return {
      text: `${text.slice(0, start + 1)} version: ${version}${isEmpty ? " " : ","}${text.slice(start + 1)}`,
    };
  }
  if (first === undefined || !isPair(first)) return { problem: "`istio` is empty" };
  const indentation = /[^\n]*$/.exec(text.slice(0, start))?.[0] ?? "";
  if (indentation.trim() !== "") return { problem: "`istio` begins on the line of its key" };
  return { text: `${text.slice(0, start)}version: ${version}\n${indentation}${text.slice(start)}` };
}
