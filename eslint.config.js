import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Names of electron that may be used only by the IPC server and the preload (STYLE: no untyped IPC). */
const ipcOnly = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer', 'MessageChannelMain'],
  message: 'IPC belongs to main/ipc and preload.',
};

/** State is held in runes; the rule that looks for stores without `$` takes most of ESLint's time to find that there are none. */
const noStores = { name: 'svelte/store', message: 'State is held in runes ($state), not in stores.' };

/** A top-level await on readiness deadlocks real Electron when main is an ES module (electron#40719). */
const noTopLevelReady = {
  selector:
    'Program > ExpressionStatement > AwaitExpression, Program > VariableDeclaration > VariableDeclarator > AwaitExpression',
  message: 'No top-level await in main: `await app.whenReady()` at the top deadlocks Electron.',
};

export default ts.config(
  {
    ignores: [
      'out/**',
      'dist/**',
      '.tsc/**',
      '.cache/**',
      'node_modules/**',
      'main/talos/generated/**',
      '**/*.d.ts',
      'tests/template/tree/**',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked.map((config) => ({ ...config, files: ['**/*.ts'] })),
  ...svelte.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    languageOptions: {
      parserOptions: {
        project: [
          'preload/contract/tsconfig.json',
          'preload/tsconfig.json',
          'main/tsconfig.json',
          'renderer/tsconfig.json',
          'scripts/tsconfig.json',
          'tests/tsconfig.json',
          'tests/renderer/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    plugins: { '@typescript-eslint': ts.plugin },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['test', 'it', 'describe'] }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      'no-empty': 'error',
      'no-restricted-imports': ['error', { paths: [ipcOnly, noStores] }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: globals.browser },
    // The type-aware TypeScript rules do not see through templates; svelte-check types the components.
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-misused-promises': 'off',
      // The TypeScript rule of the same name knows that a parameter's name in a type is not a variable.
      'no-unused-vars': 'off',
      'svelte/require-store-reactive-access': 'off',
    },
  },
  {
    // Sets and maps are held in `$state.raw` and replaced, never changed: large ones stay out of deep proxies.
    files: ['renderer/**'],
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  { files: ['**/*.svelte.ts'], languageOptions: { parser: ts.parser } },
  { files: ['renderer/**/*.ts'], languageOptions: { globals: globals.browser } },
  { files: ['*.js', 'tests/electron/**/*.{js,cjs,mjs}'], languageOptions: { globals: { ...globals.node } } },
  { files: ['main/**/*.ts'], rules: { 'no-restricted-syntax': ['error', noTopLevelReady] } },
  { files: ['main/simulator/cli.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['main/ipc/**/*.ts', 'preload/*.ts', 'tests/**/*.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
