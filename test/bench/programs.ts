/** A program, and what it must print; `data` where it reads the CSV. */
export interface Program {
  readonly name: string;
  readonly code: (csv: string) => string;
  readonly expected: (output: string) => boolean;
  readonly data?: boolean;
  readonly pandas?: boolean;
}

export const printOne: Program = {
  name: 'print',
  code: () => 'print(1)',
  expected: (output) => output === '1\n',
};

export const groupBy: Program = {
  name: 'pandas',
  pandas: true,
  code: () => `import pandas as pd
frame = pd.DataFrame({"name": [f"n{i % 10}" for i in range(1000)], "value": range(1000)})
print(frame.groupby("name")["value"].sum().to_string())
`,
  expected: (output) => output.includes('n9    50400'),
};

export const readCsv: Program = {
  name: 'csv10mb',
  pandas: true,
  data: true,
  code: (csv) => `import pandas as pd
frame = pd.read_csv(${JSON.stringify(csv)})
print(len(frame), frame.groupby("region")["units"].sum().to_string())
`,
  expected: (output) => /^\d{6} region/.test(output),
};

export const writeMegabyte: Program = {
  name: 'output1mb',
  code: () => 'import sys\nfor _ in range(1024):\n    sys.stdout.write("x" * 1023 + "\\n")\n',
  expected: (output) => output.length === 2 ** 20,
};

/** Sales of that many bytes, the same on every machine. */
export function salesCsv(bytes: number): string {
  const regions = ['north', 'south', 'east', 'west'];
  const lines = ['day,region,product,units,price'];
  let size = lines[0]?.length ?? 0;
  for (let index = 0; size < bytes; index++) {
    const day = `2024-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`;
    const line = `${day},${regions[index % 4]},product-${index % 50},${index % 97},${((index * 7) % 1000) / 10}`;
    lines.push(line);
    size += line.length + 1;
  }
  return `${lines.join('\n')}\n`;
}
