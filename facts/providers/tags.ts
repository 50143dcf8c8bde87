import type { StringMap } from "../../config/config.ts";

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** EC2's list of tags as a map. */
export const tagMap = (tags: readonly Tag[] | undefined): StringMap =>
  Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
