import { expect, it } from "vitest";
import { didYouMean } from "../../core/suggest.ts";

const keys = ["name", "eksName", "region", "account", "id", "url"];

it.each([
  ["regoin", "Did you mean region?"],
  ["nmae", "Did you mean name?"],
  ["REGION", "Did you mean region?"],
  ["EKSname", "Did you mean eksName?"],
  ["accounts", "Did you mean account?"],
  ["ulr", undefined],
  ["urls", "Did you mean url?"],
  ["x", undefined],
  ["", undefined],
  ["something else", undefined],
])("for %j suggests %j", (found, suggestion) => {
  expect(didYouMean(found, keys)).toBe(suggestion);
});
