// What `graph --format svg` draws, as a browser shows it.
import { expect, test } from "vitest";
import type { ClusterGraph } from "../../graph/cluster-graph.ts";
import { svg } from "../../graph/picture/svg.ts";
import { checkout, door, graphOf, onlyGraph, route } from "../graph/graphs.ts";
import { inBrowser } from "./browser.ts";
import { isInside, overlap, pointsOfArrows, rectangles, styleOf } from "./rectangles.ts";

const names = Array.from({ length: 20 }, (_, index) => `service-${index}`);

/** Everything as long as it may be. */
const longName = "a-very-long-name-of-a-load-balancer";
const longHost = `${"label-of-a-host-that-is-long".repeat(2)}.department.example.com`;

const cases: Readonly<Record<string, () => ClusterGraph>> = {
  "the demo": () => onlyGraph(checkout),
  "two gateways": () => onlyGraph(`${checkout}test/golden/two-gateways`),
  "twenty routes": () =>
    graphOf({
      ingresses: { services: door(...names.map((name) => `${name}.example.com`)) },
      routes: names.map((name) => route(name, "services", [`${name}.example.com`])),
    }),
  "twenty routes on two gateways": () =>
    graphOf({
      gateways: { edge: {}, inside: {} },
      ingresses: {
        services: { ...door(...names.map((name) => `${name}.example.com`)), gateway: "edge" },
        team: { ...door(...names.map((name) => `${name}.example.org`)), gateway: "inside" },
      },
      routes: names.flatMap((name) => [
        route(name, "services", [`${name}.example.com`]),
        route(`${name}-in`, "team", [`${name}.example.org`]),
      ]),
    }),
  "long names": () =>
    graphOf({
      ingresses: { services: { ...door(longHost), name: longName.slice(0, 32) } },
      routes: [route("a-route-with-a-name-that-takes-more-than-a-line", "services", [longHost])],
    }),
};

inBrowser("a picture", (browser) => {
  async function show(graph: ClusterGraph, colorScheme: "light" | "dark" = "light") {
    const page = await browser().newPage({ viewport: { width: 1280, height: 900 }, colorScheme });
    await page.setContent(`<body style="margin:0">${(await svg(graph)).replace(/^<\?xml.*\n/, "")}</body>`);
    return page;
  }

  test.each(Object.entries(cases))("of %s has nothing that overlaps or is cut", async (_, graph) => {
    const page = await show(graph());
    const [whole = expect.fail("no picture")] = await rectangles(page, "svg");
    const boxes = await rectangles(page, ".box > rect");
    const headings = await rectangles(page, "text.heading");
    const groups = await page.locator(".box").all();
    const texts = await Promise.all(groups.map((group) => rectangles(group, "text")));
    const arrows = await pointsOfArrows(page);
    await page.close();

    expect(whole.right - whole.left).toBeLessThanOrEqual(1280);
    expect(boxes.length).toBeGreaterThan(5);
    expect([...boxes, ...headings].filter((each) => !isInside(each, whole))).toEqual([]);
    const outside = boxes.flatMap(
      (box, index) => texts[index]?.filter((text) => !isInside(text, box)) ?? box,
    );
    expect(outside).toEqual([]);
    const things = [...headings, ...boxes];
    expect(
      things.filter((one, index) => things.slice(0, index).some((other) => overlap(one, other))),
    ).toEqual([]);
    expect(arrows.length).toBeGreaterThan(5);
    const crossing = arrows
      .flat()
      .filter(({ x, y }) =>
        boxes.some(({ left, right, top, bottom }) => x > left + 1 && x < right - 1 && y > top && y < bottom),
      );
    expect(crossing).toEqual([]);
  });

  test("is light or dark as the reader's system is", async () => {
    const colours = async (scheme: "light" | "dark") => {
      const page = await show(cases["the demo"]?.() ?? expect.fail("no demo"), scheme);
      const found = [await styleOf(page, ".ground", "fill"), await styleOf(page, "text.name", "fill")];
      await page.close();
      return found;
    };
    expect(await colours("light")).toEqual(["rgb(255, 255, 255)", "rgb(28, 31, 35)"]);
    expect(await colours("dark")).toEqual(["rgb(20, 23, 26)", "rgb(230, 233, 237)"]);
  });

  test("says to a screen reader what it is and what stands out", async () => {
    const page = await show(cases["the demo"]?.() ?? expect.fail("no demo"));
    const image = page.getByRole("img", { name: "The cluster demo" });
    expect(await image.count()).toBe(1);
    const id = await image.getAttribute("aria-describedby");
    const description = await page.locator(`desc[id="${id}"]`).textContent();
    expect(description).toMatch(
      /^6 waves, 2 load balancers, 5 hosts\. To notice: .*app\.example\.com: no route/,
    );
    await page.close();
  });
});
