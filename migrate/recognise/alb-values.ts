// Values of the controller's annotations as it reads them: lists with blanks, maps, JSON.
import { pairsOf } from "../../config/alb-grammars.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../core/json.ts";
import type { StringMap } from "./objects.ts";

export const listOf = (text: string | undefined): readonly string[] =>
  (text ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** `a=1,b=2`, a comma in a value written `\,`. */
export function mapFrom(text: string | undefined): StringMap {
  return Object.fromEntries(
    pairsOf(text ?? "").map((pair) => {
      const at = pair.indexOf("=");
      const [key, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
      return [key.trim(), value.replaceAll("\\,", ",").trim()];
    }),
  );
}

export interface Listener {
  readonly protocol: "HTTP" | "HTTPS";
  readonly port: number;
}

/** Of `[{"HTTP":80},{"HTTPS":443}]`; undefined where it cannot be read. */
export function tryReadListeners(text: string): readonly Listener[] | undefined {
  const value = tryParse(text);
  if (!isJsonArray(value)) return undefined;
  return value
    .filter(isJsonObject)
    .flatMap((entry) =>
      Object.entries(entry).flatMap(([protocol, port]) =>
        (protocol === "HTTP" || protocol === "HTTPS") && Number.isInteger(Number(port))
          ? [{ protocol, port: Number(port) } as const]
          : [],
      ),
    );
}

function tryParse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
