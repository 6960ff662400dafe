import { remembered } from './remembered.ts';

const harmless = new Set(
  `print isinstance issubclass type repr str id hash len callable hasattr dir bool super format ascii object delattr
  staticmethod classmethod property list tuple set dict frozenset iter next enumerate zip reversed min max sorted map
  filter getattr setattr vars slice any all`
    .split(/\s+/)
    .map((name) => `builtins.${name}`),
);

const modules = [
  'inspect.',
  'typing.',
  'typing_extensions.',
  'pprint.',
  'logging.',
  'warnings.',
  'reprlib.',
  'dis.',
];

/** Functions that look at what they are given, or of which a model says what they do with it. */
export const harmlessConsumer = remembered(
  (path) => harmless.has(path) || modules.some((module) => path.startsWith(module)),
);
