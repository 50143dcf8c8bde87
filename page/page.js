// What a report can do: search, filter, keys, and to be printed whole. Without it everything is there to be read.
const search = document.getElementById("search");
const marked = document.getElementById("marked");
const toggle = document.getElementById("toggle");
const shown = document.getElementById("shown");
const clusters = [...document.querySelectorAll(".cluster")];
const rows = new Map(
  [...document.querySelectorAll("tr[data-cluster]")].map((row) => [row.dataset.cluster, row]),
);
const items = [...document.querySelectorAll(".item")];

/** Read once, when somebody first types. */
const texts = new Map();
function textOf(element) {
  const known = texts.get(element) ?? element.textContent.toLowerCase();
  texts.set(element, known);
  return known;
}

function show(element, isShown) {
  if (element !== undefined && element.hidden === isShown) element.hidden = !isShown;
}

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  const isFound = (element) => words.every((word) => textOf(element).includes(word));
  let count = 0;
  for (const cluster of clusters) {
    const isShown = (!marked.checked || "marked" in cluster.dataset) && isFound(cluster);
    show(cluster, isShown);
    show(rows.get(cluster.id), isShown);
    if (isShown) count += 1;
  }
  for (const item of items) show(item, isFound(item));
  shown.textContent = `${count} of ${clusters.length} shown`;
}

function openAll(isOpen) {
  for (const cluster of clusters) cluster.open = isOpen;
  toggle.textContent = isOpen ? "Close all" : "Open all";
}

/** A link to a closed section opens it. */
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches(".cluster")) target.open = true;
}

function step(direction) {
  const visible = clusters.filter((cluster) => !cluster.hidden);
  const current = visible.findIndex((cluster) => cluster.contains(document.activeElement));
  const next = visible[current === -1 && direction < 0 ? visible.length - 1 : current + direction];
  const summary = next?.querySelector("summary");
  summary?.focus();
  summary?.scrollIntoView({ block: "center" });
}

const keys = {
  "/": () => search.focus(),
  j: () => step(1),
  k: () => step(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    search.value = "";
    marked.checked = false;
    search.blur();
    filter();
    return;
  }
  const act = event.target === search ? undefined : keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

search.addEventListener("input", filter);
marked.addEventListener("change", filter);
toggle.addEventListener("click", () => openAll(toggle.textContent === "Open all"));
addEventListener("hashchange", openTarget);

// On paper nothing can be opened.
let closedBefore = [];
addEventListener("beforeprint", () => {
  closedBefore = clusters.filter((cluster) => !cluster.open);
  for (const cluster of closedBefore) cluster.open = true;
});
addEventListener("afterprint", () => {
  for (const cluster of closedBefore) cluster.open = false;
});

if (clusters.every((cluster) => cluster.open)) toggle.textContent = "Close all";
openTarget();
filter();
