/** Web storage that never throws: blocked, full or missing storage says so through its return values. */

export type StorageMode = 'session' | 'local' | 'none';

export interface SafeStorage {
  /** `undefined` when there is nothing, or nothing can be read. */
  read(key: string): string | undefined;
  /** `false` when it could not be kept. */
  write(key: string, text: string): boolean;
  remove(key: string): void;
}

/** What a page has of it: `null` in a WebView whose app has not switched storage on, nothing outside of browsers. */
export type StoragePage = {readonly [Name in 'localStorage' | 'sessionStorage']?: Storage | null};

export function webStorage(mode: StorageMode, page: StoragePage = globalThis): SafeStorage {
  const storage = () => {
    try {
      // Reading the property alone throws where a page's storage is blocked.
      return mode === 'local' ? page.localStorage : mode === 'session' ? page.sessionStorage : undefined;
    } catch {
      return undefined;
    }
  };
  return {
    read(key) {
      try {
        return storage()?.getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write(key, text) {
      try {
        const target = storage();
        target?.setItem(key, text);
        return !!target;
      } catch {
        return false;
      }
    },
    remove(key) {
      try {
        storage()?.removeItem(key);
      } catch {
        // Nothing to remove where nothing can be kept.
      }
    },
  };
}
