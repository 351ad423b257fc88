/** A value that changes in one place and tells who follows it. */
export interface Store<State, Action> {
  get(): State;
  dispatch(action: Action): void;
  /** Calls `listener` after each change; returns the way to stop. */
  subscribe(listener: (state: State) => void): () => void;
}

export function createStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
): Store<State, Action> {
  const listeners = new Set<(state: State) => void>();
  let state = initial;
  return {
    get: () => state,
    dispatch(action) {
      const next = reduce(state, action);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener(state);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
