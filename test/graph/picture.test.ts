import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeXml } from "../../core/escape-xml.ts";
import { broken } from "../../graph/picture/box-text.ts";
import { svg } from "../../graph/picture/svg.ts";
import { door, graphOf, route } from "./graphs.ts";

describe("an SVG", () => {
  it("has text as text, and nothing of it is read as markup", async () => {
    const graph = graphOf({
      ingresses: { services: door("app.example.com") },
      routes: [route("a", "services", ["app.example.com"], { path: "/a&b'c" })],
    });
    const text = await svg(graph);
    expect(text).toContain(">app.example.com</text>");
    expect(text).toContain(">/a&amp;b&#39;c</text>");
    expect(text).not.toMatch(/<script|style="|href=|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });

  it("is the same for the same cluster", async () => {
    expect(await svg(graphOf({}))).toBe(await svg(graphOf({})));
  });
});

it("text in XML is read as it was, but for what XML cannot hold", () => {
  expect(escapeXml(`<a href="x">&'`)).toBe("&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  expect(escapeXml("a\u0000b\u001bc\ud800d\ttab")).toBe("a\ufffdb\ufffdc\ufffdd\ttab");
});

it("a broken text loses nothing, and no line is too long", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."ab./-, ") }),
      fc.integer({ min: 3, max: 20 }),
      (text, longest) => {
        const lines = broken(text, longest);
        expect(lines.filter((line) => line.length > longest)).toEqual([]);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      },
    ),
  );
  expect(broken("certificate *.example.com, until 2027-09-30", 21)).toEqual([
    "certificate",
    "*.example.com, until",
    "2027-09-30",
  ]);
  expect(broken("istio-ingress/istio-ingress", 20)).toEqual(["istio-ingress/", "istio-ingress"]);
});
