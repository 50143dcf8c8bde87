// Stage 2, the edge: every page of a list. By hand, because the WAFv2 client has no paginator and the others' insist on
// a whole client.

import type { AwsAction } from "../actions.ts";
import { AwsCallError } from "../aws-call-error.ts";
import { failureOf, NotAwsError } from "./failure-of.ts";

export interface Page<Item> {
  /** Undefined where the answer has no such list at all: then AWS did not send it. */
  readonly items: readonly Item[] | undefined;
  readonly next: string | undefined;
}

export async function collectPages<Item>(
  action: AwsAction,
  fetchPage: (token: string | undefined) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const { items, next } = await fetchPage(token);
    if (items === undefined) {
      throw new AwsCallError(
        failureOf(action, new NotAwsError("an answer without the list that was asked for")),
      );
    }
    all.push(...items);
    token = next === "" ? undefined : next;
    if (token !== undefined && seen.has(token)) {
      throw new AwsCallError(failureOf(action, new NotAwsError("a list of pages that leads back to itself")));
    }
    if (token !== undefined) seen.add(token);
  } while (token !== undefined);
  return all;
}
