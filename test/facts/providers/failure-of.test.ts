import { describe, expect, test } from "vitest";
import { failureOf } from "../../../facts/providers/failure-of.ts";
import { keepSecret, redactSecrets } from "../../../facts/providers/redact.ts";
import { awsError } from "./fake-client.ts";

describe("what the SDK throws becomes plain data", () => {
  test("with the difference between the clocks, where the answer carries a date", () => {
    const error = Object.assign(awsError("RequestExpired"), {
      $response: { headers: { date: new Date(Date.now() + 3_600_000).toUTCString() } },
    });
    expect(failureOf("ec2:DescribeVpcs", error).clockSkewSeconds).toBeGreaterThan(3_500);
  });

  test("with the code that Node hides in the first of several attempts", () => {
    const inner = Object.assign(new Error("connect ECONNREFUSED ::1:443"), { code: "ECONNREFUSED" });
    expect(failureOf("ec2:DescribeVpcs", new AggregateError([inner]))).toMatchObject({
      code: "ECONNREFUSED",
      text: "Error: connect ECONNREFUSED ::1:443",
    });
  });

  test("with a text of one line, and without what only machines can read", () => {
    const text =
      "You are not authorized.\n  Encoded authorization failure message: abcDEF123== \nDeserialization error: to see";
    expect(failureOf("ec2:DescribeVpcs", awsError("UnauthorizedOperation", text)).text).toBe(
      "You are not authorized.",
    );
  });
});

describe("secrets", () => {
  test("of the credentials in use are taken out of every text", () => {
    keepSecret(["marked-secret", "marked-secret-and-longer", undefined]);
    expect(redactSecrets("a marked-secret-and-longer b marked-secret c")).toBe("a [redacted] b [redacted] c");
  });

  test.each([
    ["The key AKIAIOSFODNN7EXAMPLE is wrong", "The key [redacted] is wrong"],
    ["x-amz-security-token:IQoJb3Jp end", "x-amz-security-token:[redacted] end"],
    ["Credential=…, Signature=0a1b2c", "Credential=…, Signature=[redacted]"],
    ["https://user:word@proxy.example.com/", "https://[redacted]@proxy.example.com/"],
  ])("are known by their spelling: %s", (text, expected) => {
    expect(redactSecrets(text)).toBe(expected);
  });
});
