/**
 * What an answer may consist of: the whole allow-list. Whatever Markdown or HTML has besides is text.
 * Text in tokens is plain: references are read, and it is cleaned.
 */

export type Inline =
  | {readonly type: 'text'; readonly text: string}
  | {readonly type: 'strong' | 'em' | 'del' | 'sub' | 'sup' | 'kbd'; readonly children: readonly Inline[]}
  | {readonly type: 'code'; readonly text: string}
  | {readonly type: 'break'}
  | {
      readonly type: 'link';
      readonly href: string;
      readonly host?: string;
      readonly suspicious: boolean;
      readonly children: readonly Inline[];
    }
  | {readonly type: 'image'; readonly address: string; readonly alt: string}
  /** A reference to a source. `text` is how it was written, shown when the source is unknown. */
  | {readonly type: 'cite'; readonly marker: string; readonly text: string};

export interface ListItem {
  /** Undefined when the item is no task. */
  readonly done?: boolean;
  readonly blocks: readonly Block[];
}

export type Align = 'left' | 'center' | 'right' | null;

export type Block =
  | {readonly type: 'paragraph'; readonly children: readonly Inline[]}
  /** A paragraph without its own box: what a list item holds. */
  | {readonly type: 'line'; readonly children: readonly Inline[]}
  | {readonly type: 'heading'; readonly depth: number; readonly children: readonly Inline[]}
  | {readonly type: 'list'; readonly start: number | undefined; readonly items: readonly ListItem[]}
  | {readonly type: 'quote'; readonly blocks: readonly Block[]}
  /** `open` while its end has not arrived. */
  | {readonly type: 'code'; readonly language: string; readonly text: string; readonly open: boolean}
  | {readonly type: 'table'; readonly align: readonly Align[]; readonly head: Row; readonly rows: readonly Row[]}
  | {readonly type: 'rule'}
  /** Shown as it is, since reading it as Markdown would cost too much. */
  | {readonly type: 'plain'; readonly text: string};

export type Row = readonly (readonly Inline[])[];

export type CodeBlock = Extract<Block, {type: 'code'}>;
