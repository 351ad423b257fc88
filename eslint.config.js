/** Mistakes, and the parts of the house style that a machine can hold. Layout is Prettier's, imports are the layer test's. */
import js from '@eslint/js';
import {defineConfig} from 'eslint/config';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const nodeGlobals = Object.fromEntries(
  [
    'AbortController',
    'AbortSignal',
    'Buffer',
    'TextDecoder',
    'TextEncoder',
    'URL',
    'clearTimeout',
    'console',
    'fetch',
    'performance',
    'process',
    'setTimeout',
  ].map((name) => [name, 'readonly']),
);

/** Ways to make HTML of a string. What must be shown as HTML goes through the one sanitiser and in as a fragment. */
const htmlSinks = [
  {
    selector:
      'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment|srcdoc)$/]',
    message: 'No HTML from strings: make a Lit template, or a sanitised fragment.',
  },
  {
    selector: 'MemberExpression[object.name="document"][property.name=/^(write|writeln)$/]',
    message: 'No HTML from strings: make a Lit template.',
  },
  {
    selector: 'ImportSpecifier[imported.name=/^unsafe(HTML|SVG|MathML|Static)$/]',
    message: 'No HTML from strings: model text becomes tokens, tokens become templates.',
  },
  {
    selector:
      'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/(\\sstyle\\s*=|<style[\\s>])/]',
    message: 'A strict CSP refuses style attributes and elements: use the adopted sheet or a class.',
  },
  {
    selector:
      'TaggedTemplateExpression[tag.name=/^(html|svg)$/] TemplateElement[value.raw=/(\\s\\.(inner|outer)HTML\\s*=|\\s\\.?srcdoc\\s*=)/]',
    message: 'No HTML from strings: make a Lit template.',
  },
];

const noFocusedTests = {
  selector: 'MemberExpression[object.name=/^(it|describe|suite|test)$/][property.name=/^(only|skip|todo)$/]',
  message: 'No focused and no skipped tests. A node test may skip itself with {skip: reason}.',
};

export default defineConfig(
  // The applications in frameworks have compilers and configurations of their own: test/frameworks runs them.
  {ignores: ['dist/', 'coverage/', '.cache/', '.data/', 'screenshots/', 'demo/frameworks/*/']},
  {linterOptions: {reportUnusedDisableDirectives: 'error'}},

  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {globals: nodeGlobals},
  },
  {
    // Hands functions to the browser, which run in the page.
    files: ['scripts/screenshots.mjs'],
    languageOptions: {globals: {document: 'readonly', window: 'readonly'}},
  },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      // Not `projectService`, which knows tsconfig.json alone: the Node side has a configuration of its own.
      parserOptions: {project: ['tsconfig.json', 'tsconfig.node.json'], tsconfigRootDir: import.meta.dirname},
    },
    rules: {
      // Lit binds handlers itself, and ours are arrow fields.
      '@typescript-eslint/unbound-method': 'off',
      // An async method may have nothing to wait for yet must reject instead of throw, as its interface says.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        {fixStyle: 'inline-type-imports', disallowTypeAnnotations: false},
      ],
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_'}],
      // A missing case must not compile; a `default` would hide it.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        {allowDefaultCaseForExhaustiveSwitch: false, considerDefaultExhaustiveForUnions: true},
      ],
      'no-restricted-syntax': [
        'error',
        {selector: 'TSEnumDeclaration', message: 'Use a union of literals.'},
        {selector: 'Decorator', message: 'Static properties: decorators pass through the build as a SyntaxError.'},
        ...htmlSinks,
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      // A host's console is not ours, but a mistake of its developer belongs there. Never what a person wrote.
      'no-console': ['error', {allow: ['error']}],
    },
  },
  {
    // Where Lit declares its custom elements.
    files: ['src/{controllers,elements,theme}/**/*.ts', 'src/*.ts', 'demo/{spa,privacy}/**/*.ts'],
    extends: [wc.configs['flat/best-practice'], lit.configs['flat/recommended']],
    plugins: {'lit-a11y': litA11y},
    rules: {
      ...litA11y.configs.recommended.rules,
      'lit/lifecycle-super': 'error',
      'lit/no-classfield-shadowing': 'error',
      'lit/no-private-properties': 'error',
      'lit/no-template-bind': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/prefer-nothing': 'error',
      'lit/quoted-expressions': ['error', 'never'],
      'lit/value-after-constraints': 'error',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', noFocusedTests],
      'require-yield': 'off',
      // `expect(…).to.be.true` is a call in disguise.
      '@typescript-eslint/no-unused-expressions': 'off',
      // node:test collects its tests by itself; and `equal` only looks like a promise, in the types of @open-wc/testing.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {from: 'package', package: 'node:test', name: ['after', 'before', 'describe', 'it', 'suite', 'test']},
            {from: 'package', package: 'chai', name: ['Equal']},
          ],
        },
      ],
    },
  },
);
