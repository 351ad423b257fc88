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
  /** Hex SHA-256 of the text in UTF-8. */
  sha256(text: string): Promise<string>;
}
