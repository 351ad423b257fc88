import type {Block, Inline} from '../../src/answer/tokens.js';

/** What a reader sees of an answer, without blank space. */
export const visibleText = (blocks: readonly Block[]): string => blocks.map(ofBlock).join('').replace(/\s/g, '');

function ofBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'line':
    case 'heading':
      return ofInlines(block.children);
    case 'list':
      return block.items
        .map(({done, blocks}) => (done === undefined ? '' : done ? '☑' : '☐') + blocks.map(ofBlock).join(''))
        .join('');
    case 'quote':
      return block.blocks.map(ofBlock).join('');
    case 'code':
      return block.language + block.text;
    case 'table':
      return [block.head, ...block.rows].flat().map(ofInlines).join('');
    case 'plain':
      return block.text;
    case 'rule':
      return '';
  }
}

const ofInlines = (tokens: readonly Inline[]): string =>
  tokens
    .map((token) => {
      switch (token.type) {
        case 'text':
        case 'code':
        case 'cite':
          return token.text;
        case 'image':
          return token.alt;
        case 'break':
          return '';
        default:
          return ofInlines(token.children);
      }
    })
    .join('');
