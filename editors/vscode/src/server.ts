import type { Found } from "./program";

/** A language client, as far as its life is concerned. */
export interface Client {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What a server needs of those around it. */
export interface Surroundings<C extends Client> {
  /** Looks for the program. */
  readonly find: () => Promise<Found>;
  /** Makes a client that runs the program; it calls ended where the program has ended by itself. */
  readonly create: (path: string, ended: () => void) => C;
  /** Tells that there is no program that can be run. */
  readonly missing: (problem: string) => void;
  /** Tells that the program does not do what it should. */
  readonly failed: (problem: string) => void;
}

/** Keeps at most one server running: every start and stop waits for those before it. */
export class Server<C extends Client> {
  #client: C | undefined;
  #last: Promise<void> = Promise.resolve();
  #ends: number[] = [];

  constructor(private readonly around: Surroundings<C>) {}

  /** Starts the server, in the place of one that runs. */
  restart(): Promise<void> {
    return this.#next(async () => {
      await this.#end();
      const found = await this.around.find();
      if ("problem" in found) {
        this.around.missing(found.problem);
        return;
      }
      const client = this.around.create(found.path, () => {
        this.#ended(client);
      });
      if (await succeeds(client.start())) {
        this.#client = client;
      } else {
        this.around.failed(`"${found.path} lsp" does not start: the output says why`);
      }
    });
  }

  stop(): Promise<void> {
    return this.#next(() => this.#end());
  }

  /** Does something with the client that runs, once it does; nothing where none runs. */
  tell(something: (client: C) => Promise<void>): Promise<void> {
    return this.#next(async () => {
      if (this.#client !== undefined) {
        await something(this.#client);
      }
    });
  }

  async #end(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) {
      await succeeds(client.stop());
    }
  }

  #ended(client: C): void {
    if (client !== this.#client) {
      return; // it has not started yet, which fails
    }
    this.#client = undefined;
    const now = Date.now();
    this.#ends = [...this.#ends.filter((end) => now - end < 180_000), now];
    if (this.#ends.length < 5) {
      void this.restart();
    } else {
      this.#ends = [];
      this.around.failed("composelint has ended five times in three minutes and is not started again: the output says why");
    }
  }

  #next(step: () => Promise<void>): Promise<void> {
    const next = this.#last.then(step);
    this.#last = next.catch(() => undefined);
    return next;
  }
}

/** A client that fails has written why into the output. */
async function succeeds(step: Promise<void>): Promise<boolean> {
  try {
    await step;
    return true;
  } catch {
    return false;
  }
}
