import { describe, expect, it } from "vitest";
import { element, Html, markupOf, prose } from "../../page/html.ts";

describe("an element of a page", () => {
  it("has text and attributes as text, whatever they look like", () => {
    const made = element("p", { title: `"><script>` }, "<b> & ", element("b", {}, "x"));
    expect(made.markup).toBe(`<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt; &amp; <b>x</b></p>`);
  });

  it("has an attribute without a value where that is true, and none where it is false or nothing", () => {
    expect(element("details", { open: true, hidden: false, id: undefined, tabindex: 0 }).markup).toBe(
      `<details open tabindex="0"></details>`,
    );
  });

  it("has no end where it can hold nothing", () => {
    expect(element("input", { id: "a" }).markup).toBe(`<input id="a">`);
  });

  it("holds lists and nothing", () => {
    expect(markupOf(["a", undefined, [new Html("<i>"), "<"]])).toBe("a<i>&lt;");
  });
});

it("what stands in backticks is code, and text", () => {
  expect(markupOf(prose("from `<a>` to `b`, `c"))).toBe("from <code>&lt;a&gt;</code> to <code>b</code>, `c");
});
