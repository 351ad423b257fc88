/** What plain computation needs from the world around it. `headless.ts` brings the real ones; tests bring their own. */
export interface Ports {
  /** A UUID, new each time. */
  newId(): string;
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** 0 to 1, 1 excluded. */
  random(): number;
  /** Resolves after the time, or as soon as the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Does the work while no other tab of the site does work of this name; after another one did, its news has arrived.
   * Without it, nobody else is there.
   */
  alone?<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** Hex SHA-256 of the text in UTF-8. */
  sha256(text: string): Promise<string>;
}
