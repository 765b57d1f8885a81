import type { Diagnostic, Position } from "vscode";

/** Where the pages of composelint's own rules are. */
const pages = "https://github.com/composelint/composelint/blob/main/docs/rules/";

/** A rule: its id, where its page is, and what else is said of it to choose by. */
export interface Rule {
  readonly id: string;
  readonly page: string | undefined;
  readonly title: string;
}

/** The rules of the findings at a place, each once. */
export function rulesAt(diagnostics: readonly Diagnostic[], position: Position): Rule[] {
  const rules = new Map<string, Rule>();
  for (const { source, range, code, message } of diagnostics) {
    if (source !== "composelint" || !range.contains(position) || code === undefined) {
      continue;
    }
    const id = String(typeof code === "object" ? code.value : code);
    const page = typeof code === "object" ? code.target.toString() : undefined;
    rules.set(id, rules.get(id) ?? { id, page, title: message });
  }
  return [...rules.values()];
}

/** The rules that composelint --list-rules prints: id, severity, set and title in columns. */
export function listed(printed: string): Rule[] {
  return printed.split("\n").flatMap((line) => {
    const [, id, title] = /^(\S+) +\S+ +\S+ +(.*\S)/.exec(line) ?? [];
    return id === undefined || title === undefined ? [] : [{ id, page: `${pages}${id}.md`, title }];
  });
}
