/** What both pages of the streaming bench share: feeding an answer in pieces, and watching what it costs. */

export interface Subject {
  /** Called with all the text so far. */
  readonly take: (markdown: string, streaming: boolean) => void;
  /** Resolves when what was taken is in the document. */
  readonly drawn: () => Promise<unknown>;
  readonly root: Node;
}

export interface StreamResult {
  readonly longestTaskMs: number;
  readonly settledMs: number;
  readonly nodes: number;
  readonly text: number;
}

declare global {
  interface Window {
    stream: (markdown: string, chunks: number, everyMs: number) => Promise<StreamResult>;
    countNodes: (markdown: string, chunks: number) => Promise<{readonly made: number; readonly final: number}>;
  }
}

const frame = () => new Promise(requestAnimationFrame);

export function expose(subject: () => Subject | Promise<Subject>) {
  window.stream = async (markdown, chunks, everyMs) => {
    const {take, drawn, root} = await subject();
    let longestTaskMs = 0;
    const observer = new PerformanceObserver((list) => {
      for (const {duration} of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, duration);
    });
    observer.observe({type: 'longtask'});
    await new Promise<void>((done) => {
      const size = Math.ceil(markdown.length / chunks);
      const startMs = performance.now();
      let sent = 0;
      // By the clock, as a network would: a page that is late gets the pieces it has missed at once.
      const feed = () => {
        const due = Math.min(chunks, Math.floor((performance.now() - startMs) / everyMs) + 1);
        while (sent < due) take(markdown.slice(0, ++sent * size), true);
        if (sent < chunks) setTimeout(feed, everyMs);
        else done();
      };
      feed();
    });
    const endMs = performance.now();
    take(markdown, false);
    await drawn();
    const settledMs = performance.now() - endMs;
    await frame();
    await frame();
    for (const {duration} of observer.takeRecords()) longestTaskMs = Math.max(longestTaskMs, duration);
    return {longestTaskMs, settledMs, nodes: count(root), text: root.textContent!.length};
  };

  window.countNodes = async (markdown, chunks) => {
    const {take, drawn, root} = await subject();
    let made = 0;
    const tally = (records: readonly MutationRecord[]) => {
      for (const {addedNodes} of records) for (const node of addedNodes) made += count(node);
    };
    const observer = new MutationObserver(tally);
    observer.observe(root, {subtree: true, childList: true});
    const size = Math.ceil(markdown.length / chunks);
    for (let sent = 1; sent <= chunks; sent++) {
      take(markdown.slice(0, sent * size), true);
      await drawn();
    }
    take(markdown, false);
    await drawn();
    tally(observer.takeRecords());
    return {made, final: count(root)};
  };
}

const count = (node: Node): number => 1 + [...node.childNodes].reduce((sum, child) => sum + count(child), 0);
