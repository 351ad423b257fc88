/*
 * Cuts the module of `marked` down to what an answer is read with: its lexer, as `gfm` alone sets it. The whole builds a
 * parser and renderers as it loads, which no bundler can drop, puts its expressions together from pieces for four
 * dialects, and asks at each token for extensions; none of it is ever used here, and it is half of the weight.
 *
 * Works on the text of the published module, in which names are short: a version that is written in another way fails
 * the build. test/answer/marked-lexer.node.test.ts compares what the two lexers read.
 */
import {Lexer} from 'marked';

/** What src/answer/lex.ts never sets, as the constant it always is; minifiers drop what can then not be reached. */
const settled = {pedantic: '!1', gfm: '!0', extensions: 'null', hooks: 'null', silent: '!1'};

/** @param {string} source the module, as it is published */
export function markedLexer(source) {
  // `var instance = new Marked; function marked(src, options) {return instance.parse(…` begins what only renders.
  let code = source.slice(0, find(source, /var (\w+)=new \w+;function \w+\(\w+,\w+\)\{return \1\.parse\(/).index);
  const [, lexer] = find(code, /var (\w+)=class (\w+)\{tokens;options;state;inlineQueue;tokenizer;/);
  const [, tokenizer] = find(code, /var (\w+)=class\{options;rules;lexer;/);
  const cut = (/** @type {RegExp} */ pattern, replacement = '') => {
    find(code, pattern);
    code = code.replace(pattern, () => replacement);
  };

  // Every expression stands on its own, so that minifiers drop those that nothing names.
  const [rules] = find(code, /function (\w+)\(\w+,\w+=""\)\{let \w+=typeof .*?(?=var \w+=\{"&":)/s);
  const [, otherRules] = find(rules, /(\w+)=\{codeRemoveIndent:/);
  code = code.replace(rules, () => standaloneRules(rules));
  const locals = /let\{blockSkip:(\w+),tag:(\w+),autolink:(\w+)\}=this\.tokenizer\.rules\.inline,/;
  const [, blockSkip, tag, autolink] = find(code, locals);
  const named = {[blockSkip]: 'inline_blockSkip', [tag]: 'inline_tag', [autolink]: 'inline_autolink'};
  const [masking] = find(code, /#n\(e\)\{.*?\}(?=#r\()/s);
  code = code.replace(masking, () =>
    masking
      .replace(locals, 'let ')
      .replace(/\b(\w)\.(lastIndex|exec)\b/g, (whole, name, rest) => (named[name] ? `${named[name]}.${rest}` : whole)),
  );
  cut(/let \w+=\{other:\w+,block:\w+\.normal,.*?this\.tokenizer\.rules=\w+(?=\})/s, '');
  code = code
    .replace(/\b(?:this\.(?:tokenizer\.)?rules|[a-z])\.(block|inline|other)\.(\w+)/g, '$1_$2')
    .replace(new RegExp(`\\b${otherRules}\\.(\\w+)`, 'g'), 'other_$1');
  // src/answer/lex.ts reads this one.
  cut(/(?<=this\.inlineQueue=\[\],)(?=this\.state=\{inLink)/, 'this.tokenizer.rules={inline:{tag:inline_tag}},');

  for (const [option, value] of Object.entries(settled)) cut(new RegExp(`this\\.options\\.${option}\\b`, 'g'), value);
  cut(/this\.options=e\|\|\w+/g, 'this.options=e');

  // The class in src/answer/lex.ts has its own.
  cut(/html\(e\)\{.*?\}(?=def\(e\)\{)/s);
  cut(/tag\(e\)\{.*?\}(?=link\(e\)\{)/s);
  cut(/static get rules\(\)\{.*?\}(?=lex\(e\)\{)/s);
  if (/\brules\.(?:block|inline|other)\b|\w\.(?:block|inline|other)\.\w/.test(code))
    throw new Error('marked reads its rules in another way now. See scripts/marked-lexer.mjs.');
  return `${code}export{${lexer} as Lexer,${tokenizer} as Tokenizer};`;
}

/** The rules that `gfm` means, put together; those that are functions stay as they are written. */
function standaloneRules(/** @type {string} */ written) {
  const {block, inline} = Lexer.rules;
  const groups = {block: block.gfm, inline: inline.gfm, other: new Lexer().tokenizer.rules.other};
  const lines = Object.entries(groups).flatMap(([group, rules]) =>
    Object.entries(rules).map(([name, rule]) => {
      const text = typeof rule === 'function' ? find(written, functionCalled(name))[1] : String(rule);
      return `var ${group}_${name}=${text};`;
    }),
  );
  const [, tags] = find(written, /(\w+="address\|[^"]*")/);
  return `var ${tags};${lines.join('')}`;
}

const functionCalled = (/** @type {string} */ name) =>
  new RegExp(`\\b${name}:((?:\\w\\()?\\w=>new RegExp\\(\`(?:\\\\\`|[^\`])*\`(?:,"i")?\\)\\)?)`);

/** @returns {RegExpExecArray} */
function find(/** @type {string} */ text, /** @type {RegExp} */ pattern) {
  pattern.lastIndex = 0;
  const found = pattern.exec(text);
  if (!found)
    throw new Error(`marked is written in another way now: ${pattern} is not found. See scripts/marked-lexer.mjs.`);
  return found;
}
