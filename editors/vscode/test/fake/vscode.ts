// As much of VS Code as the extension and its language client touch: the packed extension runs over
// it in plain node. What the tests read and steer is in "host".
import { pathToFileURL, fileURLToPath } from "node:url";

type Listener<T> = (event: T) => unknown;

export class Disposable {
  constructor(readonly dispose: () => void) {}
  static from(...all: Disposable[]) {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }
}

export class EventEmitter<T> {
  #listeners = new Set<Listener<T>>();
  event = (listener: Listener<T>, self?: unknown) => {
    const bound = listener.bind(self);
    this.#listeners.add(bound);
    return new Disposable(() => this.#listeners.delete(bound));
  };
  fire(event: T) {
    return [...this.#listeners].map((listener) => listener(event));
  }
  dispose() {
    this.#listeners.clear();
  }
}

export class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: new EventEmitter<void>().event };
  cancel() {
    this.token.isCancellationRequested = true;
  }
  dispose() {
    this.cancel();
  }
}

export class CancellationError extends Error {}

export class Uri {
  constructor(private readonly text: string) {}
  static parse(text: string) {
    return new Uri(text);
  }
  static file(path: string) {
    return new Uri(pathToFileURL(path).href);
  }
  get scheme() {
    return this.text.slice(0, this.text.indexOf(":"));
  }
  get path() {
    return new URL(this.text).pathname;
  }
  get fsPath() {
    return fileURLToPath(this.text);
  }
  toString() {
    return this.text;
  }
}

export class Position {
  constructor(readonly line: number, readonly character: number) {}
  compareTo(other: Position) {
    return this.line - other.line || this.character - other.character;
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(start: Position | number, end: Position | number, line?: number, character?: number) {
    this.start = start instanceof Position ? start : new Position(start, end as number);
    this.end = end instanceof Position ? end : new Position(line ?? 0, character ?? 0);
  }
  contains(position: Position) {
    return this.start.compareTo(position) <= 0 && position.compareTo(this.end) <= 0;
  }
}

export class Location {
  constructor(readonly uri: Uri, readonly range: Range) {}
}

export class Diagnostic {
  source?: string;
  code?: unknown;
  constructor(readonly range: Range, readonly message: string, readonly severity: number) {}
}

export class DiagnosticRelatedInformation {
  constructor(readonly location: Location, readonly message: string) {}
}

export class TextEdit {
  constructor(readonly range: Range, readonly newText: string) {}
}

export class WorkspaceEdit {
  #files = new Map<string, TextEdit[]>();
  set(uri: Uri, edits: (TextEdit | [TextEdit, unknown])[]) {
    const plain = edits.map((edit) => (Array.isArray(edit) ? edit[0] : edit));
    this.#files.set(uri.toString(), [...(this.#files.get(uri.toString()) ?? []), ...plain]);
  }
  replace(uri: Uri, range: Range, newText: string) {
    this.set(uri, [new TextEdit(range, newText)]);
  }
  entries(): [Uri, TextEdit[]][] {
    return [...this.#files].map(([uri, edits]) => [new Uri(uri), edits]);
  }
}

export class CodeActionKind {
  static Empty = new CodeActionKind("");
  static QuickFix = new CodeActionKind("quickfix");
  static Refactor = new CodeActionKind("refactor");
  static RefactorExtract = new CodeActionKind("refactor.extract");
  static RefactorInline = new CodeActionKind("refactor.inline");
  static RefactorMove = new CodeActionKind("refactor.move");
  static RefactorRewrite = new CodeActionKind("refactor.rewrite");
  static Source = new CodeActionKind("source");
  static SourceOrganizeImports = new CodeActionKind("source.organizeImports");
  constructor(readonly value: string) {}
  append(name: string): CodeActionKind {
    return new CodeActionKind(this.value === "" ? name : `${this.value}.${name}`);
  }
}

export class CodeAction {
  kind?: CodeActionKind;
  edit?: WorkspaceEdit;
  constructor(readonly title: string) {}
}

/** What the client derives classes from, or makes of answers that the tests do not look at. */
class Unseen {
  readonly seen = false;
}

export {
  Unseen as CallHierarchyItem,
  Unseen as CodeLens,
  Unseen as CompletionItem,
  Unseen as DocumentLink,
  Unseen as InlayHint,
  Unseen as MarkdownString,
  Unseen as RelativePattern,
  Unseen as SymbolInformation,
  Unseen as TabInputCustom,
  Unseen as TabInputNotebook,
  Unseen as TabInputText,
  Unseen as TabInputTextDiff,
  Unseen as TypeHierarchyItem,
};

export const version = "1.91.0";
export const LogLevel = { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 };
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const DiagnosticTag = { Unnecessary: 1, Deprecated: 2 };
export const CodeActionTriggerKind = { Invoke: 1, Automatic: 2 };
export const TextDocumentSaveReason = { Manual: 1, AfterDelay: 2, FocusOut: 3 };
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };

interface Document {
  uri: Uri;
  languageId: string;
  version: number;
  lineCount: number;
  text: string;
  getText(): string;
}

interface Provider {
  provideCodeActions(document: Document, range: Range, context: object, token: object): Promise<CodeAction[] | null>;
}

const events = {
  settings: new EventEmitter<{ affectsConfiguration(name: string): boolean }>(),
  opened: new EventEmitter<Document>(),
  willSave: new EventEmitter<{ document: Document; reason: number; waitUntil(work: Promise<unknown>): void }>(),
};
const never = new EventEmitter<never>().event;
const registered = new Map<string, (...args: unknown[]) => unknown>();
const diagnostics = new Map<string, Diagnostic[]>();
const providers = new Set<Provider>();

const nothing: (shown: string[]) => string | undefined = () => undefined;

/** What a person does and sees. */
export const host = {
  settings: {} as Record<string, unknown>,
  /** The button or item that is chosen of those that are shown. */
  choose: nothing,
  /** Messages and lists that were shown, places that were opened, and what was logged. */
  shown: [] as string[],
  opened: [] as string[],
  log: [] as string[],
  /** The edits that were made. */
  edits: [] as WorkspaceEdit[],

  change(settings: Record<string, unknown>) {
    Object.assign(host.settings, settings);
    const names = Object.keys(settings);
    return Promise.all(events.settings.fire({ affectsConfiguration: (name) => names.some((n) => n === name || n.startsWith(`${name}.`)) }));
  },

  open(path: string, languageId: string, text: string): Document {
    const document = { uri: Uri.file(path), languageId, version: 1, lineCount: text.split("\n").length, text, getText: () => document.text };
    workspace.textDocuments.push(document);
    window.activeTextEditor = { document, selection: { active: new Position(0, 0) } };
    events.opened.fire(document);
    return document;
  },

  /** Saves a document, and returns the edits that were made before. */
  async save(document: Document, reason = TextDocumentSaveReason.Manual): Promise<TextEdit[]> {
    const work: Promise<unknown>[] = [];
    host.edits.length = 0;
    events.willSave.fire({ document, reason, waitUntil: (promise) => work.push(promise) });
    await Promise.all(work);
    return host.edits.flatMap((edit) => edit.entries().flatMap(([, edits]) => edits));
  },
};

function read(section: string): unknown {
  if (section in host.settings) return host.settings[section];
  const below = Object.keys(host.settings).filter((name) => name.startsWith(`${section}.`));
  return below.length > 0 ? Object.fromEntries(below.map((name) => [name.slice(section.length + 1), host.settings[name]])) : undefined;
}

function message(text: string, ...items: (string | object)[]) {
  host.shown.push(text);
  return Promise.resolve(host.choose(items.filter((item) => typeof item === "string")));
}

const logged = (text: string) => void host.log.push(text);

export const window = {
  activeTextEditor: undefined as { document: Document; selection: { active: Position } } | undefined,
  visibleTextEditors: [],
  tabGroups: { all: [], onDidChangeTabs: never },
  onDidChangeActiveTextEditor: never,
  onDidChangeVisibleTextEditors: never,
  createOutputChannel: (name: string) => ({
    name,
    logLevel: LogLevel.Info,
    onDidChangeLogLevel: never,
    trace: logged,
    debug: logged,
    info: logged,
    warn: logged,
    error: logged,
    append: logged,
    appendLine: logged,
    show: () => void host.opened.push(`output ${name}`),
    dispose: () => undefined,
  }),
  showErrorMessage: message,
  showWarningMessage: message,
  showInformationMessage: message,
  showQuickPick: (items: { label: string; detail: string }[]) => {
    host.shown.push(...items.map(({ label, detail }) => `${label}: ${detail}`));
    const chosen = host.choose(items.map(({ label }) => label));
    return Promise.resolve(items.find(({ label }) => label === chosen));
  },
};

export const workspace = {
  workspaceFolders: [] as { uri: Uri; name: string; index: number }[],
  textDocuments: [] as Document[],
  notebookDocuments: [],
  getConfiguration: (section?: string) => ({
    get: (name: string, otherwise?: unknown) => read(section === undefined ? name : `${section}.${name}`) ?? otherwise,
  }),
  applyEdit: (edit: WorkspaceEdit) => Promise.resolve(host.edits.push(edit) > 0),
  onDidChangeConfiguration: events.settings.event,
  onDidOpenTextDocument: events.opened.event,
  onWillSaveTextDocument: events.willSave.event,
  onDidChangeTextDocument: never,
  onDidCloseTextDocument: never,
  onDidSaveTextDocument: never,
  onDidChangeWorkspaceFolders: never,
  onDidOpenNotebookDocument: never,
  onDidChangeNotebookDocument: never,
  onDidSaveNotebookDocument: never,
  onDidCloseNotebookDocument: never,
  onDidCreateFiles: never,
  onDidRenameFiles: never,
  onDidDeleteFiles: never,
  onWillCreateFiles: never,
  onWillRenameFiles: never,
  onWillDeleteFiles: never,
  createFileSystemWatcher: () => ({ onDidCreate: never, onDidChange: never, onDidDelete: never, dispose: () => undefined }),
};

export const commands = {
  registerCommand(name: string, run: (...args: unknown[]) => unknown) {
    registered.set(name, run);
    return new Disposable(() => registered.delete(name));
  },
  async executeCommand(name: string, ...args: unknown[]): Promise<unknown> {
    if (name === "vscode.executeCodeActionProvider") {
      const [uri, range, kind] = args as [Uri, Range, string];
      const document = workspace.textDocuments.find((d) => d.uri.toString() === uri.toString());
      if (document === undefined) throw new Error(`${uri.toString()} is not open`);
      const context = { only: new CodeActionKind(kind), diagnostics: [], triggerKind: CodeActionTriggerKind.Invoke };
      const asked = [...providers].map((p) => p.provideCodeActions(document, range, context, new CancellationTokenSource().token));
      return (await Promise.all(asked)).flatMap((actions) => actions ?? []);
    }
    const run = registered.get(name);
    if (run === undefined) {
      host.opened.push([name, ...args].join(" "));
      return undefined;
    }
    return await run(...args);
  },
};

/** Registers nothing: what the tests look at are findings and code actions. */
const ignore = () => new Disposable(() => undefined);

export const languages = {
  match: (selector: { language?: string; pattern?: string }[], document: Document) =>
    selector.some(({ language }) => language === document.languageId) ? 10 : 0,
  createDiagnosticCollection: () => ({
    set: (uri: Uri, found: Diagnostic[] = []) => void diagnostics.set(uri.toString(), found),
    delete: (uri: Uri) => diagnostics.delete(uri.toString()),
    clear: () => {
      diagnostics.clear();
    },
    dispose: () => {
      diagnostics.clear();
    },
  }),
  getDiagnostics: (uri: Uri) => diagnostics.get(uri.toString()) ?? [],
  registerCodeActionsProvider: (_selector: unknown, provider: Provider) => {
    providers.add(provider);
    return new Disposable(() => providers.delete(provider));
  },
  registerCompletionItemProvider: ignore,
  registerHoverProvider: ignore,
  registerDefinitionProvider: ignore,
  registerInlayHintsProvider: ignore,
  registerDocumentSymbolProvider: ignore,
};

export const env = {
  appName: "a fake",
  language: "en",
  openExternal: (uri: Uri) => {
    host.opened.push(uri.toString());
    return Promise.resolve(true);
  },
};
