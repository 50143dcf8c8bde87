import { expect, test } from "vitest";
import { chooseWebAcl } from "../../facts/choose-web-acl.ts";

const webAcl = (name: string) => ({
  name,
  arn: `arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/${name}/0a`,
});

test("a web ACL is the one with exactly the name", () => {
  expect(chooseWebAcl("edge", [webAcl("Edge"), webAcl("edge")], "")).toMatchObject({
    answer: { webAclArn: webAcl("edge").arn, chosenBy: "exact name" },
  });
});

test("a name that no web ACL has is refused with those that are there", () => {
  expect(chooseWebAcl("edge", [webAcl("Edge")], "in eu-west-1")).toMatchObject({
    code: "lookup/no-web-acl",
    message:
      "expected a web ACL of scope REGIONAL named edge in eu-west-1, found none; seen: Edge (another name)",
    suggestion: expect.stringContaining("CLOUDFRONT"),
    isEmpty: false,
  });
});

test("no web ACL at all is told apart", () => {
  expect(chooseWebAcl("edge", [], "")).toMatchObject({ isEmpty: true });
});
