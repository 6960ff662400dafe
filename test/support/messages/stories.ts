import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { attempts, lastWords, toolResults } from './storyText.ts';
import { runCode, say, type ScriptedRequest, type Turn } from './script.ts';

const sample = path.join(import.meta.dirname, '../../fixtures/sample');

/** A whole request of a person, played from its first words to an answer with computed numbers. */
export type Story = (request: ScriptedRequest) => Promise<Turn>;

/** The requests that a person makes in each story, as they would be typed. */
export const storyRequests = {
  sales: 'Show me the monthly totals of sales.csv and a trend chart.',
  quicksort: 'Implement quicksort, sort [5,3,8,4,2,7,1,10] with it and tell me how long it took.',
  deposits: 'I deposit 3000 every month at 5 % a year. What do I have after five years?',
} as const;

export type StoryName = keyof typeof storyRequests;

/** Monthly totals and a trend chart; without pandas it sees the traceback and writes it without. */
export const salesStory: Story = async (request) => {
  const [result] = toolResults(request);
  if (result === undefined) {
    return runCode('I will add up the revenue by month and draw it with its trend.', {
      purpose: 'Monthly sales totals and a trend chart of sales.csv',
      code: await readFile(path.join(sample, 'monthly_totals.py'), 'utf8'),
      files: ['sales.csv'],
    });
  }
  if (/ModuleNotFoundError/.test(result) && attempts(request) === 1) {
    return runCode('pandas is not there, so I will do it with the standard library.', {
      purpose: 'Monthly sales totals and a trend chart with the standard library',
      code: await readFile(path.join(sample, 'monthly_totals_svg.py'), 'utf8'),
      files: ['sales.csv'],
    });
  }
  const total = /Total\s+([\d,.]+)/.exec(result)?.[1];
  const trend = /Trend: ([+-][\d,.]+)/.exec(result)?.[1];
  if (total === undefined || trend === undefined) return noNumbers(result);
  const months = [...result.matchAll(/^(\d{4}-\d{2})\s+([\d,.]+)$/gm)];
  const best = months.toSorted((a, b) => number(b[2]) - number(a[2]))[0];
  return say(
    `Your sales come to **${total}** over ${months.length} months. ` +
      `The best month was ${best?.[1]} with ${best?.[2]}. ` +
      `The trend is ${trend} a month; the chart shows it.`,
  );
};

const quicksort = `import time


def quicksort(values):
    if len(values) <= 1:
        return values
    pivot, rest = values[0], values[1:]
    smaller = [value for value in rest if value < pivot]
    others = [value for value in rest if value >= pivot]
    return quicksort(smaller) + [pivot] + quicksort(others)


data = [5, 3, 8, 4, 2, 7, 1, 10]
start = time.perf_counter()
result = quicksort(data)
elapsed = (time.perf_counter() - start) * 1e6
print("Sorted:", result)
print("Same as sorted():", result == sorted(data))
print(f"Time: {elapsed:.1f} microseconds")
`;

export const quicksortStory: Story = async (request) => {
  const [result] = toolResults(request);
  if (result === undefined) {
    return runCode('I will write a quicksort, check it against `sorted` and time it.', {
      purpose: 'Quicksort of [5,3,8,4,2,7,1,10] with its time',
      code: quicksort,
    });
  }
  const sorted = /Sorted: (\[.*?\])/.exec(result)?.[1];
  const time = /Time: ([\d.]+) microseconds/.exec(result)?.[1];
  if (sorted === undefined || time === undefined) return noNumbers(result);
  const agrees = result.includes('Same as sorted(): True');
  return say(
    `Quicksort gives \`${sorted}\`, ${agrees ? 'the same as' : 'other than'} Python's own \`sorted\`, in ${time} microseconds.`,
  );
};

const deposits = `deposit, yearly_rate, years = 3000, 0.05, 5
balance = 0.0
for month in range(1, years * 12 + 1):
    balance = balance * (1 + yearly_rate / 12) + deposit
    if month % 12 == 0:
        print(f"Year {month // 12}: {balance:,.2f}")
paid = deposit * years * 12
print(f"Paid in: {paid:,.2f}")
print(f"Interest: {balance - paid:,.2f}")
print(f"Balance: {balance:,.2f}")
`;

export const depositsStory: Story = async (request) => {
  const [result] = toolResults(request);
  if (result === undefined) {
    return runCode('I will compound it month by month.', {
      purpose: 'Monthly deposits of 3000 at 5 % a year for five years',
      code: deposits,
    });
  }
  const figure = (name: string): string | undefined => new RegExp(`${name}: ([\\d,.]+)`).exec(result)?.[1];
  const balance = figure('Balance');
  if (balance === undefined) return noNumbers(result);
  return say(
    `After five years you have **${balance}**: ${figure('Paid in')} paid in and ${figure('Interest')} interest, ` +
      'with deposits at the end of each month and monthly compounding.',
  );
};

export const stories: Readonly<Record<StoryName, Story>> = {
  sales: salesStory,
  quicksort: quicksortStory,
  deposits: depositsStory,
};

/** Picks the story by what the person asks. */
export const anyStory: Story = async (request) => {
  const words = lastWords(request).toLowerCase();
  if (words.includes('quicksort')) return quicksortStory(request);
  if (words.includes('deposit')) return depositsStory(request);
  if (/sales|csv|chart/.test(words)) return salesStory(request);
  return say('This scripted model knows three requests: monthly sales totals, a quicksort, and deposits.');
};

function noNumbers(result: string): Turn {
  if (/reject/i.test(result)) return say('You did not want that to run, so there is no result.');
  return say(`That did not work: ${result.slice(0, 300).trim() || 'there was no output.'}`);
}

function number(text: string | undefined): number {
  return Number((text ?? '0').replaceAll(',', ''));
}
