import type { CodeAction, TextDocument, WorkspaceEdit } from "vscode";

/** The kind of the action that makes all safe fixes of a file's project. */
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

/**
 * Makes all safe fixes of a document's project. A document of several projects gets those of the first:
 * what the others would change is no longer there. One that has changed meanwhile is left alone.
 */
export async function fix(
  document: TextDocument,
  ask: (document: TextDocument, kind: string) => Thenable<readonly CodeAction[] | undefined>,
  apply: (edit: WorkspaceEdit) => Thenable<boolean>,
): Promise<void> {
  const { version } = document;
  const actions = (await ask(document, fixAll)) ?? [];
  const edit = actions.find((action) => action.edit !== undefined)?.edit;
  if (edit !== undefined && document.version === version) {
    await apply(edit);
  }
}
