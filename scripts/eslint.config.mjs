import js from '@eslint/js';
import globals from 'globals';

/**
 * The folders of JavaScript in the order of their dependencies: a folder may import from itself and
 * from those before it. Pages, the files directly in web/, may import from all of them.
 */
const FOLDERS = [
  'src/js',
  'src/js/exports',
  'src/js/cli',
  'web/texts',
  'web/browser',
  'web/plots',
  'web/race',
  'web/state',
  'web/exports',
  'web/templates',
  'web/panels',
  'web/actions',
  'web/components',
  'web/story',
  'web/maps',
  'web/teach',
];

/**
 * Refuses imports of later folders and of folders that are not shipped. The command line is a
 * program of its own: no page imports from it.
 */
const arrows = FOLDERS.map((folder, rank) => {
  const parent = folder.startsWith('web/') ? 'web/' : 'src/js/';
  const siblings = FOLDERS.slice(rank + 1)
    .filter((each) => each.startsWith(parent))
    .map((each) => each.slice(parent.length));
  const outside = ['scripts', 'tests', folder.startsWith('web') ? 'src/js/cli' : 'web'];
  return {
    // src/js alone stands for the files directly in it.
    files: [folder === 'src/js' ? 'src/js/*.js' : `${folder}/**/*.js`],
    // The program starts the command line, and nothing else does.
    ignores: ['src/js/cli.js'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: [
                ...siblings.map((name) => `^\\.{1,2}/${name}/`),
                ...outside.map((name) => `^(\\.\\./)+${name}/`),
              ].join('|'),
              message: `${folder} may not import from a folder that comes after it (FOLDERS in the ESLint configuration).`,
            },
          ],
        },
      ],
    },
  };
});

export default [
  { ignores: ['build/', 'dist/', 'node_modules/', 'tests/fixtures/'] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'array-callback-return': 'error',
      'consistent-return': 'error',
      'default-case-last': 'error',
      eqeqeq: 'error',
      'no-constructor-return': 'error',
      'no-console': ['error', { allow: ['log', 'error'] }],
      'no-eval': 'error',
      'no-implicit-coercion': ['error', { boolean: false }],
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-self-compare': 'error',
      'no-shadow': 'error',
      'no-template-curly-in-string': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unused-vars': ['error', { args: 'after-used', argsIgnorePattern: '^_' }],
      'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'require-atomic-updates': 'off',
    },
  },
  ...arrows,
  { files: ['scripts/**', 'tests/**', 'src/js/**'], languageOptions: { globals: globals.node } },
  {
    files: ['web/**', 'src/js/**', 'tests/web/**'],
    languageOptions: { globals: { ...globals.browser, ...globals.worker } },
  },
];
