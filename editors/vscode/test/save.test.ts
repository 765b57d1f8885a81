import assert from "node:assert/strict";
import { test } from "node:test";
import type { CodeAction, TextDocument, TextEdit } from "vscode";

import { Range, TextEdit as Edit, Uri, WorkspaceEdit } from "./fake/vscode";
import { fixes, isFixedByEditor } from "../src/save";

const document = { uri: Uri.file("/src/compose.yaml") } as unknown as TextDocument;
const edit = (text: string) => new Edit(new Range(0, 0, 0, 1), text);

/** An action that makes these edits, by file. */
function action(files: Record<string, Edit[]>): CodeAction {
  const whole = new WorkspaceEdit();
  for (const [path, edits] of Object.entries(files)) whole.set(Uri.file(path), edits);
  return { title: "make all safe fixes", edit: whole } as unknown as CodeAction;
}

async function fixed(actions: CodeAction[] | undefined): Promise<TextEdit[]> {
  return fixes(document, (asked, kind) => {
    assert.equal(asked, document);
    assert.equal(kind, "source.fixAll.composelint");
    return Promise.resolve(actions);
  });
}

test("a file is saved with all of its fixes", async () => {
  const edits = [edit("a"), edit("b")];
  assert.deepEqual(await fixed([action({ "/src/compose.yaml": edits })]), edits);
});

test("a file is saved as it is where there are none", async () => {
  assert.deepEqual(await fixed(undefined), []);
  assert.deepEqual(await fixed([]), []);
  assert.deepEqual(await fixed([action({})]), []);
});

test("no half of a fix is made", async () => {
  const both = action({ "/src/compose.yaml": [edit("a")], "/src/base.yaml": [edit("b")] });
  const own = action({ "/src/compose.yaml": [edit("c")] });
  assert.deepEqual(await fixed([both]), []);
  assert.deepEqual(await fixed([both, own]), [edit("c")]);
});

test("the editor fixes a file where its own setting says so", () => {
  for (const onSave of [
    { "source.fixAll.composelint": "explicit" },
    { "source.fixAll.composelint": "always" },
    { "source.fixAll.composelint": true },
    { "source.fixAll": "explicit" },
    { source: "explicit" },
    ["source.fixAll.composelint"],
    ["source.organizeImports", "source.fixAll"],
  ]) {
    assert.equal(isFixedByEditor(onSave as Parameters<typeof isFixedByEditor>[0]), true, JSON.stringify(onSave));
  }
  for (const onSave of [
    {},
    [],
    { "source.fixAll.composelint": "never" },
    { "source.fixAll.composelint": false },
    { "source.fixAll": "explicit", "source.fixAll.composelint": "never" },
    { "source.fixAll.eslint": "explicit", "source.organizeImports": "always" },
    ["source.fixAll.eslint"],
  ]) {
    assert.equal(isFixedByEditor(onSave as Parameters<typeof isFixedByEditor>[0]), false, JSON.stringify(onSave));
  }
});
