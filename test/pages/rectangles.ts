// Where things are on a page. Types of a browser's objects are not known in this project, so that no source uses one.
import type { Locator, Page } from "playwright-core";

export interface Rectangle {
  readonly what: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Of all elements that a selector finds, in one question to the browser. */
export const rectangles = (page: Page | Locator, selector: string): Promise<readonly Rectangle[]> =>
  page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { what: String(element.textContent), left, top, right, bottom };
    }),
  );

/** Points along each arrow, its ends among them. */
export const pointsOfArrows = (
  page: Page,
): Promise<readonly { readonly x: number; readonly y: number }[][]> =>
  page.locator("path.arrow").evaluateAll((paths) =>
    // biome-ignore lint/suspicious/noExplicitAny: see above
    paths.map((path: any) =>
      Array.from({ length: 21 }, (_, index) => {
        const point = path.getPointAtLength((path.getTotalLength() * index) / 20);
        const { x, y } = point.matrixTransform(path.getScreenCTM());
        return { x, y };
      }),
    ),
  );

/** A property of the first element that a selector finds, as the browser computes it. */
export const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page
    .locator(selector)
    .first()
    .evaluate(
      (element, name) =>
        String(element.ownerDocument.defaultView?.getComputedStyle(element).getPropertyValue(name)),
      property,
    );

export const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export const isInside = (a: Rectangle, b: Rectangle): boolean =>
  a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
