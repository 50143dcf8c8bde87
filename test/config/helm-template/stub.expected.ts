// What becomes of each path of charts/stub. Paths by verdict; `conditional` with the conditions as written.

export const read: readonly string[] = [
  ...["plain", "a.b.c", "viaDollar", "parens.child", "twice.deep.deeper", "piped", "first", "second"],
  ...["copied", "copied.anything.below", "trimmed", "added", "methodArgument", "acrossLines.leaf"],
  ...["switch", "left", "right", "filledMap", "emptyMap", "scope", "named", "asked", "underCapabilities"],
  ...["named.field", "scope.inner", "otherScope.inner"],
  ...["list", "hosts", "items", "items.two", "items.one.name", "items.two.name", "keysOnly", "keysOnly.x"],
  ...["assigned", "resources.limits", "resources.requests.cpu"],
  ...[
    "got.key",
    "dug.one",
    "dug.one.two",
    "wanted",
    "fallback.of",
    "c1",
    "c2",
    "yes",
    "no",
    "condition",
    "needed",
  ],
  ...["low.field", "high.field", "under.x.y", "over.x.y", "inDict.leaf", "picked.one", "picked.two"],
  ...[
    "target.added.z",
    "moved.z",
    "keyed",
    "keyed.x",
    "valued.x.v",
    "firstOf",
    "kinded",
    "text.parsed",
    "listed",
  ],
  ...["given.leaf", "fromContext", "nestedContext.leaf", "viaDict", "settings.port", "viaList"],
  ...["listArgument.inList", "tree.label", "tree.children", "blockContext.inBlock"],
  ...[
    "inSnippet",
    "inLiteral",
    "profile",
    "base.size",
    "user.size",
    "which",
    "which2",
    "templated",
    "inNotes",
  ],
  ...["jobs.image", "jobs.global.zone", "global.zone", "jobs.fromParent.leaf", "jobs.enabled", "global.jobs"],
  ...["tags.batch"],
];

export const conditional: Readonly<Record<string, readonly string[]>> = {
  onlyOn: [".Values.switch"],
  mode: ["not (.Values.switch)"],
  onlyB: ["not (.Values.switch)", 'eq .Values.mode "b"'],
  onlyOff: ["not (.Values.switch)", 'not (eq .Values.mode "b")'],
  outer: [".Values.scope"],
  inLoop: ["$index, $item := .Values.hosts"],
  noHosts: ["not ($index, $item := .Values.hosts)"],
  "otherScope.inner": ["not (.Values.scope)"],
};

export const never: readonly string[] = [
  ...["inComment", "inRawString", "inString", "unheard", "a.b.d", "a.x", "parens.other", "twice.deep.other"],
  ...["filledMap.other", "resources.other", "acrossLines.other", "items.one.other"],
  ...["dug.other", "fallback.other", "neverTaken", "picked.three", "inDict.other", "target.gone"],
  ...[
    "given.other",
    "settings.other",
    "inUncalled",
    "topLevelOfPartial",
    "listArgument.other",
    "moved.other",
  ],
  ...["blockContext.other", "low.other", "jobs.other", "jobs.fromParent.other", "worker.image", "image"],
];

/** By the beginning of the reason. */
export const unknown: Readonly<Record<string, string>> = {
  "dynamic.anything": "a key of .Values.dynamic is chosen while rendering",
  "perName.x.leaf": "a key of .Values.perName is chosen while rendering",
  "dynamicContext.x": "the name of an included template",
  "inDynamicDict.x": "the name of an included template",
  "tplContext.x": "tpl runs a text",
  "emptyMap.other": "whether .Values.emptyMap is there decides",
  "named.unread": "whether .Values.named is there decides",
  "absent.anything": "the subchart absent is not in the chart",
};
