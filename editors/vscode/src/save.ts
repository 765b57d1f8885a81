import type { CodeAction, TextDocument, TextEdit, Uri } from "vscode";

/** The kind of the action that makes all safe fixes of a file. */
export const fixAll = "source.fixAll.composelint";

/** The setting editor.codeActionsOnSave, in both of its forms. */
export type OnSave = readonly string[] | Readonly<Record<string, string | boolean>>;

/** Whether the editor itself asks for the fixes when somebody saves a file, by this kind or one above. */
export function isFixedByEditor(onSave: OnSave): boolean {
  const kinds = fixAll.split(".").map((_, i, names) => names.slice(0, i + 1).join("."));
  if (isList(onSave)) {
    return kinds.some((kind) => onSave.includes(kind));
  }
  const values = kinds.map((kind) => onSave[kind]).filter((value) => value !== undefined);
  return values.some((value) => !isOff(value)) && !values.some(isOff);
}

// Array.isArray does not tell a readonly array from the rest of a union.
function isList(onSave: OnSave): onSave is readonly string[] {
  return Array.isArray(onSave);
}

function isOff(value: string | boolean): boolean {
  return value === false || value === "never";
}

/** Asks for the code actions of a kind in a document. */
export type Ask = (document: TextDocument, kind: string) => Thenable<readonly CodeAction[] | undefined>;

/**
 * The edits of all safe fixes in a document. What would change other files as well is left out: only
 * this one is being saved, and half of a fix is none.
 */
export async function fixes(document: TextDocument, ask: Ask): Promise<TextEdit[]> {
  const actions = (await ask(document, fixAll)) ?? [];
  return actions.flatMap(({ edit }) => {
    const files: [Uri, TextEdit[]][] = edit?.entries() ?? [];
    const own = ([uri]: [Uri, TextEdit[]]) => uri.toString() === document.uri.toString();
    return files.every(own) ? files.flatMap(([, edits]) => edits) : [];
  });
}
