import { argument } from '../interpret/arguments.ts';
import { oneText } from '../values/join.ts';
import type { LibCall, Model } from './libCall.ts';
import { modelsFor } from './libCall.ts';
import { checkQuery } from './evaluators.ts';

/** Reports by what the call is given, and leaves what it gives to the tables. */
const when =
  (rule: string, message: string, breaks: (call: LibCall) => boolean): Model =>
  (call) => {
    if (breaks(call)) call.m.report(rule, call.node, message, call.route);
    return undefined;
  };

const formula: Model = (call) => {
  checkQuery(
    call.m,
    argument(call.args, 0, 'formula', 'formula_like'),
    call.node,
    `\`${call.path}\``,
    call.route,
  );
  return undefined;
};

/** Calls that import or run what their arguments name. */
export const namedCodeModels: readonly [string, Model][] = [
  ...modelsFor('', {
    'xml.sax.make_parser': when('import.dynamic', 'Imports the parsers that it is given by name', (call) =>
      Boolean(argument(call.args, 0, 'parser_list')),
    ),
    'matplotlib.use matplotlib.pyplot.switch_backend': when(
      'import.dynamic',
      'Imports a backend by the name of its module',
      (call) => (oneText(argument(call.args, 0, 'backend')) ?? '').startsWith('module://'),
    ),
    'ruamel.yaml.YAML': when('code.eval', 'Builds any object that the YAML names; leave `typ` out', (call) =>
      /^unsafe|^full/.test(oneText(argument(call.args, 0, 'typ')) ?? ''),
    ),
    'patsy.dmatrix patsy.dmatrices patsy.ModelDesc.from_formula': formula,
  }),
  ...modelsFor('statsmodels.formula.api.', {
    'ols wls gls glsar glm logit probit poisson mnlogit mixedlm quantreg rlm negativebinomial gee phreg':
      formula,
  }),
];
