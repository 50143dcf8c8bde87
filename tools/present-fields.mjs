// What `cdk8s import` generates, with less to do at run time. Each `toJson_…` goes through all fields that its type could
// have, each with a function of its own (a PodSpec: 40), and then drops what is undefined; here it goes through those that
// the object has.

/**
 * The text of a module that `cdk8s import` made, changed so. Throws if a function in it does not look as expected.
 *
 * @param {string} generated
 */
export function presentFieldsOnly(generated) {
  let changed = 0;
  const text = generated.replace(toJsonFunction, (_, head, fields) => {
    changed += 1;
    return `${head}  return presentFields(obj, ${setter(fields)});\n}`;
  });
  if (changed === 0 || changed !== generated.match(/\bfunction toJson_/g)?.length) {
    throw new Error("a module of `cdk8s import` is not as expected");
  }
  return `${text}\n${runtime}`;
}

/** In TypeScript or JavaScript: everything up to the first statement, and the lines of the object that it makes. */
const toJsonFunction =
  /(function toJson_\w+\(obj\b.*\{\n)\s+if \(obj === undefined\) \{\s+return undefined;\s+\}\n\s+const result = \{\n((?: +'.*,\n)*)\s+\};\n\s+\/\/ filter undefined values\n\s+return Object\.entries\(result\)\.reduce\(.*\);\n\}/g;

/** A map of plain values, copied but for what is undefined. */
const plainMap =
  /Object\.entries\((\w+)\)\.reduce\(\(r, i\) => \(i\[1\] === undefined\) \? r : \(\{ \.\.\.r, \[i\[0\]\]: i\[1\] \}\), \{\}\)/g;

/**
 * What sets one field of the JSON. Most keep name and value.
 *
 * @param {string} lines such as `'repoURL': obj.repoUrl,`
 */
function setter(lines) {
  /** @type {string[]} */
  const same = [];
  /** @type {string[]} */
  const others = [];
  for (const [, key = "", expression = ""] of lines.matchAll(/^ +'([^']+)': (.*),$/gm)) {
    const [name, ...further] = new Set([...expression.matchAll(/\bobj\.(\w+)/g)].map(([, field]) => field));
    if (name === undefined || further.length > 0)
      throw new Error(`not one field of an object: ${expression}`);
    if (expression === `obj.${key}`) same.push(`case ${JSON.stringify(key)}:`);
    else {
      const value = expression
        .replace(/\bobj\.\w+/g, "value")
        .replace(plainMap, "presentFields($1, setField)");
      others.push(`case ${JSON.stringify(name)}: setField(json, ${JSON.stringify(key)}, ${value}); break;`);
    }
  }
  const copies = same.length > 0 ? [...same, "json[name] = value; break;"] : [];
  return `(json, name, value) => { switch (name) { ${[...copies, ...others].join(" ")} } }`;
}

const runtime = `
function presentFields(obj, set) {
  if (obj === undefined) return undefined;
  const json = {};
  for (const name of Object.keys(obj)) if (obj[name] !== undefined) set(json, name, obj[name]);
  return json;
}
function setField(json, name, value) {
  if (value === undefined) return;
  if (name === "__proto__") Object.defineProperty(json, name, { value, configurable: true, enumerable: true, writable: true });
  else json[name] = value;
}
`;
