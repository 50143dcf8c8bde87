const ending = ".yaml";

/** The cluster that a file is about: `demo` for `clusters/demo.yaml`. */
export function nameOfFile(file: string): string {
  const name = file.slice(file.lastIndexOf("/") + 1);
  return name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}
