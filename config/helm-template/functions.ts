// What the functions of Helm templates do with values: those that read less than all of an argument, or return a part
// of it (Helm 4.2 and Sprig 3.3, their documentation). Any other function looks at all of its arguments.
import {
  type Abstract,
  eachItem,
  MadeObject,
  nothing,
  ofObject,
  ofText,
  other,
  someItem,
  union,
} from "./abstract-value.ts";
import type { Interpreter } from "./interpreter.ts";

type TemplateFunction = (run: Interpreter, args: readonly Abstract[]) => Abstract;

const same: TemplateFunction = (_, args) => union(...args);

/** Asks whether the arguments are there, and returns one of them. */
const choose: TemplateFunction = (run, args) => {
  for (const arg of args) run.exact(arg);
  return union(...args);
};

const ask: TemplateFunction = (run, args) => {
  for (const arg of args) run.exact(arg);
  return other;
};

const wholeOf = (run: Interpreter, args: readonly Abstract[]): Abstract => {
  for (const arg of args) run.whole(arg);
  return other;
};

/** The entry under a key, which is usually written in the template. */
function entry(run: Interpreter, value: Abstract, key: Abstract): Abstract {
  run.whole(key);
  const isKnown = !key.hasOther && key.paths.length === 0 && key.objects.length === 0;
  const known = key.texts.map((text) => run.child(value, text));
  return union(...known, ...(isKnown ? [] : [run.child(value, someItem)]));
}

const index: TemplateFunction = (run, [value = nothing, ...keys]) =>
  keys.reduce((current, key) => entry(run, current, key), value);

const dig: TemplateFunction = (run, args) => {
  const [value = nothing, otherwise = nothing, ...keys] = [...args].reverse();
  const found = keys.reverse().reduce((current, key) => {
    const next = entry(run, current, key);
    run.exact(next);
    return next;
  }, value);
  return union(found, otherwise);
};

const set: TemplateFunction = (run, [target = nothing, key = other, value = nothing]) => {
  run.whole(key);
  const isDynamic = key.hasOther || key.paths.length > 0;
  for (const name of [...key.texts, ...(isDynamic ? [someItem] : [])]) run.assign(target, name, value);
  return target;
};

const merge: TemplateFunction = (run, [target = nothing, ...sources]) => {
  const all = union(...sources);
  run.absorb(target, all);
  return union(target, all);
};

const dict: TemplateFunction = (run, args) => {
  const made = new MadeObject();
  for (let place = 0; place < args.length; place += 2)
    set(run, [ofObject(made), args[place] ?? other, args[place + 1] ?? nothing]);
  return ofObject(made);
};

const list: TemplateFunction = (_, args) => ofObject(new MadeObject({ [eachItem]: union(...args) }));

const pick: TemplateFunction = (run, [value = nothing, ...keys]) => {
  if (keys.some(({ hasOther, paths }) => hasOther || paths.length > 0)) return wholeOf(run, [value, ...keys]);
  const entries = keys.flatMap(({ texts }) => texts).map((name) => [name, run.child(value, name)] as const);
  for (const [, each] of entries) run.exact(each); // whether it is there decides whether the result is empty
  return ofObject(new MadeObject(Object.fromEntries(entries)));
};

const anItem: TemplateFunction = (run, [value = nothing]) => run.child(value, eachItem);

const include: TemplateFunction = (run, [name = other, context = nothing]) => {
  run.whole(name);
  for (const text of name.texts) run.call(text, context);
  // A file of the chart: `print $.Template.BasePath "/x.yaml"`.
  const isFile = name.texts.some((text) => text.startsWith("/"));
  if ((name.hasOther || name.paths.length > 0) && !isFile)
    run.unknown(context, "the name of an included template is not known before rendering");
  return other;
};

const tpl: TemplateFunction = (run, [text = other, context = nothing]) => {
  run.whole(text);
  for (const template of text.texts) run.callText(template, context);
  if (text.hasOther || text.paths.length > 0 || text.objects.length > 0)
    run.unknown(context, "tpl runs a text that is not known before rendering");
  return other;
};

/** Keeps the part that tells `include` that a file is meant. */
const print: TemplateFunction = (run, args) => {
  wholeOf(run, args);
  const file = args.flatMap(({ texts }) => texts).find((text) => text.startsWith("/"));
  return file === undefined ? other : union(other, ofText(file));
};

const table: Readonly<Record<string, TemplateFunction>> = {
  and: choose,
  or: choose,
  default: choose,
  coalesce: choose,
  not: ask,
  empty: ask,
  kindIs: ask,
  kindOf: ask,
  typeIs: ask,
  typeIsLike: ask,
  typeOf: ask,
  ternary: (run, [yes = nothing, no = nothing, condition = nothing]) => {
    run.exact(condition);
    return union(yes, no);
  },
  required: (run, [message = nothing, value = nothing]) => {
    run.whole(message);
    run.exact(value);
    return value;
  },
  index,
  get: index,
  dig,
  hasKey: (run, [value = nothing, key = other]) => {
    run.exact(entry(run, value, key));
    return other;
  },
  set,
  unset: (_, [target = nothing]) => target,
  dict,
  list,
  tuple: list,
  pick,
  omit: (_, [value = nothing]) => value,
  keys: (run, args) => {
    for (const arg of args) run.exact(run.child(arg, eachItem));
    return other;
  },
  values: (run, args) =>
    ofObject(new MadeObject({ [eachItem]: union(...args.map((arg) => run.child(arg, eachItem))) })),
  first: anItem,
  last: anItem,
  include,
  tpl,
  print,
  printf: print,
};

/** What is told in another notation, copied or cut is still the same values. */
const samePlaces: readonly string[] = [
  ...["toYaml", "toYamlPretty", "toJson", "toPrettyJson", "toRawJson", "toToml"],
  ...["fromYaml", "fromYamlArray", "fromJson", "fromJsonArray", "fromToml"],
  ...["deepCopy", "rest", "initial", "uniq", "compact", "reverse", "concat"],
];

const merging: readonly string[] = ["merge", "mergeOverwrite"];

/** Sprig has most of them a second time, as `mustX`. */
const withMust = (
  entries: readonly (readonly [string, TemplateFunction])[],
): Record<string, TemplateFunction> =>
  Object.fromEntries(
    entries.flatMap(([name, each]) => [
      [name, each],
      [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`, each],
    ]),
  );

export const functions: Readonly<Record<string, TemplateFunction>> = withMust([
  ...Object.entries(table),
  ...samePlaces.map((name) => [name, same] as const),
  ...merging.map((name) => [name, merge] as const),
]);
